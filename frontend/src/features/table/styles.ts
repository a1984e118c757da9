/** Styles of the table: hairlines between rows; the header and the first columns stay while the rest scrolls. */
import { css } from "lit";

export const HEAD_PX = 32;
export const TABLE_ROW_PX = 28;

export const gridStyles = css`
  :host { display: block; min-height: 0; }
  .viewport { position: relative; height: 100%; overflow: auto; overscroll-behavior: contain; contain: strict; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; background: var(--picture-ground); }
  .viewport:focus-visible { outline-offset: -2px; }
  .head { position: sticky; top: 0; z-index: 2; min-width: 100%; height: ${HEAD_PX}px; background: var(--panel); border-bottom: 1px solid var(--line-strong); }
  .head .cell { height: ${HEAD_PX}px; line-height: ${HEAD_PX - 1}px; background: var(--panel); border-bottom: 1px solid var(--line-strong); font-weight: 600; cursor: pointer; }
  .head .cell:hover { background: linear-gradient(var(--hover), var(--hover)), var(--panel); }
  .body { position: relative; min-width: 100%; }
  .row { position: absolute; top: 0; left: 0; display: flex; min-width: 100%; }
  .head .row { position: relative; }
  .cell { position: absolute; top: 0; height: ${TABLE_ROW_PX}px; padding: 0 12px; line-height: ${TABLE_ROW_PX}px; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
  .cell.pinned { position: sticky; z-index: 1; flex: none; background: inherit; }
  .body .cell.pinned { height: ${TABLE_ROW_PX - 1}px; }
  .cell.last { border-right: 1px solid var(--line-strong); }
  .cell.number { text-align: right; }
  .body .cell.number:first-child, .none { color: var(--text-faint); }
  .body .row { --ground: var(--picture-ground); height: ${TABLE_ROW_PX}px; border-bottom: 1px solid var(--line); background: var(--ground); cursor: pointer; }
  .body .row.selected { --ground: var(--accent-soft); }
  .body .row.selected .cell.number:first-child, .row.selected .none { color: var(--text-soft); }
  .body .row.chosen .cell { font-weight: 600; color: var(--accent); }
  .body .row.hovered { background: linear-gradient(var(--hover), var(--hover)), var(--ground); }
  .head .cell { display: flex; align-items: center; gap: 4px; padding-right: 4px; }
  /* The name stands above the numbers' last digits: what may come beside it stands before it. */
  .head .cell.number { justify-content: flex-end; padding: 0 12px 0 4px; }
  .head .cell.number :is(.order, .filter) { order: -1; }
  .order { flex: none; width: 14px; color: var(--accent); font-size: 13px; }
  button.filter { flex: none; min-width: 24px; min-height: 24px; padding: 0; opacity: .45; }
  .head .cell:hover button.filter, button.filter.on, .viewport:focus-visible .head .active button.filter { opacity: 1; }
  button.filter.on { color: var(--accent); }
  .viewport:focus-visible .cell.active { outline: 2px solid var(--accent); outline-offset: -2px; }
`;
