/** Styles shared by both kinds of legend. */
import { css } from "lit";

export const legendStyles = css`
  .line { display: grid; grid-template-columns: 12px minmax(0, 1fr); gap: 6px; align-items: center; }
  .line.bare { grid-template-columns: minmax(0, 1fr); }
  .line button { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 10px; min-height: 20px; padding: 0 4px; border: 0; border-radius: 4px; background: none; text-align: left; font-size: 13px; line-height: 18px; }
  .line button:hover { background: var(--hover); }
  .line .dot { width: 8px; height: 8px; margin: 0 2px; border-radius: 50%; }
  .line.only button { font-weight: 600; }
  .line.muted .name { color: var(--text-faint); text-decoration: line-through; }
  .line.muted input, .line.muted .dot { opacity: .35; }
  input[type="color"] { width: 12px; height: 12px; padding: 0; border: 0; border-radius: 50%; background: none; cursor: pointer; appearance: none; }
  input[type="color"]::-webkit-color-swatch-wrapper { padding: 0; }
  input[type="color"]::-webkit-color-swatch { border: 0; border-radius: 50%; }
  input[type="color"]::-moz-color-swatch { border: 0; border-radius: 50%; }
  .note { margin: 4px 4px 2px 18px; max-width: 190px; }
`;
