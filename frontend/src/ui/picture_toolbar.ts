/** What changes the picture as a whole. Every button names its key. */
import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { isLayoutMethod } from "../data/coordinates";
import { drawnDimensions, problemsInOrder } from "../state/derived";
import type { State } from "../state/state";
import { controlStyles } from "./control_styles";
import { icon } from "./icons";
import "./segmented_choice";
import { StoreElement } from "./store_element";

@customElement("picture-toolbar")
export class PictureToolbar extends StoreElement {
  protected override readonly watched = [
    "dimensions",
    "method",
    "coordinates",
    "projection",
    "showLabels",
    "showImages",
    "sprite",
    "leftOpen",
    "rightOpen",
    "runs",
    "metadata",
    "layout",
    "quality",
    "problemsOpen",
    "helpOpen",
  ] as const satisfies (keyof State)[];

  static override styles = [
    controlStyles,
    css`
      :host { display: flex; align-items: center; gap: 4px; height: 40px; padding: 0 8px; border-bottom: 1px solid var(--line); background: var(--panel); }
      .space { flex: 1; }
      .line { width: 1px; height: 16px; margin: 0 4px; background: var(--line-strong); }
      .problems { color: var(--warning); min-height: 24px; padding: 0 8px; border-color: transparent; background: var(--warning-soft); }
      .problems.error { color: var(--error); background: var(--error-soft); }
    `,
  ];

  override render() {
    const { leftOpen, rightOpen, showLabels, showImages, sprite, helpOpen } = this.state;
    return html`
      ${this.#toggle("left", leftOpen, "Data and projection panel", () => ({ leftOpen: !leftOpen }))}
      <span class="line"></span>
      <segmented-choice label="Dimensions of the picture" title="2-D or 3-D (D)" .value=${String(this.#dimensions())}
        .options=${[{ value: "2", text: "2-D" }, { value: "3", text: "3-D" }]}
        @change=${(event: CustomEvent<string>) => this.store.set({ dimensions: event.detail === "2" ? 2 : 3 })}></segmented-choice>
      <span class="line"></span>
      ${this.#toggle("label", showLabels, "Labels (L)", () => ({ showLabels: !showLabels }))}
      ${sprite === null ? nothing : this.#toggle("image", showImages, "Images (M)", () => ({ showImages: !showImages }))}
      <button class="icon" title="Reset view (R)" aria-label="Reset view" @click=${() => this.actions.resetView()}>${icon("reset")}</button>
      <span class="space"></span>
      ${this.#renderProblems()}
      <button class="icon" title="Keys (?)" aria-label="Keys" @click=${() => this.store.set({ helpOpen: !helpOpen })}>${icon("help")}</button>
      <span class="line"></span>
      ${this.#toggle("right", rightOpen, "Inspector", () => ({ rightOpen: !rightOpen }))}
    `;
  }

  /** Of a layout, those it will be made in with the next start: it may be running in others. */
  #dimensions(): 2 | 3 {
    return isLayoutMethod(this.state.method) ? this.state.dimensions : drawnDimensions(this.state);
  }

  #toggle(name: Parameters<typeof icon>[0], pressed: boolean, title: string, patch: () => Partial<State>) {
    return html`<button class="icon" aria-pressed=${pressed} title=${title} aria-label=${title.replace(/ \(.\)$/, "")}
      @click=${() => this.store.set(patch())}>${icon(name)}</button>`;
  }

  #renderProblems() {
    const problems = problemsInOrder(this.state);
    if (problems.length === 0) return nothing;
    const isError = problems[0]!.level === "error";
    const words = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
    return html`<button class="problems ${isError ? "error" : ""}" aria-expanded=${this.state.problemsOpen}
      title="What is not shown, or not as it should be" @click=${() => this.store.set({ problemsOpen: !this.state.problemsOpen })}>
      ${icon("warning")} ${words}</button>`;
  }
}
