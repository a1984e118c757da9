/** The whole page: three panels, and the picture, which the application puts into the slot. */
import { html, type LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { TABLE_HEIGHT } from "../features/table/fields";
import { problemsInOrder } from "../state/derived";
import "./command_palette";
import { controlStyles } from "../controls/control_styles";
import "./drop_target";
import "./empty_page";
import "../controls/failure_note";
import { deepFocus, keepTabInside, tabStops } from "../controls/focus";
import { icon } from "../controls/icons";
import "./inspector_panel";
import type { InspectorPanel } from "./inspector_panel";
import "./key_help";
import { pageStyles } from "./page_styles";
import "../controls/panel_splitter";
import "./picture_toolbar";
import "../controls/problem_list";
import "./projections_panel";
import "./status_bar";
import type { Failure } from "../data/task";
import type { PanelSlot } from "../features/feature";
import { StoreElement } from "../state/store_element";
import { PANEL_WIDTH } from "./fields";
import { renderPanels } from "./panels";

@customElement("projector-page")
export class ProjectorPage extends StoreElement {
  @query("inspector-panel") private inspector!: InspectorPanel | null;
  @query(".drawer") private drawer!: HTMLElement | null;
  /** The note on the picture that the user has put away. */
  @state() private closedNote: Failure | null = null;
  /** The element that opened the drawer. */
  #opener: HTMLElement | null = null;

  static override styles = [controlStyles, pageStyles];

  /** Focuses an element in a panel; opens the inspector if the element is in it. */
  async focusOn(name: string): Promise<void> {
    await this.updateComplete;
    const element = this.renderRoot.querySelector<LitElement>(name) ?? (await this.#findInInspector(name));
    await element?.updateComplete;
    element?.focus();
  }

  async #findInInspector(name: string): Promise<LitElement | null> {
    this.store.set({ rightOpen: true });
    await this.updateComplete;
    await this.inspector?.updateComplete;
    return this.inspector?.renderRoot.querySelector<LitElement>(name) ?? null;
  }

  override render() {
    const { leftOpen, rightOpen, leftWidth, rightWidth, shown } = this.state;
    const widths = styleMap({ "--left": `${leftWidth}px`, "--right": `${rightWidth}px` });
    return html`<div class="page ${shown === null ? "empty" : ""}" style=${widths}>
        ${shown === null ? html`<empty-page .store=${this.store} .actions=${this.actions}></empty-page>` : nothing}
        ${shown !== null && leftOpen ? this.#renderLeft() : nothing}
        ${this.#isDrawerOpen ? html`<div class="scrim" @click=${() => this.#closeDrawer()}></div>` : nothing}
        <main ?hidden=${shown === null} ?inert=${this.#isDrawerOpen}>
          ${this.#renderSplitters()}
          <picture-toolbar .store=${this.store} .actions=${this.actions}></picture-toolbar>
          <div class="stage"><slot name="picture"></slot>${this.#renderOverPicture()}</div>
          ${this.#renderTable()}
          <status-bar .store=${this.store} .actions=${this.actions}></status-bar>
        </main>
        ${shown !== null && rightOpen ? this.#renderRight() : nothing}
      </div>
      <key-help .store=${this.store} .actions=${this.actions}></key-help>
      <command-palette .store=${this.store} .actions=${this.actions}></command-palette>
      <drop-target .store=${this.store} .actions=${this.actions}></drop-target>`;
  }

  get #isDrawerOpen(): boolean {
    const { isNarrow, leftOpen, rightOpen, shown } = this.state;
    return isNarrow && shown !== null && (leftOpen || rightOpen);
  }

  #closeDrawer(): void {
    this.store.set({ leftOpen: false, rightOpen: false });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.#isDrawerOpen && this.drawer === null) this.#opener = deepFocus();
  }

  /** Moves focus into a drawer that was opened, and back to its opener. */
  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.drawer === null) {
      this.#opener?.focus();
      this.#opener = null;
    } else if (!this.drawer.matches(":focus-within")) this.#enter(this.drawer);
  }

  async #enter(drawer: HTMLElement): Promise<void> {
    await Promise.all([...drawer.children].map((child) => (child as Partial<LitElement>).updateComplete));
    if (!drawer.matches(":focus-within")) [...tabStops(drawer)][0]?.focus();
  }

  #drawerKey(event: KeyboardEvent): void {
    if (!this.#isDrawerOpen) return;
    keepTabInside(event, event.currentTarget as Element);
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.#closeDrawer();
  }

  #renderPanels(slot: PanelSlot, inside: readonly TemplateResult[] = []): TemplateResult[] {
    return renderPanels(slot, { store: this.store, actions: this.actions }, this.state, inside);
  }

  #renderTable() {
    const { tableOpen, tableHeight, shown } = this.state;
    if (!tableOpen || shown === null) return nothing;
    return html`<panel-splitter side="bottom" label="Height of the table" .width=${tableHeight} .min=${TABLE_HEIGHT.min} .max=${TABLE_HEIGHT.max}
        @resize=${(event: CustomEvent<number>) => this.store.set({ tableHeight: event.detail })}></panel-splitter>
      <section class="table" aria-label="Table" style=${styleMap({ height: `${tableHeight}px` })}>
        ${this.#renderPanels("table")}</section>`;
  }

  #renderLeft() {
    return html`<div class="panel left ${this.state.isNarrow ? "drawer" : ""}" role=${this.#panelRole} aria-modal=${this.#panelModal}
        aria-label="Data and projection" @keydown=${this.#drawerKey}>${this.#renderClose("data and projection")}
        ${this.#renderPanels("data", this.#renderPanels("columns"))}
        <projections-panel .store=${this.store} .actions=${this.actions}></projections-panel>
      </div>`;
  }

  /** Inside the picture's landmark, whose size they change. */
  #renderSplitters() {
    const { leftOpen, rightOpen, leftWidth, rightWidth } = this.state;
    const splitter = (side: "left" | "right", label: string, width: number) =>
      html`<panel-splitter side=${side} label=${label} .width=${width} .min=${PANEL_WIDTH.min} .max=${PANEL_WIDTH.max}
        @resize=${(event: CustomEvent<number>) => this.store.set({ [`${side}Width`]: event.detail })}></panel-splitter>`;
    return html`${leftOpen ? splitter("left", "Width of the data panel", leftWidth) : nothing}
      ${rightOpen ? splitter("right", "Width of the inspector", rightWidth) : nothing}`;
  }

  get #panelRole() {
    return this.state.isNarrow ? "dialog" : "complementary";
  }

  get #panelModal() {
    return this.state.isNarrow ? "true" : nothing;
  }

  #renderClose(name: string) {
    if (!this.state.isNarrow) return nothing;
    return html`<button class="icon leave" aria-label="Close ${name}" title="Close (Esc)" @click=${() => this.#closeDrawer()}>${icon("close")}</button>`;
  }

  #renderRight() {
    return html`<div class="panel right ${this.state.isNarrow ? "drawer" : ""}" role=${this.#panelRole} aria-modal=${this.#panelModal}
        aria-label="Inspector" @keydown=${this.#drawerKey}>${this.#renderClose("inspector")}<inspector-panel .store=${this.store} .actions=${this.actions}></inspector-panel></div>`;
  }

  #renderOverPicture() {
    return html`${this.#renderPanels("picture")}
      ${this.#renderNotice()} ${this.#renderProblems()}`;
  }

  /** Explains why there is no picture, or not as it should be. */
  #renderNotice() {
    const { failures, projection } = this.state;
    const note = failures.picture ?? failures.table;
    if (note && note !== this.closedNote)
      return html`<div class="notice low"><failure-note .failure=${note} closable
        @close=${() => (this.closedNote = note)}></failure-note></div>`;
    if (failures.projection) {
      return html`<div class="notice"><failure-note .failure=${failures.projection} retry
        @retry=${() => this.actions.retry("projection")}></failure-note></div>`;
    }
    const task = projection === null ? this.state.tasks.projection : undefined; // Read only then: each task changes them.
    if (task === undefined) return nothing;
    return html`<div class="notice"><p class="soft waiting" role="status">${task.words}…</p></div>`;
  }

  #renderProblems() {
    const problems = problemsInOrder(this.state);
    if (!this.state.problemsOpen || problems.length === 0) return nothing;
    return html`<section class="problems" aria-label="Problems">
      <header><h2>Problems</h2><button class="icon" aria-label="Close" title="Close"
        @click=${() => this.store.set({ problemsOpen: false })}>${icon("close")}</button></header>
      <problem-list .problems=${problems} .open=${this.state.shown?.run.name ?? null}></problem-list>
    </section>`;
  }
}
