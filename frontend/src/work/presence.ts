/**
 * Tracks whether the page is in view. TensorBoard hides a tab's frame by setting its height to zero, and never removes
 * it; a browser tab may be in the background. Long work continues for a while, then pauses until the user returns.
 */

/** Delay before the user counts as away: as long as the server keeps a job that is not polled. */
export const AWAY_AFTER_MS = 180_000;

export class Presence {
  #isAway = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isVisible = true;
  #waiting: (() => void)[] = [];
  readonly #listeners = new Set<(isAway: boolean) => void>();

  constructor(private readonly awayAfterMs: number = AWAY_AFTER_MS) {
    const follow = () => this.#follow(isOnScreen());
    document.addEventListener("visibilitychange", follow);
    addEventListener("resize", follow); // Resizing of the frame.
    new ResizeObserver(follow).observe(document.documentElement);
    follow();
  }

  /** The page has been out of view for `awayAfterMs`. */
  get isAway(): boolean {
    return this.#isAway;
  }

  /** The page is in view now. */
  get isVisible(): boolean {
    return this.#isVisible;
  }

  /** Calls the listener when the user goes away, and on return. */
  watch(listener: (isAway: boolean) => void): void {
    this.#listeners.add(listener);
  }

  /** Resolves at once unless the user is away, otherwise on return. */
  untilPresent(): Promise<void> {
    return this.#isAway ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve();
  }

  #follow(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    clearTimeout(this.#timer);
    if (!isVisible) this.#timer = setTimeout(() => this.#set(true), this.awayAfterMs);
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
