/** A small scene for a renderer on its own: clip coordinates are the points' own, so that pixels are known. */
import { CanvasRenderer } from "../../../src/gl/canvas_renderer";
import { DENSITY_STEPS } from "../../../src/gl/density_steps";
import { GlRenderer } from "../../../src/gl/gl_renderer";
import { PASS, type Renderer, type Rgba, type View } from "../../../src/gl/scene";

export const SIDE = 64;
export const GROUND = [255, 255, 255];
export const RING = [0, 0, 255];
const IDENTITY = Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
const clip = { matrix: IDENTITY, origin: [0, 0, 0] as const };
const rgba = ([r, g, b]: readonly number[]): Rgba => [r! / 255, g! / 255, b! / 255, 1];
/** From white to black. */
const RAMP = Float32Array.from({ length: 3 * DENSITY_STEPS }, (_, at) => 1 - Math.floor(at / 3) / (DENSITY_STEPS - 1));

export const VIEW: View = {
  clip,
  oldClip: clip,
  mix: 1,
  fogPerW: 1,
  fog: 0,
  pointSizePx: 9,
  thumbnailPx: 16,
  hasRoomForImages: true,
  alpha: 1,
  sizeByDepth: false,
  densityPeak: null,
  densityPx: 21,
  pixelRatio: 1,
  magnification: 1,
  depth: false,
  style: {
    ground: rgba(GROUND),
    point: rgba([0, 0, 0]),
    ring: rgba(RING),
    line: rgba([0, 0, 0]),
    density: RAMP,
  },
};

export const KINDS = { "WebGL 2": GlRenderer, "a plain canvas": CanvasRenderer } as const;

/** A renderer of `SIDE` x `SIDE` px. */
export function open(kind: keyof typeof KINDS): Renderer {
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const renderer =
    kind === "WebGL 2"
      ? new GlRenderer(canvas.getContext("webgl2", { antialias: false })!)
      : new CanvasRenderer(canvas.getContext("2d") as unknown as CanvasRenderingContext2D);
  renderer.resize(SIDE, SIDE);
  return renderer;
}

/** Points at pixels, counted from the upper left. */
export function setPoints(renderer: Renderer, ...pixels: (readonly [number, number])[]): void {
  const at = (axis: 0 | 1, sign: number) => Float32Array.from(pixels, (pixel) => sign * ((2 * pixel[axis]) / SIDE - 1));
  renderer.setPositions({ x: at(0, 1), y: at(1, -1), z: null }, pixels.length, "drop");
}

/** Draws `passes`, and returns a reader of pixels. */
export function draw(
  renderer: Renderer,
  change: Partial<View> = {},
  passes: readonly number[] = [PASS.lines, PASS.plain, PASS.labels],
): (x: number, y: number) => number[] {
  const view = { ...VIEW, ...change };
  renderer.begin(view);
  for (const pass of passes) renderer.draw(pass, 0, renderer.chunks);
  renderer.reveal();
  renderer.present(view);
  const { data } = renderer.readPixels();
  return (x, y) => [...data.subarray(4 * (y * SIDE + x), 4 * (y * SIDE + x) + 3)];
}
