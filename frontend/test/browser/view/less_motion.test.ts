/** Users who ask for less motion see the camera and the points at their goal at once; others see them travel. */
import { afterEach, expect, it, vi } from "vitest";
import { disposeShown, flat, painted, type Shown, show } from "./shown_picture";

const PLACES: [number, number][] = [
  [-1, -1],
  [0, 0],
  [1, 1],
];

afterEach(() => {
  vi.restoreAllMocks();
  disposeShown();
});

function preferLessMotion(isPreferred: boolean): void {
  const { matchMedia } = window;
  vi.spyOn(window, "matchMedia").mockImplementation((query) =>
    query.includes("prefers-reduced-motion") ? ({ matches: isPreferred } as MediaQueryList) : matchMedia(query),
  );
}

const placeOf = ({ picture }: Shown) => picture.pointer.locate(1)!.map(Math.round);

it.each([true, false])("the camera flies and the home view comes back, with less motion: %s", async (isLess) => {
  preferLessMotion(isLess);
  const shown = show(flat(...PLACES));
  await painted(shown, 3);
  const home = placeOf(shown);
  shown.picture.camera.flyTo(Int32Array.of(1, 2));
  const [atOnce, there] = [placeOf(shown), await placeAtRest(shown)];
  expect(there).not.toEqual(home);
  expect(atOnce).toEqual(isLess ? there : home);
  shown.picture.camera.reset();
  const back = placeOf(shown);
  expect(await placeAtRest(shown)).toEqual(home);
  expect(back).toEqual(isLess ? home : there);
});

it.each([true, false])("the camera of a bookmark is flown to, with less motion: %s", async (isLess) => {
  preferLessMotion(isLess);
  const shown = show(flat(...PLACES));
  await painted(shown, 3);
  const { camera } = shown.picture;
  const [home, other] = [placeOf(shown), { ...camera.stateIn(2), target: [0.2, 0.1, 0] as const, zoom: 2 }];
  camera.setCamera(2, other, true);
  const [atOnce, there] = [placeOf(shown), await placeAtRest(shown)];
  expect(camera.stateIn(2)).toEqual(other);
  expect(there).not.toEqual(home);
  expect(atOnce).toEqual(isLess ? there : home);
});

async function placeAtRest(shown: Shown): Promise<number[]> {
  await painted(shown, 3);
  return placeOf(shown);
}
