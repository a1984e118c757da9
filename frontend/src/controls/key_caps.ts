/** The keys of a command as they look on a keyboard: «Shift Ctrl Z» is three caps. */
import { html, type TemplateResult } from "lit";

/** Where Ctrl is called otherwise, as it is called there. */
const IS_MAC = /^(Mac|iP)/.test(navigator.platform);
const NAMES: Record<string, string> = IS_MAC ? { Ctrl: "⌘", Shift: "⇧", Alt: "⌥" } : {};

export function keyCaps(keys: string): TemplateResult {
  return html`${keys.split(" ").map((key) => html`<kbd>${NAMES[key] ?? key}</kbd>`)}`;
}
