/** The icons, 16 px, in the color of the surrounding text. All are decorative: the button carries the name. */
import { html, type SVGTemplateResult, svg, type TemplateResult } from "lit";

const PATHS = {
  search: svg`<circle cx="7" cy="7" r="4.25"/><path d="m10.3 10.3 3.2 3.2"/>`,
  save: svg`<path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 11v2h10v-2"/>`,
  add: svg`<path d="M8 3.5v9M3.5 8h9"/>`,
  back: svg`<path d="m9.5 4.5-3.5 3.5 3.5 3.5"/>`,
  forth: svg`<path d="m6.5 4.5 3.5 3.5-3.5 3.5"/>`,
  edit: svg`<path d="m3 13 .6-2.6 7.2-7.2 2 2-7.2 7.2L3 13Z"/>`,
  fold: svg`<path d="m4.5 6.5 3.5 3.5 3.5-3.5"/>`,
  unfold: svg`<path d="m4.5 9.5 3.5-3.5 3.5 3.5"/>`,
  close: svg`<path d="m4 4 8 8m0-8-8 8"/>`,
  reset: svg`<path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10"/><circle cx="8" cy="8" r="1.25" fill="currentColor"/>`,
  label: svg`<path d="M3 4.5V3h10v1.5M8 3v10M6.25 13h3.5"/>`,
  image: svg`<rect x="2.5" y="3" width="11" height="10" rx="1.5"/><circle cx="6" cy="6.5" r="1"/><path d="m3 11.5 3.2-3 2.3 2 2-1.8 3 2.8"/>`,
  drawing: svg`<path d="M2.5 5h5M11 5h2.5M2.5 11h2.5M9 11h4.5"/><circle cx="9.25" cy="5" r="1.75"/><circle cx="6.75" cy="11" r="1.75"/>`,
  left: svg`<rect x="2.5" y="3" width="11" height="10" rx="1.5"/><path d="M6.5 3v10"/>`,
  right: svg`<rect x="2.5" y="3" width="11" height="10" rx="1.5"/><path d="M9.5 3v10"/>`,
  warning: svg`<path d="M8 2.5 14 13H2L8 2.5Z"/><path d="M8 6.5v3M8 11.2v.1"/>`,
  help: svg`<circle cx="8" cy="8" r="5.5"/><path d="M6.4 6.5a1.6 1.6 0 1 1 2.3 1.5c-.5.3-.7.6-.7 1.2M8 11.2v.1"/>`,
  pan: svg`<path d="M4 2.5v9.2l2.5-2.2 1.6 3.8 1.8-.8-1.6-3.7 3.3-.2L4 2.5Z"/>`,
  box: svg`<rect x="2.5" y="3.5" width="11" height="9" stroke-dasharray="2.2 1.8"/>`,
  lasso: svg`<ellipse cx="8.2" cy="6.4" rx="5.6" ry="3.8"/><path d="M4.7 9.3c-1 .2-1.8 1-1.4 2 .4.9 1.9.8 2.2-.1.3-.8-.1-1.5-.8-1.9Zm.4 2.4c.1.9-.2 1.6-.9 2"/>`,
  sphere: svg`<circle cx="8" cy="8" r="5.5" stroke-dasharray="2.2 1.8"/><circle cx="8" cy="8" r="1.3" fill="currentColor"/><path d="M9.5 8h4"/>`,
  filter: svg`<path d="M2.5 3.5h11L9.5 8.3v4.2l-3-1.5V8.3Z"/>`,
  table: svg`<rect x="2.5" y="3" width="11" height="10" rx="1.5"/><path d="M2.5 6.4h11M2.5 9.7h11M6.2 6.4V13"/>`,
  columns: svg`<rect x="2.5" y="3" width="11" height="10" rx="1.5"/><path d="M6.2 3v10M9.8 3v10"/>`,
  check: svg`<path d="m3.5 8.5 3 3 6-7"/>`,
  rotate: svg`<path d="M13.3 6.2C12.6 4.9 10.5 4 8 4c-3 0-5.5 1.3-5.5 3S5 10 8 10h1.5M8 7.8l2 2.2-2 2.2"/>`,
  undo: svg`<path d="M3 6.5h6.5a3.25 3.25 0 0 1 0 6.5H6M3 6.5 5.8 3.7M3 6.5l2.8 2.8"/>`,
  redo: svg`<path d="M13 6.5H6.5a3.25 3.25 0 0 0 0 6.5H10M13 6.5l-2.8-2.8M13 6.5l-2.8 2.8"/>`,
  isolate: svg`<circle cx="8" cy="8" r="2.6"/><path d="M2.5 5V2.5H5M11 2.5h2.5V5M13.5 11v2.5H11M5 13.5H2.5V11"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.5v-1.5a1.5 1.5 0 0 0-1.5-1.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5"/>`,
  invert: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11Z" fill="currentColor"/>`,
  open: svg`<path d="M2.5 12V4.2c0-.4.3-.7.7-.7h3l1.4 1.7h5.2c.4 0 .7.3.7.7V12c0 .3-.2.5-.5.5H3a.5.5 0 0 1-.5-.5Z"/>`,
  download: svg`<path d="M8 2.5v7M5 7l3 3 3-3M3 13h10"/>`,
  tag: svg`<path d="M2.5 8V3.2c0-.4.3-.7.7-.7H8l5.5 5.5L8 13.5Z"/><circle cx="5.4" cy="5.4" r=".9" fill="currentColor"/>`,
  fly: svg`<circle cx="8" cy="8" r="3"/><path d="M8 1.5V4M8 12v2.5M1.5 8H4M12 8h2.5"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): TemplateResult {
  return html`<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.3"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${PATHS[name]}</svg>`;
}
