/** The picture without points: in the theme's color, also after a change of theme, behind what is said in their place. */
import { afterEach, expect, it } from "vitest";
import { installTokens } from "../../../src/controls/tokens";
import { showPicture } from "../../../src/page/show_picture";
import { PointColors } from "../../../src/state/point_colors";
import { Store } from "../../../src/state/store";
import { disposeShown, GROUND, pixelAt, show } from "../view/shown_picture";

const DARK_GROUND = [15, 18, 22];

afterEach(() => {
  disposeShown();
  delete document.documentElement.dataset.theme;
});

it("has the ground of each theme", async () => {
  installTokens();
  const [store, shown] = [new Store(), show({})];
  showPicture(store, shown.picture, new PointColors());
  const center = () => pixelAt(shown, 300, 200);
  await expect.poll(center).toEqual(GROUND);
  for (const [theme, ground] of [
    ["dark", DARK_GROUND],
    ["light", GROUND],
  ] as const) {
    document.documentElement.dataset.theme = theme;
    store.set({ theme });
    await expect.poll(center).toEqual(ground);
  }
});
