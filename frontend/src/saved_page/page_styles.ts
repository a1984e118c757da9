/** Styles of a saved page: the tab's tokens, and few controls over a picture that fills the window. */
export const PAGE_STYLES = `
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
h1, h2, p, ul, dl, dd { margin: 0; padding: 0; }
body { background: var(--picture-ground); }
button, input { font: inherit; font-variant-numeric: inherit; color: inherit; }
button {
  display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-height: 28px; padding: 0 8px; border: 0;
  border-radius: var(--radius); background: none; color: var(--text-soft); cursor: pointer;
}
button:hover { background: var(--hover); color: var(--text); }
button[aria-pressed="true"], button[aria-checked="true"] { background: var(--accent-soft); color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.picture { position: fixed; inset: 0; }
.picture:focus-visible { outline-offset: -2px; }
.card, .panel, .legends, .bar, .note { position: fixed; }
.card, .panel, .legend, .bar, .note {
  border-radius: 10px; background: var(--glass); box-shadow: 0 0 0 1px var(--line); backdrop-filter: blur(6px);
}
.head { position: fixed; left: 16px; top: 12px; max-width: calc(100vw - 700px); pointer-events: none; }
.head h1 { font-size: 15px; line-height: 20px; font-weight: 600; }
.head h1, .head p { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.small, .head p { font-size: 13px; line-height: 18px; color: var(--text-soft); }
.faint { color: var(--text-faint); }
.bar { right: 12px; top: 12px; display: flex; align-items: center; gap: 2px; padding: 3px; }
.bar .line { width: 1px; height: 16px; margin: 0 4px; background: var(--line-strong); }
.bar input {
  width: 220px; height: 28px; padding: 0 10px; border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--field);
}
.bar input::placeholder { color: var(--text-faint); }
.panel { right: 12px; top: 58px; width: 300px; max-height: calc(100vh - 76px); display: flex; flex-direction: column; padding: 10px 0; overflow: hidden; }
.panel header { display: flex; align-items: center; gap: 8px; padding: 0 6px 4px 14px; }
.panel .title { flex: 1; min-width: 0; }
.panel h2 { font-size: 13px; line-height: 20px; font-weight: 600; overflow-wrap: anywhere; max-height: 60px; overflow: hidden; }
.panel .body { overflow-y: auto; padding: 0 8px; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
.panel ul { list-style: none; }
.panel li button { width: 100%; justify-content: flex-start; color: var(--text); text-align: left; }
.panel .words { padding: 4px 6px; }
.clip { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
dl { display: grid; grid-template-columns: minmax(64px, auto) minmax(0, 1fr); gap: 4px 12px; padding: 2px 6px 4px; }
dt { color: var(--text-soft); overflow-wrap: anywhere; }
dd { overflow-wrap: anywhere; max-height: 120px; overflow-y: auto; }
.legends { left: 12px; bottom: 12px; display: flex; flex-direction: column; align-items: flex-start; gap: 6px; pointer-events: none; }
.legend { pointer-events: auto; }
.legend { width: max-content; max-width: 240px; max-height: min(340px, 50vh); padding: 6px 8px 8px; overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
.legend h2 { padding: 2px 6px; font-size: 13px; line-height: 20px; font-weight: 600; }
.legend button { width: 100%; min-height: 22px; padding: 0 6px; font-size: 13px; line-height: 18px; justify-content: space-between; gap: 12px; color: var(--text); }
.legend .dot { flex: none; width: 8px; height: 8px; border-radius: 50%; }
.legend .name { display: flex; align-items: center; gap: 8px; min-width: 0; }
.legend .muted .clip { color: var(--text-faint); text-decoration: line-through; }
.legend.colorless .dot, .legend.colorless .ramp { display: none; }
.legend .muted .dot { opacity: .35; }
.legend .only .clip { font-weight: 600; }
.legend .ramp { height: 6px; margin: 4px 6px 2px; border-radius: 3px; width: 188px; }
.legend .ends { display: flex; justify-content: space-between; padding: 0 6px; }
.legend.sizes, .legend.density { display: flex; gap: 10px; align-items: center; max-width: calc(100vw - 24px); padding: 4px 12px; min-height: 28px; }
.legend.sizes span { display: inline-flex; gap: 5px; align-items: center; white-space: nowrap; }
.legend.density .ramp { width: 72px; margin: 0; background: var(--density); }
.legend .disc { border-radius: 50%; background: var(--text-faint); }
.card { display: flex; gap: 10px; align-items: center; max-width: 280px; padding: 8px 12px; background: var(--raised); box-shadow: var(--shadow); pointer-events: none; }
.card .name { font-weight: 600; overflow-wrap: anywhere; display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; }
.note { left: 50%; bottom: 12px; transform: translateX(-50%); max-width: 60vw; padding: 6px 12px; color: var(--warning); }
@media (max-width: 900px) {
  .head { position: fixed; max-width: calc(100vw - 32px); top: 52px; }
  .bar { left: 12px; }
  .bar input { flex: 1; width: 60px; }
  .panel { top: auto; bottom: 12px; max-height: 45vh; }
}
`;
