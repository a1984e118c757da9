/** What is on the page, shadow roots included. */

/** All elements below `root` that match. */
export function all<E extends HTMLElement = HTMLElement>(selector: string, root: ParentNode = document): E[] {
  const below = [...root.querySelectorAll("*")].flatMap((element) =>
    element.shadowRoot ? all<E>(selector, element.shadowRoot) : [],
  );
  return [...root.querySelectorAll<E>(selector), ...below];
}

/** What people read; a slot's content is elsewhere. */
export function wordsOf(root: Node): string {
  if (root instanceof HTMLStyleElement) return "";
  if (root instanceof Text) return root.data;
  const children = [...((root as Element).shadowRoot?.childNodes ?? []), ...root.childNodes];
  return children
    .map((child) => (child instanceof Element ? ` ${wordsOf(child)} ` : wordsOf(child)))
    .join("")
    .replace(/\s+/g, " ");
}
