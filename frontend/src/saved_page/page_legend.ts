/** The legend. A click on a value shows only its points, the next mutes them, a third shows all again. */
import { cssColor, MISSING } from "../data/css_color";
import type { ValuesFilter } from "../data/filters";
import { formatCount, formatNumber } from "../data/format";
import { clickedFilter, standingOf } from "../data/legend_filter";
import type { LegendSaved } from "../data/legend_saved";
import { missingWords, type SizeLegend, sizeExamples } from "../data/point_sizes";
import { make } from "./elements";

export class PageLegend {
  readonly element = make("section", { class: "legend" });
  #filter: ValuesFilter | null;

  constructor(
    private readonly legend: LegendSaved,
    filter: ValuesFilter | null,
    /** The page has its column: the share of neighbors kept is not one. */
    private readonly hasColumn: boolean,
    /** Null: all points. */
    private readonly onFilter: (filter: ValuesFilter | null) => void,
  ) {
    this.#filter = filter;
    this.element.setAttribute("aria-label", `Legend: ${legend.column}`);
    this.#render();
  }

  /** False: there was nothing to clear. */
  clear(): boolean {
    if (this.#filter === null) return false;
    this.#set(null);
    return true;
  }

  /** Whether points are drawn in its colors. */
  showColors(areDrawn: boolean): void {
    this.element.classList.toggle("colorless", !areDrawn);
  }

  #set(filter: ValuesFilter | null): void {
    const at = [...this.element.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
    this.#filter = filter;
    this.#render();
    if (at >= 0) this.element.querySelectorAll("button")[at]?.focus();
    this.onFilter(filter);
  }

  #render(): void {
    const { legend } = this;
    const lines = legend.kind === "numeric" ? this.#scale(legend) : this.#values(legend);
    this.element.replaceChildren(make("h2", { class: "clip" }, legend.column), ...lines);
  }

  #scale({ min, max, middle, gradient, missing }: LegendSaved & { kind: "numeric" }): Node[] {
    const ramp = make("div", { class: "ramp" });
    ramp.style.background = gradient;
    const ends = [min, ...(middle === null ? [] : [middle]), max].map((value) => make("span", {}, formatNumber(value)));
    return [ramp, make("div", { class: "ends small" }, ...ends), ...this.#missing(missing)];
  }

  #missing(count: number): Node[] {
    if (count === 0) return [];
    if (this.hasColumn) return [this.#line(cssColor(MISSING), null, "no value", count)];
    return [make("p", { class: "small faint" }, `no value: ${formatCount(count)}`)];
  }

  #values({ categories, others, missing }: LegendSaved & { kind: "categorical" }): Node[] {
    const lines: Node[] = categories.map(({ text, name, count, color }) =>
      this.#line(color, text, name ?? text, count),
    );
    if (others.categories > 0) {
      const words = `and ${formatCount(others.categories)} others: ${formatCount(others.count)}`;
      lines.push(make("p", { class: "small faint" }, words));
    }
    return [...lines, ...this.#missing(missing)];
  }

  #line(color: string, value: string | null, name: string, count: number): HTMLElement {
    const standing = standingOf(this.#filter, value);
    const dot = make("span", { class: "dot" });
    dot.style.background = color;
    const click = () => this.#set(clickedFilter(this.#filter, this.legend.column, value));
    const pressed = standing === "plain" ? "false" : standing === "only" ? "true" : "mixed";
    const text = make("span", { class: "clip", dir: "auto" }, name === "" ? "“”" : name);
    return make(
      "button",
      { class: standing, "aria-pressed": pressed, click },
      make("span", { class: "name" }, dot, text),
      make("span", { class: "faint" }, formatCount(count)),
    );
  }
}

/** The sizes, below the colors. */
export function sizeLegendElement(legend: SizeLegend): HTMLElement {
  const element = make("section", { class: "legend sizes small" }, make("b", { class: "clip" }, legend.column));
  element.setAttribute("aria-label", `Sizes: ${legend.column}`);
  for (const { diameterPx, text } of sizeExamples(legend)) {
    const disc = make("span", { class: "disc" });
    disc.style.width = disc.style.height = `${diameterPx}px`;
    element.append(make("span", {}, disc, text));
  }
  const missing = missingWords(legend);
  if (missing !== null) element.append(make("span", { class: "faint" }, missing));
  return element;
}

/** The colors of the density, from few points to many. */
export function densityLegendElement(): HTMLElement {
  const ramp = make("div", { class: "ramp" });
  const words = [make("b", {}, "Density"), make("span", {}, "few"), ramp, make("span", {}, "many")];
  return make("section", { class: "legend density small", "aria-label": "Density" }, ...words);
}
