/** The menu «Drawing»: how points, images, labels and axes are drawn. Settings without effect give the reason. */
import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, query } from "lit/decorators.js";
import { controlStyles } from "../../controls/control_styles";
import { icon } from "../../controls/icons";
import { optionOf } from "../../controls/option";
import "../../controls/select_field";
import { whyNotSize } from "../../data/column_use";
import { columnsOf, drawnDimensions, importanceColumn, labelColumn } from "../../state/derived";
import type { State } from "../../state/state";
import { type DrawingState, INITIAL_DRAWING, OPACITY, POINT_SIZE } from "./fields";
import "../../controls/range_field";
import { StoreElement } from "../../state/store_element";

type Flag = { [Name in keyof State]: State[Name] extends boolean ? Name : never }[keyof State];

interface Switch {
  readonly flag: Flag;
  readonly name: string;
  readonly hint: string;
  readonly key?: string;
  /** Why it has no effect at present; "": it has. */
  readonly without?: string;
}

const GAP_PX = 6;
const WIDTH_PX = 288;

@customElement("drawing-menu")
export class DrawingMenu extends StoreElement {
  @query("[popover]") private card!: HTMLElement;

  static override styles = [
    controlStyles,
    css`
      [popover] { position: fixed; inset: auto; margin: 0; width: ${WIDTH_PX}px; padding: 12px 16px; border: 0; border-radius: 10px; background: var(--raised); color: var(--text); box-shadow: var(--shadow), 0 0 0 1px var(--line); }
      :host { --field-label: 96px; }
      label.switch { display: grid; grid-template-columns: 16px minmax(0, 1fr) auto; gap: 8px; align-items: center; min-height: 28px; cursor: pointer; }
      label.switch[aria-disabled="true"] { color: var(--text-faint); }
      input[type="checkbox"] { width: 14px; height: 14px; margin: 0; accent-color: var(--accent); }
      hr { margin: 8px 0; border: 0; border-top: 1px solid var(--line); }
      button[aria-expanded="true"] { background: var(--hover); color: var(--text); }
    `,
  ];

  override render() {
    const { drawingOpen, pointSize, opacity } = this.state;
    return html`<button class="icon" popovertarget="drawing" aria-expanded=${drawingOpen} aria-label="Drawing"
        title=${this.tip("Drawing: size, opacity, density, axes", "drawing")}>${icon("drawing")}</button>
      <section id="drawing" popover aria-label="Drawing" @beforetoggle=${this.#position} @toggle=${this.#follow}
        @keydown=${this.#key}>
        ${this.#renderRange("pointSize", "Point size", "px across; at the left end: by how many points there are", pointSize, POINT_SIZE)}
        ${this.#renderRange("opacity", "Opacity", "1: points hide what is behind them; at the left end: automatic", opacity, OPACITY)}
        ${this.#renderImportance()}
        <hr />
        ${this.#switches().map((one) => this.#renderSwitch(one))}
        <hr />
        <button class="link small" @click=${() => this.store.set(INITIAL_DRAWING)}>Draw as at first</button>
      </section>`;
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const isOpen = this.card.matches(":popover-open");
    if (this.state.drawingOpen !== isOpen) this.card.togglePopover(this.state.drawingOpen);
  }

  #renderRange(
    name: keyof DrawingState & ("pointSize" | "opacity"),
    label: string,
    hint: string,
    value: number,
    { min, max }: { min: number; max: number },
  ) {
    const set = (event: CustomEvent<number>) => this.store.set({ [name]: event.detail });
    return html`<range-field log zero="auto" label=${label} hint=${hint} .value=${value} .min=${min} .max=${max}
      @slide=${set} @change=${set}></range-field>`;
  }

  #renderImportance() {
    const columns = columnsOf(this.state);
    return html`<select-field label="Labels first for" .disabled=${columns.length === 0}
      title="Which labels win where there is no room for all: those with the largest numbers in this column"
      .value=${importanceColumn(this.state)?.name ?? ""}
      .options=${[{ value: "", text: "No column" }, ...columns.map((column) => optionOf(column, whyNotSize(column)))]}
      @change=${(event: CustomEvent<string>) => this.store.set({ importanceBy: event.detail })}></select-field>`;
  }

  #switches(): Switch[] {
    const isFlat = drawnDimensions(this.state) === 2 ? "3-D only" : "";
    const { sprite, showImages } = this.state;
    const imageless = sprite === null ? "no images" : showImages ? "" : "images are off";
    return [
      {
        ...{ flag: "density", name: "Density instead of points", key: "H" },
        hint: "How many points lie in a place, as a color; what is selected stays in front",
      },
      {
        ...{ flag: "labelPoints", name: "Points as their labels", key: "⇧N" },
        hint: "Each point is drawn as its label, the nearest in front",
      },
      {
        ...{ flag: "nameColors", name: "Names of the colors", without: this.#whyUnnamed() },
        hint: "Each value that has a color has its name once, among its points",
      },
      {
        ...{ flag: "showLines", name: "Lines through sequences", key: "J" },
        hint: "From each point to the row that its __next__ or __seq_next__ column names",
        without: this.state.sequences === null ? "no __next__ column" : "",
      },
      { flag: "showAxes", name: "Axes, ticks and grid", hint: "With their names and ticks; in 2-D with a light grid" },
      { flag: "fog", name: "Fog in the distance", hint: "What is far is paler", without: isFlat },
      { flag: "sizeByDepth", name: "Smaller in the distance", hint: "What is far is smaller", without: isFlat },
      {
        ...{ flag: "imagesNear", name: "Images where there is room", without: imageless },
        hint: "Images that would hide one another are points until one has zoomed in; off: always images",
      },
      {
        ...{ flag: "listImages", name: "Images in lists", without: sprite === null ? "no images" : "" },
        hint: "Each point in a list, such as the nearest neighbors, has its image",
      },
    ];
  }

  /** Why the colors have no names in the picture, on or off. */
  #whyUnnamed(): string {
    const { showLabels, labelPoints, legend } = this.state;
    if (!showLabels) return "labels are off";
    if (labelPoints) return "points are labels";
    if (legend?.kind !== "categorical") return "no categories";
    return legend.column === labelColumn(this.state)?.name ? "labels name them" : "";
  }

  #renderSwitch({ flag, name, hint, key, without }: Switch) {
    return html`<label class="switch" title=${hint} aria-disabled=${without ? "true" : nothing}>
      <input type="checkbox" .checked=${this.state[flag]} ?disabled=${Boolean(without)}
        @change=${(event: Event) => this.store.set({ [flag]: (event.target as HTMLInputElement).checked })} />
      <span>${name}</span>
      ${without ? html`<span class="small faint">${without}</span>` : key ? html`<kbd aria-hidden="true">${key}</kbd>` : nothing}
    </label>`;
  }

  #follow(event: ToggleEvent): void {
    this.store.set({ drawingOpen: event.newState === "open" });
  }

  /** Escape closes only the menu, even before the page knows that it is open. */
  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") event.stopPropagation();
  }

  /** Below its button, or as far right as it fits. */
  #position(event: ToggleEvent): void {
    if (event.newState !== "open") return;
    const { left, bottom } = this.getBoundingClientRect();
    this.card.style.left = `${Math.max(GAP_PX, Math.min(left, innerWidth - WIDTH_PX - GAP_PX))}px`;
    this.card.style.top = `${bottom + GAP_PX}px`;
  }
}
