/** Waits until the elements on the page have drawn what they were given. */
import { ReactiveElement } from "lit";

let updates = 0;
const prototype = ReactiveElement.prototype as unknown as { performUpdate(): void };
const { performUpdate } = prototype;
prototype.performUpdate = function (this: ReactiveElement) {
  updates++;
  performUpdate.call(this);
};

/**
 * An element draws in a turn after its parent, and a virtual list after the frame in which it learns its size: all have
 * drawn once two whole frames went by in which none did.
 */
export async function settled(): Promise<void> {
  for (let seen = -1; seen !== updates; ) {
    seen = updates;
    for (let turn = 0; turn < 3; turn++) await new Promise(requestAnimationFrame);
  }
}
