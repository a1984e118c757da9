/** Movements of points to new positions. */
import { expect, it } from "vitest";
import { NO_PROPS, type PictureProps } from "../../../src/view/picture_props";
import { Scenery } from "../../../src/view/scenery";
import type { Theme } from "../../../src/view/theme";
import { flat } from "./shown_picture";

/** Two points, `side` apart. */
const wide = (side: number): PictureProps => ({ ...NO_PROPS, dimensions: 2, ...flat([0, 0], [side, side]) });

it("start in the frame of the positions that they leave, also during another movement", () => {
  const scenery = new Scenery({ width: 600, height: 400, pixelRatio: 1 });
  scenery.viewpoint.setDimensions(2, false);
  const look = () => scenery.computeView(performance.now(), {} as Theme);
  scenery.movePoints(wide(1));
  expect(scenery.movePoints(wide(100))).toBe("starts");
  const { clip } = look();
  expect(scenery.pointsMove).toBe(true);
  expect(scenery.movePoints(wide(10))).toBe("starts");
  expect(look().oldClip).toEqual(clip);
});
