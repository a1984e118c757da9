/** Keyboard focus and tab order across shadow roots. */

/** The element that has focus. */
export function deepFocus(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element === document.body ? null : (element as HTMLElement | null);
}

/** Tab stops inside an element, in order; slotted content counts at its slot's position. */
export function* tabStops(root: Element | ShadowRoot): Generator<HTMLElement> {
  for (const element of root instanceof HTMLSlotElement ? root.assignedElements() : root.children) {
    if (element instanceof HTMLSlotElement) yield* tabStops(element); // A slot has no box of its own.
    if (!(element instanceof HTMLElement) || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.matches(CONTROLS) && element.tabIndex >= 0) yield element;
    yield* tabStops(element.shadowRoot ?? element);
  }
}

const CONTROLS = ":is(button, input, select, textarea, summary, a[href], [tabindex]):not(:disabled)";

/** Wraps Tab from the last stop to the first, and back. */
export function keepTabInside(event: KeyboardEvent, root: Element): void {
  if (event.key !== "Tab") return;
  const stops = [...tabStops(root)];
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (from !== deepFocus() && deepFocus() !== root) return;
  event.preventDefault();
  to?.focus();
}
