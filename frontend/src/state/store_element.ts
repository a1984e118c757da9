/** The base of every element that shows something of the state. It is drawn again when a field that it read changes. */
import { LitElement, type PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import type { Actions } from "./actions";
import { initialState, type State } from "./state";
import type { Store } from "./store";

type Name = keyof State;

export abstract class StoreElement extends LitElement {
  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) actions!: Actions;

  /** The state, seen by something that notes which fields are read: in `render`, and in what that hands to others. */
  protected readonly state: Readonly<State> = new Proxy<State>(initialState(), {
    get: (_initial, name) => {
      this.#read.add(name as Name);
      return this.store.state[name as Name];
    },
  });
  /** The fields that were read since it was last drawn. */
  #read = new Set<Name>();
  #unsubscribe: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.store !== undefined) this.#subscribe();
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

  /** A tooltip that names the command's key: «Labels (N)». */
  protected tip(words: string, command: string): string {
    const key = this.actions.keyOf(command);
    return key === "" ? words : `${words} (${key})`;
  }

  #subscribe(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = this.store.subscribe((_state, changed) => {
      for (const name of changed) if (this.#read.has(name)) return this.requestUpdate();
    });
  }
}
