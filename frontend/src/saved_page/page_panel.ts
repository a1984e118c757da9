/** At the right: the points found by a search, or all metadata of the selected point. */
import { formatCount } from "../data/format";
import { icon, make } from "./elements";

/** Maximum number of buttons: more would be slow and of no use. */
const MAX_LISTED = 200;

interface PanelEvents {
  onPick(row: number): void;
  onPoint(row: number | null): void;
  onFly(): void;
  onClose(): void;
}

export class PagePanel {
  readonly element = make("aside", { class: "panel", "aria-label": "Points", hidden: "" });

  constructor(private readonly events: PanelEvents) {
    this.element.addEventListener("keydown", (event) => this.#walk(event));
  }

  hide(): void {
    this.element.hidden = true;
  }

  showRows(rows: Int32Array, what: string, nameOf: (row: number) => string): void {
    const listed = [...rows.subarray(0, MAX_LISTED)];
    const items = listed.map((row) => make("li", {}, this.#item(row, nameOf(row))));
    const more = rows.length - listed.length;
    this.#show(
      what,
      rows.length > 0,
      make("ul", {}, ...items),
      more > 0
        ? make("p", { class: "small words faint" }, `and ${formatCount(more)} more: write more of the text`)
        : null,
    );
  }

  #item(row: number, name: string): HTMLElement {
    const { onPick, onPoint } = this.events;
    const listeners = {
      pointerenter: () => onPoint(row),
      pointerleave: () => onPoint(null),
      focus: () => onPoint(row),
    };
    return make(
      "button",
      { ...listeners, click: () => onPick(row) },
      make("span", { class: "clip", dir: "auto" }, name),
    );
  }

  showPoint(name: string, fields: readonly (readonly [name: string, text: string])[]): void {
    const lines = fields.flatMap(([field, text]) => [make("dt", {}, field), make("dd", { dir: "auto" }, text)]);
    this.#show(name, true, make("dl", {}, ...lines));
  }

  #show(title: string, canFly: boolean, ...body: (Node | null)[]): void {
    const { onFly, onClose } = this.events;
    const fly = { "aria-label": "Fly there", title: "Fly there (F)", click: onFly };
    const close = { "aria-label": "Clear", title: "Clear (Esc)", click: onClose };
    this.element.replaceChildren(
      make(
        "header",
        {},
        make("div", { class: "title", role: "status" }, make("h2", { dir: "auto" }, title)),
        canFly
          ? make("button", fly, icon("M5 8a3 3 0 1 0 6 0a3 3 0 1 0-6 0", "M8 1.5V4M8 12v2.5M1.5 8H4M12 8h2.5"))
          : null,
        make("button", close, icon("m4 4 8 8m0-8-8 8")),
      ),
      make("div", { class: "body" }, ...body),
    );
    this.element.hidden = false;
  }

  #walk(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...this.element.querySelectorAll<HTMLElement>("li button")];
    if (step === undefined || buttons.length === 0) return; // What is shown of one point is scrolled by keys.
    buttons[buttons.indexOf(document.activeElement as HTMLElement) + step]?.focus();
    event.preventDefault();
  }
}
