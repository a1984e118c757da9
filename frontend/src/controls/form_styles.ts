/** Layout of a projection's controls. */
import { css } from "lit";

export const layoutStyles = css`
  :host { display: grid; gap: 8px; }
  .fields { display: grid; gap: 4px; --field-label: 96px; }
  .row { display: grid; grid-template-columns: 96px minmax(0, 1fr); gap: 8px; align-items: center; }
  segmented-choice { display: flex; }
  details > .fields { padding-top: 4px; }
  summary { display: inline-flex; align-items: center; gap: 4px; min-height: 24px; color: var(--text-soft); cursor: pointer; list-style: none; border-radius: 4px; }
  summary::-webkit-details-marker { display: none; }
  summary::before { content: ""; width: 5px; height: 5px; margin: 0 4px 1px 1px; border: solid currentColor; border-width: 0 1.3px 1.3px 0; transform: rotate(-45deg); transition: transform var(--ease); }
  details[open] > summary::before { transform: rotate(45deg); }
  summary:hover { color: var(--text); }
`;
