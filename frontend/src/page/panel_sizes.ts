/** Panel sizes and open panels, stored per browser; panels are folded while the window has no room for them. */

import { TABLE_HEIGHT } from "../features/table/fields";
import type { State } from "../state/state";
import type { Changed, Store } from "../state/store";
import { PANEL_WIDTH } from "./fields";

/** Maximum window width without room for a panel beside the picture. */
const NARROW = "(max-width: 899px)";
const KEY = "tb-projector-panels";
const SIZES = { leftWidth: PANEL_WIDTH, rightWidth: PANEL_WIDTH, tableHeight: TABLE_HEIGHT } as const;
const OPEN = ["leftOpen", "rightOpen"] as const;
const SAVED_FIELDS = [...(Object.keys(SIZES) as (keyof typeof SIZES)[]), ...OPEN] as const;

type Panels = Pick<State, (typeof SAVED_FIELDS)[number]>;

export function persistPanels(store: Store): void {
  const narrow = matchMedia(NARROW);
  const follow = () =>
    store.set({ isNarrow: narrow.matches, ...(narrow.matches ? { leftOpen: false, rightOpen: false } : readPanels()) });
  follow();
  narrow.addEventListener("change", follow);
  store.subscribe((state, changed) => {
    if (narrow.matches) closeOther(store, changed);
    else if (SAVED_FIELDS.some((name) => changed.has(name))) writePanels(state);
  });
}

/** Two drawers would cover the whole picture: only the one opened last stays. */
function closeOther(store: Store, changed: Changed): void {
  const { leftOpen, rightOpen } = store.state;
  if (leftOpen && rightOpen) store.set(changed.has("rightOpen") ? { leftOpen: false } : { rightOpen: false });
}

/** The valid part of the stored values; panels are open by default. */
function readPanels(): Partial<Panels> {
  const stored = parse(storage()?.getItem(KEY) ?? null);
  const panels: { -readonly [K in keyof Panels]?: Panels[K] } = { leftOpen: true, rightOpen: true };
  for (const [name, { min, max }] of Object.entries(SIZES) as [keyof typeof SIZES, typeof PANEL_WIDTH][]) {
    const size = stored[name];
    if (typeof size === "number" && size >= min && size <= max) panels[name] = size;
  }
  for (const name of OPEN) if (typeof stored[name] === "boolean") panels[name] = stored[name];
  return panels;
}

function writePanels(state: Readonly<State>): void {
  const panels = Object.fromEntries(SAVED_FIELDS.map((name) => [name, state[name]]));
  try {
    storage()?.setItem(KEY, JSON.stringify(panels));
  } catch {
    // Storage is full: sizes are not stored for now.
  }
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Browsers that block site storage throw on access. */
function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
