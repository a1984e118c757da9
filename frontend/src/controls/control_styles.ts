/** Styles of native controls, for every element that contains some. */
import { css } from "lit";

export const controlStyles = css`
  *, *::before, *::after { box-sizing: border-box; }
  :host([hidden]), [hidden] { display: none !important; }
  h2, h3, p, ul, dl, dd { margin: 0; padding: 0; }
  h2, h3 { font-size: 13px; line-height: 20px; font-weight: 600; }
  button, input, select { font: inherit; font-variant-numeric: inherit; color: inherit; }
  button {
    display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-height: var(--control); padding: 0 10px;
    border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--field); cursor: pointer;
    transition: background var(--ease), border-color var(--ease), color var(--ease);
  }
  button:hover { background: linear-gradient(var(--hover), var(--hover)), var(--field); }
  button.quiet, button.icon { border-color: transparent; background: none; color: var(--text-soft); }
  button.quiet:hover, button.icon:hover { background: var(--hover); color: var(--text); }
  button.icon { min-width: 28px; padding: 0 6px; }
  button[aria-pressed="true"], button[aria-checked="true"] { background: var(--accent-soft); color: var(--accent); }
  button.link { min-height: 20px; padding: 0; border: 0; background: none; color: var(--accent); }
  button.link:hover { text-decoration: underline; }
  button.main { border-color: transparent; background: var(--accent); color: var(--on-accent); }
  button:disabled { opacity: .45; cursor: default; }
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; }
  }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  select, input[type="text"], input[type="search"], input[type="number"] {
    height: var(--control); min-width: 0; padding: 0 8px; border: 1px solid var(--line-strong); border-radius: var(--radius);
    background: var(--field); transition: border-color var(--ease);
  }
  select {
    appearance: none; padding-right: 24px; text-overflow: ellipsis; cursor: pointer;
    background-image: linear-gradient(45deg, transparent 50%, var(--text-faint) 50%),
      linear-gradient(135deg, var(--text-faint) 50%, transparent 50%);
    background-position: right 13px center, right 9px center; background-size: 4px 4px; background-repeat: no-repeat;
  }
  select:hover, input:hover { border-color: var(--text-faint); }
  option { background: var(--raised); color: var(--text); }
  input[type="range"] { accent-color: var(--accent); min-width: 0; margin: 0; }
  input::placeholder { color: var(--text-faint); }
  .soft { color: var(--text-soft); }
  .faint { color: var(--text-faint); }
  .small { font-size: 13px; line-height: 16px; }
  .clip { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
  kbd {
    font: 13px/16px var(--mono); padding: 0 5px; border: 1px solid var(--line-strong); border-bottom-width: 2px;
    border-radius: 4px; color: var(--text-soft); background: var(--field);
  }
`;
