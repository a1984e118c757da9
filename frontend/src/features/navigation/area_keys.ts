/** Draws an area with keys: Enter begins it at the point in hand, or in the middle, and takes it; arrows move its edge. */
import type { Store } from "../../state/store";
import type { Picture } from "../../view/picture";

/** Step of an arrow key: half of one that moves the picture. */
const STEP_PX = 16;

export class AreaKeys {
  #isDrawing = false;

  constructor(
    private readonly store: Store,
    private readonly picture: Picture,
  ) {
    picture.host.addEventListener("blur", () => this.#cancel());
    picture.host.addEventListener("pointerdown", () => this.#cancel(), { capture: true });
  }

  /** True if the key was for an area. `direction`: that of an arrow key. */
  handle(event: KeyboardEvent, direction: readonly [number, number] | undefined): boolean {
    const { pointer } = this.picture;
    if (!this.#isDrawing) {
      this.#isDrawing = event.key === "Enter" && pointer.beginArea(this.#row);
      return this.#isDrawing;
    }
    if (direction !== undefined) pointer.growArea(STEP_PX * direction[0], STEP_PX * direction[1], event);
    else if (event.key === "Enter") this.#take(event);
    else if (event.key === "Escape") this.#cancel();
    else return false;
    return true;
  }

  get #row(): number | null {
    const { walked, hover, row } = this.store.state;
    return walked ?? hover?.row ?? row;
  }

  /** Shift and Alt count when the area is taken. */
  #take(event: KeyboardEvent): void {
    this.#isDrawing = false;
    this.picture.pointer.growArea(0, 0, event);
    this.picture.pointer.finishArea(true);
  }

  #cancel(): void {
    if (this.#isDrawing) this.picture.pointer.finishArea(false);
    this.#isDrawing = false;
  }
}
