/** Handles the pointer in the picture: hovers, clicks, moves the camera, and draws areas with the active tool. */

import { nearestTo, nextInDirection, type Vec2 } from "../math/walking";
import { AreaDrawing, type AreaEvent, type Modifiers } from "./area_drawing";
import type { CameraControl } from "./camera_control";
import { Gestures } from "./gestures";
import type { PictureProps } from "./picture_props";
import { type At, Pointing } from "./pointing";
import type { Scenery } from "./scenery";
import type { Stage } from "./stage";

interface PointerEvents {
  onHover(row: number | null, at: At): void;
  onClick(row: number | null, event: PointerEvent): void;
  /** While an area is being drawn, and when it is done. */
  onArea(event: AreaEvent): void;
  /** The hovered point has to be resolved again. */
  onUnknown(): void;
  /** Something has to be resolved or drawn in the next frame. */
  onWork(): void;
}

/**
 * Time that the pointer must rest before hover is resolved while a layout runs: rebuilding the index visits every point.
 */
const REST_MS = 150;
const NO_KEYS: Modifiers = { shiftKey: false, altKey: false };

export class PointerControl {
  readonly #pointing: Pointing;
  readonly #areas: AreaDrawing;
  readonly #gestures: Gestures;
  #restsAt = 0;

  constructor(
    private readonly stage: Stage,
    private readonly scenery: Scenery,
    private readonly camera: CameraControl,
    private readonly read: () => PictureProps,
    private readonly events: PointerEvents,
  ) {
    this.#pointing = new Pointing(
      () => this.#pointable,
      (row, at) => this.#hover(row, at),
    );
    this.#areas = new AreaDrawing(
      () => this.#drawable,
      (x, y) => this.#pointing.pick(x, y),
      (event) => events.onArea(event),
    );
    this.#gestures = new Gestures(stage.ground, {
      onPress: () => camera.interruptRotation(),
      onDrag: (dx, dy, panning) => camera.drag(dx, dy, panning),
      onZoom: (factor, x, y) => camera.zoomBy(factor, { x, y }),
      onMove: (x, y) => this.#point({ x, y }),
      onLeave: () => this.#point(null),
      onTap: (x, y, event) => events.onClick(this.#pointing.pick(x, y), event),
      onDoubleTap: (x, y) => this.#pointing.pick(x, y) === null && camera.reset(),
      canDraw: (x, y) => this.#areas.canStart(read().tool, x, y),
      onDrawStart: (x, y) => this.#startArea(x, y),
      onDraw: (x, y, event) => this.#drawArea(x, y, event),
      onDrawEnd: (isCompleted) => this.#endArea(isCompleted),
    });
  }

  get hovered(): number | null {
    return this.#pointing.hovered;
  }

  get isPressed(): boolean {
    return this.#gestures.isPressed;
  }

  /** The points in the drawn area are not known yet. */
  get isSearching(): boolean {
    return this.#areas.isBusy;
  }

  /** The area being drawn, and the number of points inside. */
  get area(): AreaDrawing["shown"] {
    return this.#areas.shown;
  }

  /** Searches the area within a frame's budget; true if there was anything to search. */
  searchArea(): boolean {
    return this.#areas.searchInFrame();
  }

  /** Resolves the hovered point if it may have changed; while points move, only once the pointer rests. */
  updateHovered(now: number, pointsMove: boolean): void {
    if (!this.isPressed && (!pointsMove || now >= this.#restsAt)) this.#pointing.updateHovered();
  }

  /** Clears the hovered point while the scene moves; it is resolved again at rest. */
  clearHover(): void {
    this.#pointing.clearHover();
  }

  /** Clears the hovered point, wherever the pointer is. */
  release(): void {
    this.#pointing.hold(null, null);
  }

  /** To be called when points have moved in the window. */
  invalidateIndex(): void {
    this.#pointing.invalidateIndex();
  }

  showCursor(): void {
    const overNothing = this.read().tool === "pan" ? "" : "crosshair";
    this.stage.ground.style.cursor = this.hovered === null ? overNothing : "pointer";
  }

  /** Position of a row in CSS px from the top left; null if it is not in the window. */
  locate(row: number): [x: number, y: number] | null {
    if (!this.stage.isVisible) return null;
    const { x, y, seen } = this.scenery.makeProjector().project(row);
    return seen ? [x, y] : null;
  }

  /** The next point on the screen in a direction, from `row` or, if null, from the one in the middle of the window. */
  findNext(row: number | null, direction: Vec2): number | null {
    const { stage, scenery } = this;
    const { count } = this.read();
    if (!stage.isVisible) return null;
    const projector = scenery.makeProjector();
    if (row !== null && projector.project(row).w > 0) return nextInDirection(projector, count, row, direction);
    return nearestTo(projector, count, { x: stage.width / 2, y: stage.height / 2 });
  }

  /** Moves the camera if the point is out of the window. */
  bringIntoView(row: number): void {
    const camera = this.locate(row) === null ? this.scenery.centeredAt(row) : null;
    if (camera !== null) this.camera.move(camera);
  }

  /** Hovers the row's point on behalf of another view, if it is in the window. */
  pointAt(row: number | null): void {
    const position = row === null ? null : this.locate(row);
    this.#pointing.hold(position === null ? null : row, position && { x: position[0], y: position[1] });
    this.events.onWork();
  }

  /** Begins an area at the row's point or, if it is not seen, in the middle of the window; false if the tool has none. */
  beginArea(row: number | null): boolean {
    const { tool } = this.read();
    const at = this.#areaStarts(row).find((place) => place !== null && this.#areas.canStart(tool, ...place));
    if (at == null) return false;
    this.#startArea(...at);
    this.#drawArea(...at, NO_KEYS);
    return true;
  }

  /** The row, the middle, and the point nearest to it: a sphere begins at points only. */
  #areaStarts(row: number | null): (readonly [number, number] | null)[] {
    const near = this.findNext(null, { x: 0, y: 0 });
    const middle = [this.stage.width / 2, this.stage.height / 2] as const;
    return [row === null ? null : this.locate(row), middle, near === null ? null : this.locate(near)];
  }

  /** Moves the end of the area, which stays in the window. */
  growArea(dx: number, dy: number, keys: Modifiers): void {
    const at = this.#areas.shown?.area.at;
    if (at === undefined) return;
    const within = (value: number, max: number) => Math.min(max, Math.max(0, value));
    this.#drawArea(within(at.x + dx, this.stage.width), within(at.y + dy, this.stage.height), keys);
  }

  /** Takes the area, or ends it without effect. */
  finishArea(isTaken: boolean): void {
    this.#endArea(isTaken);
  }

  dispose(): void {
    this.#gestures.dispose();
  }

  get #pointable() {
    const { stage, scenery } = this;
    const { count, emphasis, sizes } = this.read();
    if (!stage.isVisible) return null;
    const ownSizes = scenery.drawsImages ? null : sizes; // Images all have the same size.
    return { count, emphasis, sizes: ownSizes, markPx: scenery.markPx, makeProjector: () => scenery.makeProjector() };
  }

  get #drawable() {
    const { stage, scenery } = this;
    const { positions: columns, count, selectable } = this.read();
    if (!stage.isVisible) return null;
    return { columns, count, selectable, unitsPerPx: scenery.unitsPerPx, makeProjector: () => scenery.makeProjector() };
  }

  #startArea(x: number, y: number): void {
    this.#areas.start(this.read().tool, x, y);
    this.#pointing.clearHover();
  }

  #drawArea(x: number, y: number, event: Modifiers): void {
    this.#areas.move(x, y, event);
    this.events.onWork();
  }

  #endArea(isCompleted: boolean): void {
    if (isCompleted) this.#areas.end();
    else this.#areas.cancel();
    this.events.onUnknown();
    this.events.onWork();
  }

  #point(at: At | null): void {
    this.#pointing.move(at);
    this.#restsAt = performance.now() + REST_MS;
    this.events.onUnknown();
    this.events.onWork();
  }

  #hover(row: number | null, at: At): void {
    this.showCursor();
    this.events.onHover(row, at);
  }
}
