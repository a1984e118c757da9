/** The hovered point, shown next to the pointer. */
import { thumbnailStyle } from "../controls/thumbnail_style";
import type { Sprite } from "../data/sprite";
import { make } from "./elements";

const GAP_PX = 14;
const IMAGE_PX = 56;

export class PageCard {
  readonly element = make("div", { class: "card", role: "tooltip", hidden: "" });

  constructor(private readonly sprite: Sprite | null) {}

  /** Null: no point is hovered. */
  show(point: { row: number; name: string; value: string } | null, at: { x: number; y: number }): void {
    const { element } = this;
    element.hidden = point === null;
    if (point === null) return;
    element.replaceChildren(
      ...this.#image(point.row, point.name),
      make(
        "div",
        {},
        make("div", { class: "name", dir: "auto" }, point.name),
        make("div", { class: "small", dir: "auto" }, point.value),
      ),
    );
    const [isLeft, isAbove] = [at.x < innerWidth / 2, at.y < innerHeight / 2];
    Object.assign(element.style, {
      left: isLeft ? `${at.x + GAP_PX}px` : "auto",
      right: isLeft ? "auto" : `${innerWidth - at.x + GAP_PX}px`,
      top: isAbove ? `${at.y + GAP_PX}px` : "auto",
      bottom: isAbove ? "auto" : `${innerHeight - at.y + GAP_PX}px`,
    });
  }

  /** Named like the point: `row` is only where the page keeps it. */
  #image(row: number, name: string): HTMLElement[] {
    const style = thumbnailStyle(this.sprite, row, IMAGE_PX);
    if (style === null) return [];
    const image = make("div", { role: "img", "aria-label": `Image of ${name}` });
    Object.assign(image.style, style);
    return [image];
  }
}
