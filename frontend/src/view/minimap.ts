/**
 * Shows the camera's position in 2-D: all points in a corner of the picture, and a frame around the visible part. Shown
 * only while part of the data is out of view. A press centers the view there; a drag moves the frame. It is
 * pointer-only: with the keyboard, arrow keys move the picture.
 */

import { drawPointMap, type MapFrame } from "../math/point_map";
import type { PictureProps } from "./picture_props";
import type { Theme } from "./theme";

interface MinimapEvents {
  /** Requests that this position, in data units, becomes the center. */
  onCenter(x: number, y: number): void;
  onZoom(factor: number): void;
}

/** The part of the data that the window shows, in data units. */
export interface Seen {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
}

const MAX_SIDE_PX = 132;
const MIN_SIDE_PX = 56;
/** Minimum side of the frame, so that it stays visible. */
const MIN_FRAME_PX = 8;
const ZOOM_PER_PX = 0.0022;

export class Minimap {
  readonly canvas = document.createElement("canvas");
  readonly #context = this.canvas.getContext("2d");
  #frame: MapFrame | null = null;
  #seen: Seen | null = null;
  /** The points, and the inputs the image was drawn from. */
  #map: { of: readonly unknown[]; image: ImageData } | null = null;
  /** Offset from the middle of the frame to the grabbed position. */
  #grip: readonly [number, number] | null = null;

  constructor(
    host: HTMLElement,
    private readonly events: MinimapEvents,
  ) {
    const { canvas } = this;
    canvas.className = "minimap";
    canvas.hidden = true;
    canvas.setAttribute("aria-hidden", "true");
    canvas.style.cssText =
      "position:absolute;top:12px;right:12px;border-radius:6px;background:var(--glass);box-shadow:0 0 0 1px var(--line);cursor:pointer;touch-action:none";
    canvas.addEventListener("pointerdown", (event) => this.#press(event));
    canvas.addEventListener("pointermove", (event) => this.#drag(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => this.#letGo());
    canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    host.append(canvas);
  }

  dispose(): void {
    this.canvas.remove();
  }

  hide(): void {
    this.canvas.hidden = true;
  }

  show(props: PictureProps, whole: MapFrame, seen: Seen, theme: Theme, pixelRatio: number): void {
    [this.#frame, this.#seen] = [whole, seen];
    this.canvas.hidden = holds(seen, whole) && this.#grip === null;
    if (this.canvas.hidden) return;
    this.#fit(whole, pixelRatio);
    this.#drawMap(props, whole, theme);
    this.#drawFrame(theme, pixelRatio);
  }

  #fit({ width, height }: MapFrame, pixelRatio: number): void {
    const { canvas } = this;
    const perUnit = MAX_SIDE_PX / Math.max(width, height);
    const [cssWidth, cssHeight] = [width, height].map((side) => Math.max(MIN_SIDE_PX, Math.round(side * perUnit)));
    const [deviceWidth, deviceHeight] = [cssWidth!, cssHeight!].map((side) => Math.round(side * pixelRatio));
    if (canvas.width === deviceWidth && canvas.height === deviceHeight) return;
    Object.assign(canvas, { width: deviceWidth, height: deviceHeight });
    Object.assign(canvas.style, { width: `${cssWidth}px`, height: `${cssHeight}px` });
    this.#map = null;
  }

  /** Redraws only when the points, their colors or the theme have changed. */
  #drawMap({ positions, count, colors }: PictureProps, whole: MapFrame, theme: Theme): void {
    const { width, height } = this.canvas;
    const of = [positions, count, colors, theme, whole.left, whole.bottom, whole.width, whole.height];
    if (this.#map === null || of.some((one, at) => one !== this.#map?.of[at])) {
      const plain = theme.point.slice(0, 3).map((part) => 255 * part);
      const pixels = drawPointMap(positions, count, colors, plain, whole, width, height);
      this.#map = { of, image: new ImageData(pixels, width, height) };
    }
    this.#context?.putImageData(this.#map.image, 0, 0);
  }

  #drawFrame(theme: Theme, pixelRatio: number): void {
    const { canvas } = this;
    const context = this.#context;
    const [whole, seen] = [this.#frame, this.#seen];
    if (context === null || whole === null || seen === null) return;
    const [perX, perY] = [canvas.width / whole.width, canvas.height / whole.height];
    const [width, height] = [seen.halfWidth * perX, seen.halfHeight * perY].map((half) =>
      Math.max(MIN_FRAME_PX * pixelRatio, 2 * half),
    );
    const [x, y] = [(seen.x - whole.left) * perX, canvas.height - (seen.y - whole.bottom) * perY];
    context.save();
    context.beginPath();
    context.rect(x - width! / 2, y - height! / 2, width!, height!);
    context.fillStyle = context.strokeStyle = theme.accent;
    context.globalAlpha = 0.1;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1.5 * pixelRatio;
    context.stroke();
    context.restore();
  }

  /** In data units. */
  #positionOf(event: MouseEvent): [number, number] {
    const box = this.canvas.getBoundingClientRect();
    const { left, bottom, width, height } = this.#frame!;
    return [
      left + ((event.clientX - box.left) / box.width) * width,
      bottom + (1 - (event.clientY - box.top) / box.height) * height,
    ];
  }

  /** Inside the frame, the grabbed position stays under the pointer; elsewhere the frame jumps to it. */
  #press(event: PointerEvent): void {
    if (this.#frame === null || this.#seen === null || event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    const [x, y] = this.#positionOf(event);
    const away = [x - this.#seen.x, y - this.#seen.y] as const;
    const isWithin = Math.abs(away[0]) <= this.#seen.halfWidth && Math.abs(away[1]) <= this.#seen.halfHeight;
    this.#grip = isWithin ? away : [0, 0];
    this.#drag(event);
  }

  #drag(event: PointerEvent): void {
    if (this.#grip === null) return;
    const [x, y] = this.#positionOf(event);
    this.events.onCenter(x - this.#grip[0], y - this.#grip[1]);
  }

  #letGo(): void {
    this.#grip = null;
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 16;
    this.events.onZoom(Math.exp(-event.deltaY * unit * ZOOM_PER_PX));
  }
}

function holds({ x, y, halfWidth, halfHeight }: Seen, { left, bottom, width, height }: MapFrame): boolean {
  return (
    x - halfWidth <= left &&
    x + halfWidth >= left + width &&
    y - halfHeight <= bottom &&
    y + halfHeight >= bottom + height
  );
}
