/**
 * Tracks the space bar held during a drag of the picture. Pressed alone it is a key of the page, which therefore acts
 * on release, and only if no drag has used it.
 */

let spent = false;

/** Whether a drag has used the space bar that is held, or was just released. */
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
