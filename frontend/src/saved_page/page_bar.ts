/** Controls of a saved page. */
import { icon, make } from "./elements";

interface BarEvents {
  onSearch(text: string): void;
  onDimensions(dimensions: 2 | 3): void;
  onLabels(isOn: boolean): void;
  onReset(): void;
  onTheme(): void;
}

const RESET = "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10M7 8a1 1 0 1 0 2 0a1 1 0 1 0-2 0";
const LABEL = "M3 4.5V3h10v1.5M8 3v10M6.25 13h3.5";
const THEME = "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 2.5v11M8 4l4.5 1.7M8 8h5.5M8 12l4.5-1.7";
/** Delay of a search after typing. */
const PAUSE_MS = 120;

export class PageBar {
  readonly element: HTMLElement;
  readonly search: HTMLInputElement;
  readonly #dimensions: readonly HTMLButtonElement[];
  readonly #labels: HTMLButtonElement;
  #timer = 0;

  constructor(
    private readonly events: BarEvents,
    { canTurn }: { canTurn: boolean },
  ) {
    this.search = make("input", {
      ...{ type: "search", placeholder: "Search", "aria-label": "Search the metadata", title: "Search (/)" },
      input: () => this.#searchSoon(),
    });
    this.#dimensions = ([2, 3] as const).map((one) =>
      make("button", { role: "radio", click: () => events.onDimensions(one) }, `${one}-D`),
    );
    const group = { role: "radiogroup", "aria-label": "Dimensions of the picture", title: "2-D or 3-D (D)" };
    this.#labels = make("button", {
      ...{ "aria-label": "Labels", title: "Labels (N)", "aria-pressed": "false" },
      click: () => events.onLabels(this.#labels.getAttribute("aria-pressed") !== "true"),
    });
    this.#labels.append(icon(LABEL));
    const line = () => make("span", { class: "line" });
    this.element = make(
      "div",
      { class: "bar", role: "toolbar", "aria-label": "View" },
      this.search,
      ...(canTurn ? [line(), make("span", group, ...this.#dimensions)] : []),
      line(),
      this.#labels,
      make(
        "button",
        { "aria-label": "Reset view", title: "Reset view (R)", click: () => events.onReset() },
        icon(RESET),
      ),
      make(
        "button",
        { "aria-label": "Light or dark", title: "Light or dark", click: () => events.onTheme() },
        icon(THEME),
      ),
    );
  }

  show({ dimensions, labels }: { dimensions: 2 | 3; labels: boolean }): void {
    this.#dimensions.forEach((button, at) => {
      button.setAttribute("aria-checked", String(dimensions === at + 2));
    });
    this.#labels.setAttribute("aria-pressed", String(labels));
  }

  /** A search that is waiting for the end of the typing is dropped, too. */
  emptySearch(): void {
    clearTimeout(this.#timer);
    this.search.value = "";
  }

  #searchSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.events.onSearch(this.search.value), PAUSE_MS);
  }
}
