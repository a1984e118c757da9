/**
 * Whether anybody looks at the page. TensorBoard hides the frame of a tab by giving it no height, and never removes it;
 * a browser's tab may be in the background. What is long goes on for a while, then rests until somebody comes back.
 */

/** As long as the server keeps a job that nobody asks about. */
export const AWAY_AFTER_MS = 180_000;

export class Presence {
  #isAway = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isLooking = true;
  #waiting: (() => void)[] = [];
  readonly #listeners = new Set<(isAway: boolean) => void>();

  constructor(private readonly awayAfterMs: number = AWAY_AFTER_MS) {
    const follow = () => this.#follow(isOnScreen());
    document.addEventListener("visibilitychange", follow);
    addEventListener("resize", follow); // Of the frame.
    new ResizeObserver(follow).observe(document.documentElement);
    follow();
  }

  /** Nobody has looked for `awayAfterMs`. */
  get isAway(): boolean {
    return this.#isAway;
  }

  /** Somebody can see the page now. */
  get isLooking(): boolean {
    return this.#isLooking;
  }

  /** Calls back when somebody is away, and when they are back. */
  watch(listener: (isAway: boolean) => void): void {
    this.#listeners.add(listener);
  }

  /** Resolves at once unless somebody is away, and else when they are back. */
  whileLookedAt(): Promise<void> {
    return this.#isAway ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve();
  }

  #follow(isLooking: boolean): void {
    if (isLooking === this.#isLooking) return;
    this.#isLooking = isLooking;
    clearTimeout(this.#timer);
    if (!isLooking) this.#timer = setTimeout(() => this.#set(true), this.awayAfterMs);
    else if (this.#isAway) this.#set(false);
  }

  #set(isAway: boolean): void {
    this.#isAway = isAway;
    for (const listener of this.#listeners) listener(isAway);
    if (isAway) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

function isOnScreen(): boolean {
  return !document.hidden && innerHeight > 0 && innerWidth > 0;
}
