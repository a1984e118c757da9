/** Where the keyboard's focus is and may go, through shadow roots. */

/** What has the focus. */
export function deepFocus(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element === document.body ? null : (element as HTMLElement | null);
}

/** What the Tab key stops at inside an element, in order: what is put into a slot where the slot is. */
export function* tabStops(root: Element | ShadowRoot): Generator<HTMLElement> {
  for (const element of root instanceof HTMLSlotElement ? root.assignedElements() : root.children) {
    if (element instanceof HTMLSlotElement) yield* tabStops(element); // It has no box of its own.
    if (!(element instanceof HTMLElement) || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.matches(CONTROLS) && element.tabIndex >= 0) yield element;
    yield* tabStops(element.shadowRoot ?? element);
  }
}

const CONTROLS = ":is(button, input, select, textarea, summary, a[href], [tabindex]):not(:disabled)";

/** Tab beyond the last stop is at the first, and the other way round. */
export function keepTabInside(event: KeyboardEvent, root: Element): void {
  if (event.key !== "Tab") return;
  const stops = [...tabStops(root)];
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (from !== deepFocus() && deepFocus() !== root) return;
  event.preventDefault();
  to?.focus();
}
