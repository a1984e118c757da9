/** A line of a legend that filters; both kinds of legend have such. */
import { html, nothing } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { formatCount } from "../../data/format";
import type { Standing } from "../../data/legend_filter";

/** Hints on clicks, by how the values stand. */
export const HINTS: Record<Standing, string> = {
  plain: "Click: only these. Double click: isolate them",
  only: "Shown alone. Click: mute these instead",
  muted: "Muted. Click: show these again",
};

/** Hints for lines that are not one value: a double click does not isolate them. */
const PLAIN_HINTS: Record<Standing, string> = { ...HINTS, plain: "Click: only these" };

export const PRESSED: Record<Standing, "false" | "true" | "mixed"> = { plain: "false", only: "true", muted: "mixed" };

/** A line whose color cannot be changed; null: no point is drawn in it. */
export function plainLine(color: string | null, text: string, count: number, standing: Standing, click: () => void) {
  const dot = color === null ? nothing : html`<span class="dot" style=${styleMap({ background: color })}></span>`;
  return html`<div class="line ${standing} ${color === null ? "bare" : ""}">${dot}
    <button title="${text}: ${PLAIN_HINTS[standing]}" aria-pressed=${PRESSED[standing]} @click=${click}>
      <span class="name clip">${text}</span><span class="faint">${formatCount(count)}</span></button></div>`;
}
