/** The picture makes room for what comes to lie over its lower left corner. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { disposeShown, flat, type Shown, show } from "./shown_picture";

const SIDE = 10;
const POINTS = flat(
  ...Array.from({ length: SIDE ** 2 }, (_, at): [number, number] => [at % SIDE, Math.floor(at / SIDE)]),
);
const HEIGHT = 400;
/** The size of few thumbnails. */
const THUMBNAIL_PX = 48;
const COVERED = { width: 240, height: 200 };
/** Number of frames in which every movement of the camera ends, at FRAME_MS each. */
const FRAMES = 60;
const FRAME_MS = 16;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "requestAnimationFrame", "cancelAnimationFrame"] });
  vi.spyOn(WebGL2RenderingContext.prototype, "getSyncParameter").mockReturnValue(WebGL2RenderingContext.SIGNALED);
});

afterEach(() => {
  disposeShown();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function preferLessMotion(): void {
  const { matchMedia } = window;
  vi.spyOn(window, "matchMedia").mockImplementation((query) =>
    query.includes("prefers-reduced-motion") ? ({ matches: true } as MediaQueryList) : matchMedia(query),
  );
}

/** The places of a corner's point from frame to frame, each once. */
function travel({ picture }: Shown): number[] {
  const places = Array.from({ length: FRAMES }, () => {
    vi.advanceTimersByTime(FRAME_MS);
    return Math.round(100 * picture.pointer.locate(0)![0]) / 100;
  });
  return places.filter((place, at) => place !== places[at - 1]);
}

it("moves there in a few frames once the points have been seen", () => {
  const shown = show(POINTS);
  const [home] = travel(shown);
  shown.picture.set({ covered: COVERED });
  const places = travel(shown);
  expect(places.length).toBeGreaterThan(8);
  expect(places.length).toBeLessThan(30);
  expect(places[0]! - home!).toBeLessThan(2);
  expect(places.at(-1)! - home!).toBeGreaterThan(20);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

it("makes more room for another that is larger; nothing moves for less, a few pixels, or the same one unfolded", () => {
  const shown = show(POINTS);
  travel(shown);
  shown.picture.set({ covered: { width: 120, height: 100, of: "word" } });
  const first = travel(shown).at(-1)!;
  shown.picture.set({ covered: { ...COVERED, of: "kind" } });
  const second = travel(shown).at(-1)!;
  expect(second - first).toBeGreaterThan(5);
  const [few, less] = [
    { ...COVERED, width: COVERED.width + 4 },
    { width: 120, height: 100 },
  ];
  const more = { width: COVERED.width, height: COVERED.height + 90 };
  for (const covered of [{ ...few, of: "word" }, { ...less, of: "word" }, { ...more, of: "kind" }, null]) {
    shown.picture.set({ covered });
    expect(travel(shown)).toEqual([second]);
  }
});

it("makes room for thumbnails, which reach farther than their points, once they are shown", () => {
  const sheet = { urls: ["data:,"], columns: 10, rows: 10, width: 320, height: 320, pages: null };
  const sprite = { ...sheet, thumbWidth: 32, thumbHeight: 32 };
  // A strip below all points.
  const covered = { width: COVERED.width, height: 5, of: "kind" };
  const shown = show({ ...POINTS, covered, sprite, showImages: false });
  const isTouched = (): boolean => {
    const [x, y] = shown.picture.pointer.locate(0)!;
    return x - THUMBNAIL_PX / 2 < covered.width && y + THUMBNAIL_PX / 2 > HEIGHT - covered.height;
  };
  const [home, ...others] = travel(shown);
  expect([others, isTouched()]).toEqual([[], true]);
  shown.picture.set({ showImages: true });
  const places = travel(shown);
  expect([places[0]! - home! < 2, places.length > 8, isTouched()]).toEqual([true, true, false]);
  shown.picture.set({ showImages: false });
  expect(travel(shown)).toEqual(places.slice(-1));
});

it("is there at once with less motion", () => {
  preferLessMotion();
  const shown = show(POINTS);
  const [home] = travel(shown);
  shown.picture.set({ covered: COVERED });
  const places = travel(shown);
  expect(places).toHaveLength(1);
  expect(places[0]! - home!).toBeGreaterThan(20);
});

it("is there in the first frame if it is known by then what lies over the points", () => {
  const shown = show({ ...POINTS, covered: COVERED });
  const places = travel(shown);
  expect(places).toHaveLength(1);
  shown.picture.camera.reset();
  expect(travel(shown)).toEqual(places);
});

it("stays where the user has moved it", () => {
  const shown = show(POINTS);
  travel(shown);
  shown.picture.camera.zoomBy(0.9);
  const moved = travel(shown);
  shown.picture.set({ covered: COVERED });
  expect(travel(shown)).toEqual(moved.slice(-1));
});
