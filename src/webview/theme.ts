import type { WaitCategory } from '../recording/waitCategory.js';

/** Colours and patterns of the picture, out of VS Code's theme. */
export interface Theme {
  background: string;
  foreground: string;
  dim: string;
  border: string;
  selection: string;
  running: string;
  ready: CanvasPattern | string;
  readyEdge: string;
  blocked: CanvasPattern | string;
  blockedEdge: string;
  unknown: string;
  rejected: string;
  wait: Record<WaitCategory, string>;
  font: string;
}

export function readTheme(context: CanvasRenderingContext2D): Theme {
  const style = getComputedStyle(document.body);
  const color = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  const foreground = color('--vscode-foreground', '#888');
  const orange = color('--vscode-charts-orange', '#d18616');
  const red = color('--vscode-charts-red', '#e51400');
  return {
    background: color('--vscode-panel-background', color('--vscode-editor-background', '#fff')),
    foreground,
    dim: color('--vscode-descriptionForeground', foreground),
    border: color('--vscode-panel-border', color('--vscode-contrastBorder', '#8884')),
    selection: color('--vscode-list-inactiveSelectionBackground', '#8883'),
    running: color('--vscode-charts-green', '#388a34'),
    ready: hatched(context, orange, false),
    readyEdge: orange,
    blocked: hatched(context, red, true),
    blockedEdge: red,
    unknown: color('--vscode-disabledForeground', '#8888'),
    rejected: red,
    wait: {
      unknown: color('--vscode-descriptionForeground', foreground),
      task: color('--vscode-charts-blue', '#1a85ff'),
      promise: color('--vscode-charts-blue', '#1a85ff'),
      timer: color('--vscode-charts-purple', '#652d90'),
      network: color('--vscode-charts-yellow', '#bf8803'),
      'file system': color('--vscode-terminal-ansiCyan', '#0598bc'),
      process: color('--vscode-terminal-ansiMagenta', '#bc05bc'),
      other: color('--vscode-descriptionForeground', foreground),
    },
    font: `11px ${color('--vscode-font-family', 'sans-serif')}`,
  };
}

/** Strokes across, or crossed strokes. */
function hatched(
  context: CanvasRenderingContext2D,
  color: string,
  isCrossed: boolean,
): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 6;
  const draw = tile.getContext('2d');
  if (draw === null) return color;
  draw.strokeStyle = color;
  draw.lineWidth = 1.5;
  for (const shift of [-6, 0, 6]) {
    draw.beginPath();
    draw.moveTo(shift, 6);
    draw.lineTo(shift + 6, 0);
    if (isCrossed) {
      draw.moveTo(shift, 0);
      draw.lineTo(shift + 6, 6);
    }
    draw.stroke();
  }
  return context.createPattern(tile, 'repeat') ?? color;
}
