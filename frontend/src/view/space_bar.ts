/**
 * The space bar, held while the picture is dragged. Pressed alone it means something else to the page, which therefore
 * acts when it is let go, and asks whether a drag has spent it.
 */

let spent = false;

/** Whether a drag has used the space bar that is held, or was let go just now. */
export function isSpaceSpent(): boolean {
  return spent;
}

export class SpaceBar {
  isHeld = false;

  constructor(signal: AbortSignal) {
    const options = { signal, capture: true };
    addEventListener("keydown", (event) => event.key === " " && !event.repeat && this.#press(), options);
    addEventListener("keyup", (event) => event.key === " " && this.#letGo(), options);
    addEventListener("blur", () => this.#letGo(), options);
  }

  spend(): void {
    if (this.isHeld) spent = true;
  }

  #press(): void {
    this.isHeld = true;
    spent = false;
  }

  #letGo(): void {
    this.isHeld = false;
  }
}
