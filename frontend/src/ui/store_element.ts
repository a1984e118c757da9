/** The base of every element that shows something of the state. */
import { LitElement, type PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import type { Actions } from "../state/actions";
import type { State } from "../state/state";
import type { Store } from "../state/store";

export abstract class StoreElement extends LitElement {
  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) actions!: Actions;

  /** The fields it shows: it is drawn again when one of them changes, and only then. */
  protected abstract readonly watched: readonly (keyof State)[];
  #unsubscribe: (() => void) | null = null;

  protected get state(): Readonly<State> {
    return this.store.state;
  }

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

  #subscribe(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = this.store.subscribe((_state, changed) => {
      if (this.watched.some((name) => changed.has(name))) this.requestUpdate();
    });
  }
}
