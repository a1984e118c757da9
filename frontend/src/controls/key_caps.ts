/** The keys of a command, drawn as key caps: «Shift Ctrl Z» is three caps. */
import { html, type TemplateResult } from "lit";

/** Platforms with another name for Ctrl. */
const IS_MAC = /^(Mac|iP)/.test(navigator.platform);
const NAMES: Record<string, string> = IS_MAC ? { Ctrl: "⌘", Shift: "⇧", Alt: "⌥" } : {};

export function keyCaps(keys: string): TemplateResult {
  return html`${keys.split(" ").map((key) => html`<kbd>${NAMES[key] ?? key}</kbd>`)}`;
}
