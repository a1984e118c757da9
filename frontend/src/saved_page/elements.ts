/** Creates elements of the page. Text is always set as text, never parsed as HTML. */

type Child = Node | string | null;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | ((event: never) => void)> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "string") element.setAttribute(name, value);
    else element.addEventListener(name, value as EventListener);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A 16 px icon from its paths. */
export function icon(...paths: readonly string[]): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { fill: "none", stroke: "currentColor", "stroke-width": "1.3", "stroke-linecap": "round" };
  for (const [name, value] of Object.entries({ width: "16", height: "16", viewBox: "0 0 16 16", ...attributes }))
    svg.setAttribute(name, value);
  svg.setAttribute("aria-hidden", "true");
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
