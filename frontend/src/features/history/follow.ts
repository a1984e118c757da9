/**
 * Undo history: the view, the selection and the subset after each step.
 *
 * All changes within one turn are one step, and so are those during one press of the pointer, or by keys in quick
 * succession. The camera is stored with the other fields, but moving it is not a step of its own: when undoing a
 * selection, users do not want to go through every rotation again.
 */

import type { State } from "../../state/state";
import type { Store } from "../../state/store";
import { VIEW_FIELDS } from "../../state/view";
import type { HistoryActions } from "./fields";
import { stepWords } from "./step_words";

type Name = keyof State;
type Snapshot = Readonly<Partial<State>>;

/** Fields stored in addition to those of the view. */
const ALSO: readonly Name[] = ["selectionWords", "subset", "tags", "layoutRun"];
/** Fields that no step takes back: the user's own vectors stay where they can be chosen again. */
const NEVER: ReadonlySet<string> = new Set<string>(["uploads"]);
/** Fields whose changes are not steps of their own. */
const NO_STEP: ReadonlySet<string> = new Set<string>(["list", "camera"]);
/** Fields whose every change is a step, however quick: only drags change them continuously, and a press is one step. */
const STEP_EACH: ReadonlySet<string> = new Set<string>(["selection", "trail", "layoutRun"]);
/** Maximum interval between changes of the same other fields that form one step. */
const SOON_MS = 700;
const MAX_STEPS = 200;
/** Maximum memory of rows that only old steps hold. */
const MAX_BYTES = 64 << 20;

interface Step {
  readonly snapshot: Snapshot;
  /** Describes the change that led here. */
  readonly words: string;
  readonly names: string;
}

export function followHistory(store: Store): HistoryActions {
  const history = new History(store);
  return { undo: () => history.go(-1), redo: () => history.go(1) };
}

class History {
  readonly #names: readonly Name[] = [...VIEW_FIELDS.filter((name) => !NEVER.has(name)), ...ALSO];
  #steps: Step[];
  #at = 0;
  #isPending = false;
  #lastMs = -Infinity;
  /** Counts presses of the pointer; `#inputs` counts those of keys as well. */
  #press = 0;
  #inputs = 0;
  #isPressed = false;
  /** The value of `#inputs` at the press that made the last step. */
  #stepInput = -1;
  /** The value of `#press` at the last step. */
  #lastPress = 0;

  constructor(private readonly store: Store) {
    this.#steps = [{ snapshot: this.#takeSnapshot(), words: "", names: "" }];
    store.subscribe((_state, changed) => {
      if (!this.#isPending && this.#names.some((name) => changed.has(name))) this.#noteSoon();
    });
    const follow = (isPressed: boolean) => () => {
      if (isPressed) {
        this.#press++;
        this.#inputs++;
      }
      this.#isPressed = isPressed;
    };
    addEventListener("pointerdown", follow(true), { capture: true });
    // The effect of a key does not belong to the preceding press of the pointer.
    addEventListener("keydown", () => !this.#isPressed && this.#inputs++, { capture: true });
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, follow(false), { capture: true });
  }

  /** Steps back (-1) or forth (1). */
  go(by: -1 | 1): void {
    this.#note();
    const step = this.#steps[this.#at + by];
    if (step === undefined) return;
    this.#at += by;
    this.#lastMs = -Infinity;
    this.#stepInput = -1;
    // The first call may trigger derived changes (another embedding has no selection); the second reverts them.
    this.store.set(step.snapshot);
    this.store.set(step.snapshot);
    this.store.set({ selectionNote: null });
    this.#updateState();
  }

  /** After the turn, so that a change's consequences belong to the same step. */
  #noteSoon(): void {
    this.#isPending = true;
    queueMicrotask(() => this.#note());
  }

  #note(): void {
    this.#isPending = false;
    const snapshot = this.#takeSnapshot();
    const last = this.#steps[this.#at]!;
    const names = this.#names.filter((name) => !Object.is(snapshot[name], last.snapshot[name]));
    if (names.length === 0) return;
    if (names.every((name) => NO_STEP.has(name))) this.#replace({ ...last, snapshot });
    else this.#add(snapshot, names);
    this.#updateState();
  }

  #add(snapshot: Snapshot, changed: readonly Name[]): void {
    const names = changed.filter((name) => !NO_STEP.has(name)).join();
    const isOwn = changed.some((name) => STEP_EACH.has(name));
    const step = { snapshot, words: stepWords(snapshot, changed), names };
    const now = performance.now();
    const last = this.#steps[this.#at]!;
    const isOnePress = this.#stepInput === this.#inputs; // A large area is resolved a moment after the press.
    const isSoon = !isOwn && this.#lastPress === this.#press && now - this.#lastMs < SOON_MS && last.names === names;
    if (this.#at > 0 && (isOnePress || isSoon)) this.#replace(step);
    else this.#push(step);
    this.#lastMs = now;
    this.#lastPress = this.#press;
    if (this.#isPressed) this.#stepInput = this.#inputs;
  }

  #replace(step: Step): void {
    this.#steps[this.#at] = step;
  }

  #push(step: Step): void {
    this.#steps = [...this.#steps.slice(0, this.#at + 1), step];
    while (this.#steps.length > MAX_STEPS || (this.#steps.length > 2 && bytesOf(this.#steps) > MAX_BYTES)) {
      this.#steps.shift();
    }
    this.#at = this.#steps.length - 1;
  }

  #takeSnapshot(): Snapshot {
    const { state } = this.store;
    return Object.fromEntries(this.#names.map((name) => [name, state[name]]));
  }

  #updateState(): void {
    const [undoWords, redoWords] = [this.#at > 0 ? this.#steps[this.#at]!.words : "", this.#steps[this.#at + 1]?.words];
    this.store.set({
      canUndo: this.#at > 0,
      canRedo: redoWords !== undefined,
      undoWords,
      redoWords: redoWords ?? "",
    });
  }
}

/** Rows shared by several steps are counted once. */
function bytesOf(steps: readonly Step[]): number {
  const held = new Set<Int32Array>();
  for (const { snapshot } of steps) {
    if (snapshot.selection != null) held.add(snapshot.selection);
    for (const { rows } of snapshot.trail ?? []) held.add(rows);
  }
  let bytes = 0;
  for (const rows of held) bytes += rows.byteLength;
  return bytes;
}
