/** The page of the timeline. Nothing of a program's is in it, and nothing but our own script and style may be loaded. */
export function pageHtml(cspSource: string, nonce: string, script: string, style: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="${style}">
<title>Async Timeline</title>
</head>
<body>
<header>
<div id="tabs" role="tablist" aria-label="Views">
${tab('timeline', 'Timeline')}${tab('table', 'Table')}${tab('statistics', 'Statistics')}${tab('tree', 'Tree', true)}${tab('compare', 'Comparison', true)}
</div>
<input id="search" type="search" placeholder="Search" aria-label="Search tasks">
<select id="order" aria-label="Order of tasks"><option value="awaits" data-text="By Await">By Await</option><option value="place" data-text="By Place">By Place</option></select>
<label><input id="operations" type="checkbox"> <span data-text="Operations">Operations</span></label>
<span role="toolbar" aria-label="Picture">
<button id="follow" aria-pressed="true" data-text="Follow">Follow</button><button id="in" aria-label="Zoom in">+</button><button id="out" aria-label="Zoom out">−</button><button id="fit" data-text="Fit All">Fit All</button>
</span>
</header>
<main>
<section id="timeline" role="tabpanel" aria-labelledby="tab-timeline">
<div id="scroller"><div id="spacer"></div><canvas id="canvas" tabindex="0" role="application" aria-describedby="facts" aria-label="Tasks over time. Up and down choose a task, left and right move in time, plus and minus zoom, Enter goes to the line. The tab Table has the same in words."></canvas></div>
<div id="tip" hidden></div>
<p id="empty" data-text="Start debugging a Node.js program to see its tasks here.">Start debugging a Node.js program to see its tasks here.</p>
</section>
<section id="table" role="tabpanel" aria-labelledby="tab-table" hidden></section>
<section id="statistics" role="tabpanel" aria-labelledby="tab-statistics" hidden></section>
<section id="tree" role="tabpanel" aria-labelledby="tab-tree" hidden><pre id="tree-text" tabindex="0"></pre></section>
<section id="compare" role="tabpanel" aria-labelledby="tab-compare" hidden></section>
</main>
<div id="facts" role="status" aria-live="polite"></div>
<div id="legend"><span><i class="running"></i><span data-text="running">running</span></span><span><i class="ready"></i><span data-text="ready, waits for the loop">ready, waits for the loop</span></span><span><i class="awaiting"></i><span data-text="awaiting">awaiting</span></span><span><i class="blocked"></i><span data-text="loop blocked">loop blocked</span></span></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function tab(id: string, text: string, hidden = false): string {
  const isFirst = id === 'timeline';
  return `<button role="tab" id="tab-${id}" aria-controls="${id}" aria-selected="${isFirst}" data-text="${text}"${isFirst ? '' : ' tabindex="-1"'}${hidden ? ' hidden' : ''}>${text}</button>`;
}
