/**
 * Translates pointer, wheel and touch events on the picture into gestures. Positions are CSS px from the element's top
 * left. Left drag orbits in 3-D and pans in 2-D, or draws an area where one can be drawn; right, middle, Shift (where
 * nothing is drawn) or Space drag pans; Ctrl swaps the two; the wheel and a pinch zoom at the pointer.
 */

import { SpaceBar } from "./space_bar";

interface GestureEvents {
  onPress(): void;
  onDrag(dx: number, dy: number, pan: boolean): void;
  onZoom(factor: number, x: number, y: number): void;
  onMove(x: number, y: number): void;
  onLeave(): void;
  onTap(x: number, y: number, event: PointerEvent): void;
  onDoubleTap(x: number, y: number): void;
  /** Whether a left drag that starts here draws an area. */
  canDraw(x: number, y: number): boolean;
  onDrawStart(x: number, y: number): void;
  onDraw(x: number, y: number, event: PointerEvent): void;
  onDrawEnd(isCompleted: boolean): void;
}

/** Movement below which a press counts as a click. */
const CLICK_PX = 4;
/** Zoom factor per px of the wheel: one notch, 100 px, is a quarter closer. */
const ZOOM_PER_PX = 0.0022;
const LINE_PX = 16;

interface Press {
  x: number;
  y: number;
  readonly startX: number;
  readonly startY: number;
  dragged: boolean;
  readonly pan: boolean;
  /** Other buttons only move the camera. */
  readonly canTap: boolean;
  draws: boolean;
}

export class Gestures {
  readonly #presses = new Map<number, Press>();
  readonly #listening = new AbortController();
  readonly #space = new SpaceBar(this.#listening.signal);

  constructor(
    private readonly element: HTMLElement,
    private readonly events: GestureEvents,
  ) {
    const { signal } = this.#listening;
    element.addEventListener("pointerdown", (event) => this.#press(event), { signal });
    element.addEventListener("pointermove", (event) => this.#move(event), { signal });
    element.addEventListener("pointerup", (event) => this.#release(event), { signal });
    element.addEventListener("pointercancel", (event) => this.#forget(event), { signal });
    element.addEventListener("pointerleave", () => this.#presses.size === 0 && events.onLeave(), { signal });
    element.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false });
    element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
    element.addEventListener("dblclick", (event) => events.onDoubleTap(...this.#positionOf(event)), { signal });
    addEventListener("keydown", (event) => this.#cancelOnEscape(event), { signal, capture: true });
  }

  get isPressed(): boolean {
    return this.#presses.size > 0;
  }

  #positionOf(event: MouseEvent): [number, number] {
    const box = this.element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  #press(event: PointerEvent): void {
    const [x, y] = this.#positionOf(event);
    this.events.onPress();
    const isLeft = event.button === 0 && !this.#space.isHeld;
    if (this.#presses.size > 0) this.#stopDrawing(); // With a second finger, the gesture moves the picture.
    const draws = isLeft && this.#presses.size === 0 && this.events.canDraw(x, y);
    const pan = (!isLeft || event.shiftKey) !== event.ctrlKey;
    const canTap = event.button === 0;
    this.#presses.set(event.pointerId, { x, y, startX: x, startY: y, dragged: false, pan, canTap, draws });
    this.element.setPointerCapture(event.pointerId);
    // Keeps keyboard focus on the picture, and prevents text selection during the drag.
    if (event.button === 1) event.preventDefault();
  }

  #move(event: PointerEvent): void {
    const press = this.#presses.get(event.pointerId);
    const [x, y] = this.#positionOf(event);
    if (!press) {
      if (this.#presses.size === 0) this.events.onMove(x, y);
      return;
    }
    if (!press.dragged && Math.hypot(x - press.startX, y - press.startY) < CLICK_PX) return;
    this.#drag(press, x, y, event);
    [press.x, press.y] = [x, y];
  }

  #drag(press: Press, x: number, y: number, event: PointerEvent): void {
    const isFirst = !press.dragged;
    press.dragged = true;
    if (press.pan) this.#space.spend();
    if (this.#presses.size > 1) this.#pinch(press, event.pointerId, x, y);
    else if (press.draws) {
      if (isFirst) this.events.onDrawStart(press.startX, press.startY);
      this.events.onDraw(x, y, event);
    } else this.events.onDrag(x - press.x, y - press.y, press.pan);
  }

  /** Two fingers: their distance zooms around their midpoint, their midpoint pans. */
  #pinch(press: Press, id: number, x: number, y: number): void {
    const other = [...this.#presses].find(([pointer]) => pointer !== id)?.[1];
    if (!other) return;
    other.dragged = true;
    const before = Math.hypot(press.x - other.x, press.y - other.y);
    const after = Math.hypot(x - other.x, y - other.y);
    this.events.onDrag((x - press.x) / 2, (y - press.y) / 2, true);
    if (before > 0 && after > 0) this.events.onZoom(after / before, (x + other.x) / 2, (y + other.y) / 2);
  }

  #release(event: PointerEvent): void {
    const press = this.#presses.get(event.pointerId);
    this.#presses.delete(event.pointerId);
    if (press?.dragged === false && press.canTap) this.events.onTap(...this.#positionOf(event), event);
    else if (press?.dragged && press.draws) this.events.onDrawEnd(true);
  }

  #forget(event: PointerEvent): void {
    this.#stopDrawing();
    this.#presses.delete(event.pointerId);
  }

  /** Escape cancels only the area being drawn. */
  #cancelOnEscape(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.#stopDrawing()) event.stopPropagation();
  }

  /** The press continues without effect; true if an area was being drawn. */
  #stopDrawing(): boolean {
    const drawing = [...this.#presses.values()].filter((press) => press.draws);
    for (const press of drawing) press.draws = false;
    const isDrawn = drawing.some((press) => press.dragged);
    if (isDrawn) this.events.onDrawEnd(false);
    return isDrawn;
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_PX;
    // A touchpad pinch arrives as a wheel event with Ctrl, in much smaller steps.
    const scale = event.ctrlKey ? 5 : 1;
    const [x, y] = this.#positionOf(event);
    this.events.onZoom(Math.exp(-event.deltaY * unit * scale * ZOOM_PER_PX), x, y);
  }

  dispose(): void {
    this.#listening.abort();
    this.#presses.clear();
  }
}
