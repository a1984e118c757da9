/** What a pressed key is called: «F», «Shift F», «Ctrl Z», «Space», «[». Commands name their keys so, and people read them. */

const NAMES: Record<string, string> = { " ": "Space", Escape: "Esc", Delete: "Del" };

/** Command on a Mac is Ctrl elsewhere. Shift is named with letters and with Ctrl: «?» is one key however it is typed. */
export function keyName(event: KeyboardEvent): string {
  const key = NAMES[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const isCtrl = event.ctrlKey || event.metaKey;
  const isShift = event.shiftKey && (isCtrl || !isSign(key));
  return [isShift ? "Shift" : "", isCtrl ? "Ctrl" : "", event.altKey ? "Alt" : "", key].filter(Boolean).join(" ");
}

/** A single character that is no letter: Shift is how some keyboards make it. */
function isSign(key: string): boolean {
  return key.length === 1 && key.toLowerCase() === key.toUpperCase();
}
