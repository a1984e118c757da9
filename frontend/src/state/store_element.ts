/** Base class of elements that show parts of the state. They re-render when a field changes that they have read. */
import { LitElement, type PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import type { Actions } from "./actions";
import { buttonWords, withKey } from "./command";
import { initialState, type State } from "./state";
import type { Store } from "./store";

type Name = keyof State;

export abstract class StoreElement extends LitElement {
  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) actions!: Actions;

  /** A proxy of the state that records which fields are read: in `render`, and in functions that receive it. */
  protected readonly state: Readonly<State> = new Proxy<State>(initialState(), {
    get: (_initial, name) => {
      this.#read.add(name as Name);
      return this.store.state[name as Name];
    },
  });
  /** The fields read since the last render. */
  #read = new Set<Name>();
  #unsubscribe: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.store === undefined) return;
    this.#subscribe();
    this.requestUpdate(); // The state may have changed while it was out of the page.
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    this.#unsubscribe = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("store")) this.#subscribe();
  }

  protected override performUpdate(): void {
    if (this.isUpdatePending) this.#read.clear();
    super.performUpdate();
  }

  /** A tooltip with the command's key: «Labels (N)». */
  protected tip(words: string, command: string): string {
    return withKey(words, this.actions.commandOf(command));
  }

  /** The same with the command's own name. */
  protected commandTip(command: string): string {
    return this.tip(buttonWords(this.actions.commandOf(command)), command);
  }

  #subscribe(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = this.store.subscribe((_state, changed) => {
      for (const name of changed) if (this.#read.has(name)) return this.requestUpdate();
    });
  }
}
