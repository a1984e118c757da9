/** A picture that the cores draw leaves them for a moment to the search for the clicked point's neighbors. */
import { afterEach, beforeEach, expect, it, type MockInstance, vi } from "vitest";
import { GlRenderer } from "../../../src/gl/gl_renderer";
import { EMPHASIS } from "../../../src/view/picture";
import { disposeShown, flat, type Shown, show } from "./shown_picture";

const FRAME_MS = 16;

let shown: Shown;
let present: MockInstance<GlRenderer["present"]>;
/** Whether the cores draw, as they do here. */
let isSoftware: boolean;

beforeEach(() => {
  isSoftware = true;
  vi.useFakeTimers({ toFake: ["performance", "requestAnimationFrame", "cancelAnimationFrame"] });
  vi.spyOn(WebGL2RenderingContext.prototype, "getSyncParameter").mockReturnValue(WebGL2RenderingContext.SIGNALED);
  present = vi.spyOn(GlRenderer.prototype, "present");
});

afterEach(() => {
  disposeShown();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function open(): void {
  shown = show(flat([0, 0], [1, 1], [2, 0]));
  frames(10);
  Object.defineProperty(present.mock.contexts.at(-1), "isSoftware", { get: () => isSoftware });
  present.mockClear();
}

function frames(count: number): void {
  for (let frame = 0; frame < count; frame++) vi.advanceTimersByTime(FRAME_MS);
}

/** What is drawn over the points at once; a large picture is itself drawn anew later. */
const over = (...rows: number[]) => ({ labelRows: Int32Array.from(rows) });

it("shows the point with them, if they come soon", () => {
  open();
  shown.picture.set({ ...over(0), awaitsNeighbors: true });
  frames(2);
  expect(present).not.toHaveBeenCalled();
  shown.picture.set({ ...over(0, 1), awaitsNeighbors: false });
  frames(1);
  expect(present).toHaveBeenCalledOnce();
});

it("shows the point alone, if they take longer", () => {
  open();
  shown.picture.set({ ...over(0), awaitsNeighbors: true });
  frames(3);
  expect(present).not.toHaveBeenCalled();
  frames(3);
  expect(present).toHaveBeenCalled();
});

it("shows the next point with its neighbors, too, though the last ones came with a picture drawn anew", () => {
  open();
  shown.picture.set({ ...over(0), awaitsNeighbors: true });
  frames(1);
  shown.picture.set({
    emphasis: Uint8Array.of(EMPHASIS.selected, EMPHASIS.neighbor, EMPHASIS.faded),
    awaitsNeighbors: false,
  });
  frames(10);
  present.mockClear();
  shown.picture.set({ ...over(1), awaitsNeighbors: true });
  frames(2);
  expect(present).not.toHaveBeenCalled();
});

it("shows the point at once where a GPU draws, and while the user moves the picture", () => {
  open();
  isSoftware = false;
  shown.picture.set({ ...over(0), awaitsNeighbors: true });
  frames(1);
  expect(present).toHaveBeenCalledOnce();
  isSoftware = true;
  shown.picture.set({ awaitsNeighbors: false });
  frames(5);
  present.mockClear();
  shown.picture.set({ awaitsNeighbors: true });
  shown.picture.camera.zoomBy(1.5);
  frames(2);
  expect(present).toHaveBeenCalled();
});
