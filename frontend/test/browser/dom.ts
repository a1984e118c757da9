/** Elements on the page, shadow roots included. */

/** All elements below `root` that match. */
export function all<E extends HTMLElement = HTMLElement>(selector: string, root: ParentNode = document): E[] {
  const below = [...root.querySelectorAll("*")].flatMap((element) =>
    element.shadowRoot ? all<E>(selector, element.shadowRoot) : [],
  );
  return [...root.querySelectorAll<E>(selector), ...below];
}

/** The text that people read; a slot's content is elsewhere. */
export function wordsOf(root: Node): string {
  if (root instanceof HTMLStyleElement) return "";
  if (root instanceof Text) return root.data;
  const children = [...((root as Element).shadowRoot?.childNodes ?? []), ...root.childNodes];
  return children
    .map((child) => (child instanceof Element ? ` ${wordsOf(child)} ` : wordsOf(child)))
    .join("")
    .replace(/\s+/g, " ");
}

/** The button of this name, which it shows or says to screen readers. */
export function button<E extends HTMLElement = HTMLButtonElement>(name: string): E {
  const found = all<E>("button, summary").find((one) => namesOf(one).includes(name));
  if (found === undefined) throw new Error(`There is no button «${name}» in: ${wordsOf(document.body)}`);
  return found;
}

function namesOf(element: HTMLElement): (string | null | undefined)[] {
  return [element.textContent?.trim(), element.getAttribute("aria-label")];
}

/** The input that a label of these words is for. */
export function field<E extends HTMLElement = HTMLInputElement>(label: string): E {
  const found = all<HTMLInputElement>("input, select").find(
    (one) =>
      one.getAttribute("aria-label") === label ||
      [...(one.labels ?? [])].some((its) => its.textContent?.trim().startsWith(label)),
  );
  if (found === undefined) throw new Error(`There is no field «${label}»`);
  return found as unknown as E;
}
