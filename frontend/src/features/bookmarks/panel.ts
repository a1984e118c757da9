/**
 * Saved views, at the bottom of the inspector: the run's first, then those of this window. A click restores one; arrow
 * keys move through a list, with Alt they move a bookmark, F2 renames it, Delete removes it: those of the run where the
 * server allows saving.
 */
import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import type { Bookmark } from "../../data/bookmark";
import { formatCount, plural } from "../../data/format";
import { buttonWords, withKey } from "../../state/command";
import { StoreElement } from "../../state/store_element";
import { nameOfField } from "../../state/view";
import { MOVE_KEYS, REMOVE_KEYS, RENAME_KEYS } from "./commands";
import type { RunBookmarks } from "./fields";

/** Name of the file that is saved with the run, unless another is typed. */
const DEFAULT_FILE = "bookmarks";

@customElement("bookmarks-panel")
export class BookmarksPanel extends StoreElement {
  /** The bookmark being renamed. */
  @state() private renamed: Bookmark | null = null;
  @state() private dragged: Bookmark | null = null;
  /** The name typed for a file of the run; null: the form is closed. */
  @state() private fileName: string | null = null;
  @query('input[type="file"]') private fileInput!: HTMLInputElement;
  @query("input.rename") private renameInput!: HTMLInputElement | null;
  @query("input.file-name") private fileNameInput!: HTMLInputElement | null;

  static override styles = [
    controlStyles,
    css`
      :host { display: block; flex: none; margin-top: auto; border-top: 1px solid var(--line); }
      header { display: flex; align-items: center; gap: 2px; padding: 4px 8px 4px 6px; }
      button.title { flex: 1; justify-content: flex-start; gap: 6px; border: 0; background: none; padding: 0 10px; font-weight: 600; }
      .body { max-height: 34vh; overflow-y: auto; padding: 0 16px 12px; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
      h3 { font-weight: 500; color: var(--text-soft); margin: 4px 0 0; }
      ul { list-style: none; margin: 0 -8px; }
      li { display: flex; align-items: center; border-radius: var(--radius); }
      li:hover, li:focus-within { background: var(--hover); }
      li.here { background: var(--accent-soft); }
      li.dragged { opacity: .5; }
      li button.open { flex: 1; min-width: 0; justify-content: space-between; border: 0; background: none; padding: 0 8px; text-align: left; }
      li .does { display: none; }
      li:hover .does, li:focus-within .does { display: flex; }
      li .does button { min-width: 24px; min-height: 24px; padding: 0 4px; }
      input.rename { flex: 1; margin: 0 4px; }
      .files { display: flex; flex-wrap: wrap; gap: 4px; margin: 8px 0 0 -8px; }
      .files button { min-height: 24px; padding: 0 8px; }
      form { display: flex; flex-wrap: wrap; gap: 4px; margin-top: 8px; }
      form input { flex: 1; min-width: 0; }
      form p { width: 100%; }
      .trouble { padding: 0 16px 8px; margin: 0; }
      .note { margin-top: 6px; color: var(--warning); overflow-wrap: anywhere; }
      .note.address { margin: 0; padding: 0 16px 8px; }
      .undo { display: flex; align-items: baseline; gap: 6px; padding: 4px 16px 8px; }
      .empty { padding: 2px 0 4px; }
    `,
  ];

  override render() {
    const { bookmarksOpen, bookmarks, runBookmarks, shown } = this.state;
    if (shown === null) return nothing;
    const count = bookmarks.length + runBookmarks.reduce((sum, file) => sum + file.bookmarks.length, 0);
    return html`<section aria-label="Bookmarks" @dragover=${this.#allowDrop} @drop=${this.#drop}>
      <header><button class="title" aria-expanded=${bookmarksOpen} @click=${() => this.store.set({ bookmarksOpen: !bookmarksOpen })}>
          ${icon(bookmarksOpen ? "fold" : "unfold")} Bookmarks <span class="faint">${count > 0 ? formatCount(count) : ""}</span></button>
        ${count > 1 ? this.#renderSteps() : nothing}
        ${this.#renderCommand("bookmark", "add")}</header>
      ${bookmarksOpen ? this.#renderBody() : this.#renderTrouble()}
      ${this.#renderUndo()} ${this.#renderAddress()} ${this.#renderNotes()}
      <input type="file" hidden accept=".json,.txt,application/json" aria-label="Bookmark file" @change=${this.#load} />
    </section>`;
  }

