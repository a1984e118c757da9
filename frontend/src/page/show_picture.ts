/** Updates the picture when the state changes. */
import { Memo } from "../data/memo";
import type { PointColors } from "../state/point_colors";
import type { State } from "../state/state";
import type { Store } from "../state/store";
import type { Picture } from "../view/picture";
import { readPointRgb } from "../view/theme";
import { Picturing } from "./picture_props";

export function showPicture(store: Store, picture: Picture, colors: PointColors): void {
  const picturing = new Picturing(colors);
  const pointRgb = new Memo((_theme: State["theme"]) => readPointRgb(picture.host));
  let phase = store.state.layout?.phase;
  store.subscribe((state, changed) => {
    if (changed.has("shown") && state.projection === null) picture.set({ count: 0 });
    // Without points there is still the ground, in the theme's color.
    picture.set(picturing.props(state, () => pointRgb.of(state.theme)) ?? { theme: state.theme });
    const before = phase;
    phase = state.layout?.phase;
    if (phase === "ended" && before !== "ended") picture.refit();
  });
  followBusy(store, picture.host);
}

/** Marks the picture as busy while pending work may change it. */
function followBusy(store: Store, host: HTMLElement): void {
  host.ariaBusy = "false";
  store.subscribe(({ tasks }, changed) => {
    if (changed.has("tasks")) host.ariaBusy = String(Object.keys(tasks).length > 0);
  });
}
