/** An element of the page by its id. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what is there is known by its id
export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`There is no #${id}.`);
  return found as T;
}

/** Texts that stand in the page, by their English. */
export function translate(texts: Readonly<Record<string, string>>): void {
  for (const each of document.querySelectorAll<HTMLElement>('[data-text]'))
    each.textContent = texts[each.dataset['text'] ?? ''] ?? each.textContent;
}
