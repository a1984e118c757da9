/** The icons, 16 px, in the color of the text around them. Each is decoration: its button has the name. */
import { html, type SVGTemplateResult, svg, type TemplateResult } from "lit";

const PATHS = {
  search: svg`<circle cx="7" cy="7" r="4.25"/><path d="m10.3 10.3 3.2 3.2"/>`,
  fold: svg`<path d="m4.5 6.5 3.5 3.5 3.5-3.5"/>`,
  unfold: svg`<path d="m4.5 9.5 3.5-3.5 3.5 3.5"/>`,
  close: svg`<path d="m4 4 8 8m0-8-8 8"/>`,
  reset: svg`<path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10"/><circle cx="8" cy="8" r="1.25" fill="currentColor"/>`,
  label: svg`<path d="M3 4.5V3h10v1.5M8 3v10M6.25 13h3.5"/>`,
  image: svg`<rect x="2.5" y="3" width="11" height="10" rx="1.5"/><circle cx="6" cy="6.5" r="1"/><path d="m3 11.5 3.2-3 2.3 2 2-1.8 3 2.8"/>`,
  left: svg`<rect x="2.5" y="3" width="11" height="10" rx="1.5"/><path d="M6.5 3v10"/>`,
  right: svg`<rect x="2.5" y="3" width="11" height="10" rx="1.5"/><path d="M9.5 3v10"/>`,
  warning: svg`<path d="M8 2.5 14 13H2L8 2.5Z"/><path d="M8 6.5v3M8 11.2v.1"/>`,
  help: svg`<circle cx="8" cy="8" r="5.5"/><path d="M6.4 6.5a1.6 1.6 0 1 1 2.3 1.5c-.5.3-.7.6-.7 1.2M8 11.2v.1"/>`,
  fly: svg`<circle cx="8" cy="8" r="3"/><path d="M8 1.5V4M8 12v2.5M1.5 8H4M12 8h2.5"/>`,
} satisfies Record<string, SVGTemplateResult>;

export function icon(name: keyof typeof PATHS): TemplateResult {
  return html`<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.3"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${PATHS[name]}</svg>`;
}
