/** A picture of its own for each test, and what its pixels say. */
import { expect } from "vitest";
import { type AreaEvent, Picture, type PictureProps } from "../../../src/view/picture";
import type { PictureProblem } from "../../../src/view/picture_props";

export const GROUND = [252, 252, 253];
let dispose = () => {};

export function disposeShown(): void {
  dispose();
}

export interface Shown {
  host: HTMLElement;
  picture: Picture;
  problems: (PictureProblem | null)[];
  clicked: (number | null)[];
  hovered: (number | null)[];
  areas: AreaEvent[];
}

export function show(props: Partial<PictureProps>, width = 600, height = 400): Shown {
  const host = document.createElement("div");
  host.style.cssText = `position:fixed;left:0;top:0;width:${width}px;height:${height}px`;
  document.body.append(host);
  const [problems, clicked, hovered]: [(PictureProblem | null)[], (number | null)[], (number | null)[]] = [[], [], []];
  const areas: AreaEvent[] = [];
  const picture = new Picture(host, {
    onHover: (row) => hovered.push(row),
    onClick: (row) => clicked.push(row),
    onPainted: () => {},
    onProblem: (problem) => problems.push(problem),
    onCamera: () => {},
    onArea: (event) => areas.push(event),
  });
  dispose = () => {
    picture.dispose();
    host.remove();
  };
  picture.set({ dimensions: 2, ...props });
  return { host, picture, problems, clicked, hovered, areas };
}

/** Waits until all is drawn. A million points take a busy machine long. */
export async function painted({ host }: Shown, count: number): Promise<void> {
  await expect.poll(() => host.dataset.painted, { timeout: 50_000, interval: 20 }).toBe(String(count));
}

export function flat(...points: [number, number][]): Partial<PictureProps> {
  const positions = { x: Float32Array.from(points, ([x]) => x), y: Float32Array.from(points, ([, y]) => y), z: null };
  return { positions, count: points.length };
}

export function colorsOf(count: number, color: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: count * 4 }, (_, i) => (i % 4 === 3 ? 255 : color[i % 4]));
}

/** Pixels that are not ground, as spots of one pixel each. */
export function spots({ picture }: Shown): { x: number; y: number; color: number[] }[] {
  const { width, data } = picture.readPixels()!;
  const found = [];
  for (let i = 0; i < data.length; i += 4) {
    const color = [data[i], data[i + 1], data[i + 2]];
    if (color.some((part, axis) => Math.abs(part - GROUND[axis]) > 8)) {
      found.push({ x: (i / 4) % width, y: Math.floor(i / 4 / width), color });
    }
  }
  return found;
}

export const pixelAt = (shown: Shown, x: number, y: number): number[] => {
  const { width, data } = shown.picture.readPixels()!;
  return [...data.subarray((Math.round(y) * width + Math.round(x)) * 4).subarray(0, 3)];
};
