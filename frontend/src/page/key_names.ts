/** Names of pressed keys: «F», «Shift F», «Ctrl Z», «Space», «[». Used in command definitions and for display. */

const NAMES: Record<string, string> = { " ": "Space", Escape: "Esc", Delete: "Del" };

/** Command on a Mac counts as Ctrl. Shift is named only with letters and Ctrl: «?» is one key however it is typed. */
export function keyName(event: KeyboardEvent): string {
  const key = NAMES[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  // AltGr and Option type signs, such as «[» on many keyboards; AltGr may be reported as Ctrl with Alt. Digits with
  // Alt belong to the browser, which may change its tab by them.
  const isTyped = event.altKey && isSign(key) && !/\d/.test(key);
  const isCtrl = (event.ctrlKey || event.metaKey) && !isTyped;
  const isShift = event.shiftKey && (isCtrl || !isSign(key));
  return [isShift ? "Shift" : "", isCtrl ? "Ctrl" : "", event.altKey && !isTyped ? "Alt" : "", key]
    .filter(Boolean)
    .join(" ");
}

/** A single character that is not a letter: some keyboards need Shift to type it. */
function isSign(key: string): boolean {
  return key.length === 1 && key.toLowerCase() === key.toUpperCase();
}
