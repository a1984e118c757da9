/** The command palette: all commands, found by some letters of their names. Arrow keys choose, Enter runs. */
import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { controlStyles } from "../controls/control_styles";
import { icon } from "../controls/icons";
import { keyCaps } from "../controls/key_caps";
import { fitName } from "../data/fuzzy_search";
import { type Command, isOffered } from "../state/command";
import { StoreElement } from "../state/store_element";
import { keyName } from "./key_names";

/** Maximum number of commands listed; with a thousand columns, typing filters them. */
const MAX_LISTED = 60;
const MAX_NAME_CHARS = 200;

interface Hit {
  readonly command: Command;
  readonly group: string;
  readonly score: number;
  readonly indices: readonly number[];
}

@customElement("command-palette")
export class CommandPalette extends StoreElement {
  @state() private text = "";
  @state() private active = 0;
  @query("dialog") private dialog!: HTMLDialogElement;
  @query("[aria-selected=true]") private chosen!: HTMLElement | null;
  #offered: Omit<Hit, "score" | "indices">[] = [];

  static override styles = [
    controlStyles,
    css`
      dialog { width: min(560px, calc(100vw - 32px)); margin: 12vh auto auto; padding: 0; border: 0; border-radius: 10px; background: var(--raised); color: var(--text); box-shadow: var(--shadow), 0 0 0 1px var(--line); overflow: hidden; }
      dialog::backdrop { background: rgb(0 0 0 / 28%); }
      .field { position: relative; border-bottom: 1px solid var(--line); }
      .field svg { position: absolute; left: 16px; top: 14px; color: var(--text-faint); pointer-events: none; }
      input[type="text"] { width: 100%; height: 44px; padding: 0 16px 0 42px; border: 0; border-radius: 0; background: none; font-size: 15px; }
      input[type="text"]:focus-visible { outline: none; }
      .field:focus-within { border-bottom-color: var(--accent); }
      .list { max-height: min(400px, 60vh); overflow: auto; padding: 6px; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
      .option { display: flex; align-items: center; gap: 8px; min-height: 32px; padding: 0 10px; border-radius: var(--radius); cursor: pointer; }
      .option[aria-selected="true"] { background: var(--accent-soft); }
      .name { flex: 1; }
      .name b { color: var(--accent); font-weight: 600; }
      .keys { display: flex; gap: 4px; }
      .none { padding: 10px; }
    `,
  ];

  override render() {
    if (!this.state.paletteOpen) return nothing;
    const hits = this.#hits();
    return html`<dialog aria-label="Every command by name" @close=${() => this.store.set({ paletteOpen: false })}
      @click=${this.#leaveByBackdrop}>
      <div class="field">${icon("search")}
        <input type="text" role="combobox" aria-label="Command" aria-expanded="true" aria-controls="commands" aria-autocomplete="list"
          aria-activedescendant=${hits.length > 0 ? `command-${this.active}` : nothing} placeholder="What do you want to do?"
          spellcheck="false" autocomplete="off" .value=${this.text} @input=${this.#type} @keydown=${this.#key} /></div>
      <div class="list" role="listbox" id="commands" aria-label="Commands">${hits.map((hit, at) => this.#renderHit(hit, at))}</div>
      ${hits.length === 0 ? html`<p class="none soft" role="status">No command matches.</p>` : nothing}
    </dialog>`;
  }

  #renderHit({ command, group, indices }: Hit, at: number) {
    return html`<div class="option" role="option" id="command-${at}" aria-selected=${at === this.active}
      @pointermove=${() => (this.active = at)} @click=${() => this.#do(command)}>
      <span class="name clip">${marked(command.words, indices)}</span><span class="faint small">${group}</span>
      <span class="keys">${command.keys.map(keyCaps)}</span></div>`;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.state.paletteOpen || this.#offered.length > 0) return;
    // Computed once: it does not change while the palette is open.
    this.#offered = this.actions
      .commands()
      .flatMap(({ name: group, commands }) =>
        commands.filter((command) => isOffered(command, this.state)).map((command) => ({ command, group })),
      );
  }

  override updated(): void {
    const { paletteOpen } = this.state;
    if (paletteOpen && !this.dialog.open) this.dialog.showModal();
    if (!paletteOpen) this.#forget();
    this.chosen?.scrollIntoView({ block: "nearest" });
  }

  #forget(): void {
    this.#offered = [];
    [this.text, this.active] = ["", 0];
  }

  /** Best match first; all in their own order while nothing is typed. */
  #hits(): Hit[] {
    const hits = this.#offered.flatMap((one) => {
      const found = fitName(this.text, one.command.words);
      return found === null ? [] : [{ ...one, ...found }];
    });
    if (this.text.trim() !== "") hits.sort((a, b) => b.score - a.score);
    return hits.slice(0, MAX_LISTED);
  }

  #type(event: Event): void {
    this.text = (event.target as HTMLInputElement).value;
    this.active = 0;
  }

  #key(event: KeyboardEvent): void {
    const hits = this.#hits();
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) this.active = moved(this.active, step, hits.length);
    else if (event.key === "Enter" && hits[this.active] !== undefined) this.#do(hits[this.active]!.command);
    else if (this.actions.commandOf("palette").keys.includes(keyName(event))) this.dialog.close();
    else return;
    event.preventDefault();
  }

  /** Closes the palette first: the command may need focus, or open a dialog. */
  #do(command: Command): void {
    this.dialog.close();
    this.store.set({ paletteOpen: false });
    command.run();
  }

  #leaveByBackdrop(event: Event): void {
    if (event.target === this.dialog) this.dialog.close();
  }
}

/** Arrow keys wrap around at the ends; page keys stop there. */
function moved(active: number, step: number, count: number): number {
  if (count === 0) return 0;
  return Math.abs(step) === 1 ? (active + step + count) % count : Math.min(count - 1, Math.max(0, active + step));
}

/** The name with the matched letters in bold; adjacent letters are joined, so that no character is split. */
function marked(name: string, indices: readonly number[]) {
  const found = new Set(indices);
  const shown = name.slice(0, MAX_NAME_CHARS);
  const edges = [0, ...indices.flatMap((index) => [index, index + 1]), shown.length];
  const cuts = [...new Set(edges)].filter((at) => at <= shown.length).sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const part = shown.slice(cuts[index], end);
    return found.has(cuts[index]!) ? html`<b>${part}</b>` : part;
  });
}
