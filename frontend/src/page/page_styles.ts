/** The page's layout: panels beside the picture, or over it if there is no room. */
import { css } from "lit";

export const pageStyles = css`
  :host { position: fixed; inset: 0; display: block; }
  .page { display: flex; height: 100%; overflow: hidden; }
  .page.empty > empty-page { flex: 1; }
  .panel { flex: none; min-width: 0; background: var(--panel); }
  .panel.left { display: flex; flex-direction: column; width: var(--left); overflow: auto; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
  .panel.left projections-panel { border-top: 1px solid var(--line); }
  .panel.right { width: var(--right); overflow: hidden; }
  panel-splitter:not([side="bottom"]) { position: absolute; top: 0; bottom: 0; }
  panel-splitter[side="left"] { left: 0; }
  panel-splitter[side="right"] { right: 0; }
  main { position: relative; display: flex; flex-direction: column; flex: 1; min-width: 0; }
  .table { flex: none; min-height: 0; max-height: calc(100% - 220px); }
  .stage { position: relative; flex: 1; min-height: 0; overflow: hidden; background: var(--picture-ground); }
  ::slotted(*) { position: absolute; inset: 0; }
  ::slotted(:focus-visible) { outline: 2px solid var(--accent); outline-offset: -2px; }
  .notice { position: absolute; inset: 0; display: grid; place-items: center; padding: 24px; pointer-events: none; }
  .notice.low { place-items: end center; padding-bottom: 40px; }
  .notice failure-note { max-width: 480px; pointer-events: auto; }
  .waiting { animation: appear 300ms 150ms backwards; }
  @keyframes appear { from { opacity: 0; } }
  @keyframes slide { from { opacity: 0; transform: translateX(var(--slide, -24px)); } }
  .problems { position: absolute; top: 8px; right: 8px; width: min(460px, calc(100% - 16px)); max-height: 75%; display: flex; flex-direction: column; border-radius: 10px; background: var(--raised); box-shadow: var(--shadow), 0 0 0 1px var(--line); }
  .problems header { display: flex; justify-content: space-between; align-items: center; padding: 8px 8px 4px 16px; }
  .problems problem-list { overflow: auto; min-height: 0; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
  @media (max-width: 899px) {
    .page { position: relative; }
    .panel { position: absolute; z-index: 4; inset: 0 auto; box-shadow: var(--shadow); max-width: calc(100% - 48px); animation: slide 200ms; }
    .scrim { position: absolute; z-index: 3; inset: 0; background: rgb(0 0 0 / 32%); animation: appear 200ms; }
    .leave { position: absolute; z-index: 1; top: 6px; right: 6px; }
    .panel.left { left: 0; }
    .panel.right { right: 0; --slide: 24px; }
    panel-splitter:not([side="bottom"]) { display: none; }
  }
`;
