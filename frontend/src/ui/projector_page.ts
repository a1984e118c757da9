/** The whole page: three panels, and the picture, which the application puts into the slot. */
import { css, html, nothing } from "lit";
import { customElement, query } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { problemsInOrder } from "../state/derived";
import type { State } from "../state/state";
import { controlStyles } from "./control_styles";
import "./data_panel";
import "./empty_page";
import "./failure_note";
import "./hover_card";
import { icon } from "./icons";
import "./inspector_panel";
import type { InspectorPanel } from "./inspector_panel";
import "./key_help";
import { pageStyles } from "./page_styles";
import "./panel_splitter";
import "./picture_legend";
import "./picture_toolbar";
import "./problem_list";
import "./projections_panel";
import "./status_bar";
import { StoreElement } from "./store_element";

@customElement("projector-page")
export class ProjectorPage extends StoreElement {
  protected override readonly watched = [
    "shown",
    "leftOpen",
    "rightOpen",
    "leftWidth",
    "rightWidth",
    "helpOpen",
    "problemsOpen",
    "failures",
    "tasks",
    "projection",
    "metadata",
    "runs",
  ] as const satisfies (keyof State)[];
  @query("inspector-panel") private inspector!: InspectorPanel | null;

  static override styles = [controlStyles, pageStyles, css``];

  /** Opens the inspector if it is folded. */
  async focusSearch(): Promise<void> {
    this.store.set({ rightOpen: true });
    await this.updateComplete;
    await this.inspector?.updateComplete;
    this.inspector?.renderRoot.querySelector<HTMLElement>("search-field")?.focus();
  }

  override render() {
    const { leftOpen, rightOpen, leftWidth, rightWidth, shown, helpOpen } = this.state;
    const widths = styleMap({ "--left": `${leftWidth}px`, "--right": `${rightWidth}px` });
    return html`<div class="page ${shown === null ? "empty" : ""}" style=${widths}>
        ${shown === null ? html`<empty-page .store=${this.store} .actions=${this.actions}></empty-page>` : nothing}
        ${shown !== null && leftOpen ? this.#renderLeft() : nothing}
        <main ?hidden=${shown === null}>
          <picture-toolbar .store=${this.store} .actions=${this.actions}></picture-toolbar>
          <div class="stage"><slot name="picture"></slot>${this.#renderOverPicture()}</div>
          <status-bar .store=${this.store} .actions=${this.actions}></status-bar>
        </main>
        ${shown !== null && rightOpen ? this.#renderRight() : nothing}
      </div>
      <key-help .open=${helpOpen} @close=${() => this.store.set({ helpOpen: false })}></key-help>`;
  }

  #renderLeft() {
    return html`<aside class="left" aria-label="Data and projection">
        <data-panel .store=${this.store} .actions=${this.actions}></data-panel>
        <projections-panel .store=${this.store} .actions=${this.actions}></projections-panel>
      </aside>
      <panel-splitter side="left" label="Width of the data panel" .width=${this.state.leftWidth}
        @resize=${(event: CustomEvent<number>) => this.store.set({ leftWidth: event.detail })}></panel-splitter>`;
  }

  #renderRight() {
    return html`<panel-splitter side="right" label="Width of the inspector" .width=${this.state.rightWidth}
        @resize=${(event: CustomEvent<number>) => this.store.set({ rightWidth: event.detail })}></panel-splitter>
      <aside class="right" aria-label="Inspector"><inspector-panel .store=${this.store} .actions=${this.actions}></inspector-panel></aside>`;
  }

  #renderOverPicture() {
    return html`<picture-legend .store=${this.store} .actions=${this.actions}></picture-legend>
      <hover-card .store=${this.store} .actions=${this.actions}></hover-card>
      ${this.#renderNotice()} ${this.#renderProblems()}`;
  }

  /** Where the picture should be and is not: why. */
  #renderNotice() {
    const { failures, tasks, projection } = this.state;
    if (failures.picture)
      return html`<div class="notice"><failure-note .failure=${failures.picture}></failure-note></div>`;
    if (failures.projection) {
      return html`<div class="notice"><failure-note .failure=${failures.projection} retry
        @retry=${() => this.actions.retry("projection")}></failure-note></div>`;
    }
    if (projection !== null || tasks.projection === undefined) return nothing;
    return html`<div class="notice"><p class="soft waiting" role="status">${tasks.projection.words}…</p></div>`;
  }

  #renderProblems() {
    const problems = problemsInOrder(this.state);
    if (!this.state.problemsOpen || problems.length === 0) return nothing;
    return html`<section class="problems" aria-label="Problems">
      <header><h2>Problems</h2><button class="icon" aria-label="Close" title="Close"
        @click=${() => this.store.set({ problemsOpen: false })}>${icon("close")}</button></header>
      <problem-list .problems=${problems}></problem-list>
    </section>`;
  }
}
