/** The page's layout: panels beside the picture, or over it where there is no room beside it. */
import { css } from "lit";

export const pageStyles = css`
  :host { position: fixed; inset: 0; display: block; }
  .page { display: flex; height: 100%; overflow: hidden; }
  .page.empty > empty-page { flex: 1; }
  aside { flex: none; min-width: 0; background: var(--panel); }
  aside.left { display: flex; flex-direction: column; width: var(--left); overflow: auto; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
  aside.left projections-panel { border-top: 1px solid var(--line); }
  aside.right { width: var(--right); overflow: hidden; }
  main { display: flex; flex-direction: column; flex: 1; min-width: 0; }
  .stage { position: relative; flex: 1; min-height: 0; overflow: hidden; background: var(--picture-ground); }
  ::slotted(*) { position: absolute; inset: 0; }
  ::slotted(:focus-visible) { outline: 2px solid var(--accent); outline-offset: -2px; }
  .notice { position: absolute; inset: 0; display: grid; place-items: center; padding: 24px; pointer-events: none; }
  .notice failure-note { max-width: 480px; pointer-events: auto; }
  .waiting { animation: appear 300ms 150ms backwards; }
  @keyframes appear { from { opacity: 0; } }
  .problems { position: absolute; top: 8px; right: 8px; width: min(460px, calc(100% - 16px)); max-height: 40%; display: flex; flex-direction: column; border-radius: 10px; background: var(--raised); box-shadow: var(--shadow), 0 0 0 1px var(--line); }
  .problems header { display: flex; justify-content: space-between; align-items: center; padding: 8px 8px 4px 16px; }
  .problems problem-list { overflow: auto; min-height: 0; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
  @media (max-width: 899px) {
    .page { position: relative; }
    aside, panel-splitter { position: absolute; z-index: 3; top: 40px; bottom: 28px; }
    aside { box-shadow: var(--shadow); max-width: calc(100% - 48px); }
    aside.left { left: 0; }
    aside.right { right: 0; }
    panel-splitter { display: none; }
  }
`;