  #renderSteps() {
    return html`${this.#renderCommand("previous-bookmark", "back")} ${this.#renderCommand("next-bookmark", "forth")}`;
  }

  #renderCommand(id: string, picture: Parameters<typeof icon>[0]) {
    const command = this.actions.commandOf(id);
    return html`<button class="icon" title=${this.commandTip(id)} aria-label=${buttonWords(command)} @click=${() => command.run()}>${icon(picture)}</button>`;
  }

  #renderBody() {
    const { bookmarks, runBookmarks, bookmarkFilesLeftOut } = this.state;
    const isEmpty = bookmarks.length === 0 && runBookmarks.length === 0;
    return html`<div class="body">
      ${runBookmarks.map((file) => this.#renderFile(file))}
      ${bookmarkFilesLeftOut > 0 ? html`<p class="note small">${leftOutWords(bookmarkFilesLeftOut)}</p>` : nothing}
      ${bookmarks.length > 0 && runBookmarks.length > 0 ? html`<h3 class="small">In this window</h3>` : nothing}
      ${bookmarks.length === 0 ? nothing : this.#renderList("Bookmarks", bookmarks, true)}
      ${isEmpty ? html`<p class="small faint empty">A bookmark keeps this view with every computed coordinate: colors, selection, camera and all.</p>` : nothing}
      <div class="files">
        ${bookmarks.length === 0 ? nothing : this.#renderSaving()}
        <button class="quiet" title="Load bookmarks from a file, the built-in projector's too" @click=${() => this.fileInput.click()}>Load…</button>
      </div>
      ${this.fileName === null ? nothing : this.#renderNaming(this.fileName)}
    </div>`;
  }

  #renderFile({ name, file, bookmarks, notes, replaceable }: RunBookmarks) {
    const label = `Bookmarks of ${name}`;
    const mayEdit = replaceable && this.state.bookmarkSaving?.allowed === true;
    return html`<h3 class="small clip" title=${file}>${name}</h3>
      ${mayEdit ? this.#renderList(label, bookmarks, false) : html`<ul aria-label=${label}>${bookmarks.map((one) => this.#renderItem(one, nothing))}</ul>`}
      ${notes.map((note) => html`<p class="note small">${note}</p>`)}`;
  }

  /** A list whose bookmarks can be changed. Dragging one changes the list at every step: not in a file. */
  #renderList(label: string, bookmarks: readonly Bookmark[], canDrag: boolean) {
    return html`<ul aria-label=${label} @keydown=${(event: KeyboardEvent) => this.#key(event, bookmarks)}>
      ${bookmarks.map((one, at) => this.#renderOwn(one, at, canDrag))}</ul>`;
  }

  /** Problems of the run's files, while the list of them is folded. */
  #renderTrouble() {
    const { runBookmarks, bookmarkFilesLeftOut } = this.state;
    const count = runBookmarks.reduce((sum, { notes }) => sum + notes.length, 0);
    const words = count === 0 ? [] : [`${plural(count, "problem")} in the run's bookmark files.`];
    if (bookmarkFilesLeftOut > 0) words.push(leftOutWords(bookmarkFilesLeftOut));
    if (words.length === 0) return nothing;
    return html`<p class="note small trouble" role="status">${words.join(" ")}
      <button class="link small" @click=${() => this.store.set({ bookmarksOpen: true })}>Show</button></p>`;
  }

  #renderOwn(bookmark: Bookmark, at: number, canDrag: boolean) {
    if (this.renamed === bookmark) {
      return html`<li><input class="rename" type="text" aria-label="Name of the bookmark" maxlength="200" .value=${bookmark.label}
        @keydown=${this.#keyInName} @blur=${this.#endRename} /></li>`;
    }
    return this.#renderItem(
      bookmark,
      html`<span class="does">
        <button class="icon" title=${withKey("Up", MOVE_KEYS)} aria-label="Move ${bookmark.label} up" ?disabled=${at === 0} @click=${() => this.actions.moveBookmark(bookmark, at - 1)}>${icon("unfold")}</button>
        <button class="icon" title=${withKey("Rename", RENAME_KEYS)} aria-label="Rename ${bookmark.label}" @click=${() => this.#rename(bookmark)}>${icon("edit")}</button>
        <button class="icon" title=${withKey("Remove", REMOVE_KEYS)} aria-label="Remove ${bookmark.label}" @click=${() => this.actions.removeBookmark(bookmark)}>${icon("close")}</button></span>`,
      canDrag,
    );
  }

  #renderItem(bookmark: Bookmark, does: unknown, canDrag = false) {
    const isCurrent = bookmark === this.state.bookmark;
    const { run, embedding, step, rows, isAtLeast } = bookmark.data;
    const points = `${isAtLeast ? "at least " : ""}${formatCount(rows)} points`;
    const of = [run, embedding, step === null ? null : `step ${formatCount(step)}`, points];
    return html`<li class="${isCurrent ? "here" : ""} ${bookmark === this.dragged ? "dragged" : ""}" draggable=${canDrag ? "true" : "false"}
      @dragstart=${() => (this.dragged = bookmark)} @dragend=${() => (this.dragged = null)} @dragenter=${() => this.#dragOver(bookmark)}>
      <button class="open" aria-current=${isCurrent ? "true" : "false"} title=${of.filter((part) => part !== null).join(" · ")}
        @click=${() => this.actions.openBookmark(bookmark)}><span class="clip">${bookmark.label}</span></button>${does}</li>`;
  }

  #renderSaving() {
    const saving = this.state.bookmarkSaving;
    const why =
      saving === null
        ? ""
        : saving.allowed
          ? "Beside the run, for everyone who looks at it"
          : `${saving.why} ${saving.fix}`;
    return html`<button class="quiet" title="One file with all of them, computed coordinates included" @click=${() => this.actions.downloadBookmarks()}>Download</button>
      <button class="quiet" ?disabled=${saving?.allowed !== true} title=${why} aria-expanded=${this.fileName !== null} @click=${this.#nameFile}>Save to the run…</button>`;
  }

  #renderNaming(name: string) {
    const existing = this.state.runBookmarks.find((file) => file.name === name && file.replaceable);
    const hint = existing === undefined ? "A new file beside the run's config." : "Added at the end of that file.";
    return html`<form @submit=${this.#saveToRun} @keydown=${this.#keyInFileName}>
      <input class="file-name" type="text" aria-label="Name of the file" maxlength="100" required .value=${name}
        @input=${(event: Event) => (this.fileName = (event.target as HTMLInputElement).value)} />
      <button>Save</button><p class="small faint">${hint}</p></form>`;
  }

  #renderUndo() {
    const { bookmarkUndo, bookmarkRedo } = this.state;
    if (bookmarkUndo === null && bookmarkRedo === null) return nothing;
    const button = (name: string, title: string | null, click: () => void) =>
      title === null
        ? nothing
        : html`<button class="link small" title="${name}: ${title}" @click=${click}>${name}</button>`;
    return html`<p class="undo small soft" role="status"><span class="clip">${bookmarkUndo ?? `Undone: ${bookmarkRedo}`}</span>
      ${button("Undo", bookmarkUndo, () => this.actions.undoBookmarkChange())}
      ${button("Redo", bookmarkRedo, () => this.actions.redoBookmarkChange())}</p>`;
  }

  #renderNotes() {
    const notes = this.state.bookmarkNotes;
    if (notes.length === 0) return nothing;
    return html`<div class="body" role="status">${notes.map((note) => html`<p class="note small">${note}</p>`)}
      <button class="link small" @click=${() => this.store.set({ bookmarkNotes: [] })}>Dismiss</button></div>`;
  }

  #renderAddress() {
    const left = this.state.addressLeavesOut;
    if (left.length === 0) return nothing;
    const names = left.map((field) => `the ${nameOfField(field)}`).join(", ");
    const words = `The address has no room for ${names}: save a bookmark.`;
    return html`<p class="address note small" role="status">${words}</p>`;
  }

  async #rename(bookmark: Bookmark): Promise<void> {
    this.renamed = bookmark;
    await this.updateComplete;
    this.renameInput?.select();
  }

  #keyInName(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape") this.renamed = null;
    else if (event.key === "Enter") this.#endRename();
    else return;
    event.preventDefault();
  }

  #endRename(): void {
    const { renamed, renameInput } = this;
    const label = renameInput?.value.trim() ?? "";
    this.renamed = null;
    if (renamed !== null && label !== "" && label !== renamed.label) void this.actions.renameBookmark(renamed, label);
  }

  #key(event: KeyboardEvent, bookmarks: readonly Bookmark[]): void {
    const buttons = openButtons(event.currentTarget as HTMLElement);
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const bookmark = bookmarks[at];
    if (bookmark === undefined) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && event.altKey)
      this.#moveWithFocus(bookmark, at + step, event.currentTarget as HTMLElement);
    else if (step !== undefined) buttons[at + step]?.focus();
    else if (event.key === "F2") void this.#rename(bookmark);
    else if (event.key === "Delete") void this.actions.removeBookmark(bookmark);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async #moveWithFocus(bookmark: Bookmark, to: number, list: HTMLElement): Promise<void> {
    await this.actions.moveBookmark(bookmark, to);
    await this.updateComplete;
    openButtons(list)[to]?.focus();
  }

  #dragOver(over: Bookmark): void {
    const to = this.state.bookmarks.indexOf(over);
    if (this.dragged !== null && this.dragged !== over && to >= 0) void this.actions.moveBookmark(this.dragged, to);
  }

  #allowDrop(event: DragEvent): void {
    if (this.dragged !== null) event.preventDefault();
  }

  #drop(event: DragEvent): void {
    if (this.dragged === null) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #load(): void {
    const file = this.fileInput.files?.[0];
    if (file !== undefined) void this.actions.loadBookmarkFile(file);
    this.fileInput.value = "";
  }

  async #nameFile(): Promise<void> {
    this.fileName = this.fileName === null ? DEFAULT_FILE : null;
    await this.updateComplete;
    this.fileNameInput?.select();
    this.fileNameInput?.form?.scrollIntoView({ block: "nearest" }); // The hint and the button below it, too.
  }

  #keyInFileName(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape") this.fileName = null;
  }

  #saveToRun(event: SubmitEvent): void {
    event.preventDefault();
    const name = this.fileName?.trim() ?? "";
    this.fileName = null;
    if (name !== "") void this.actions.saveBookmarksToRun(name);
  }
}

function openButtons(list: HTMLElement): HTMLButtonElement[] {
  return [...list.querySelectorAll<HTMLButtonElement>("button.open")];
}

function leftOutWords(count: number): string {
  return `${plural(count, "more file")} of bookmarks ${count === 1 ? "is" : "are"} not listed.`;
}
