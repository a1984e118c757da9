/** The hovered point, shown next to the pointer. */
import { make } from "./elements";

const GAP_PX = 14;

export class PageCard {
  readonly element = make("div", { class: "card", role: "tooltip", hidden: "" });

  /** Null: no point is hovered. */
  show(said: { name: string; value: string } | null, at: { x: number; y: number }): void {
    const { element } = this;
    element.hidden = said === null;
    if (said === null) return;
    element.replaceChildren(
      make("div", { class: "name", dir: "auto" }, said.name),
      make("div", { class: "small", dir: "auto" }, said.value),
    );
    const [isLeft, isAbove] = [at.x < innerWidth / 2, at.y < innerHeight / 2];
    Object.assign(element.style, {
      left: isLeft ? `${at.x + GAP_PX}px` : "auto",
      right: isLeft ? "auto" : `${innerWidth - at.x + GAP_PX}px`,
      top: isAbove ? `${at.y + GAP_PX}px` : "auto",
      bottom: isAbove ? "auto" : `${innerHeight - at.y + GAP_PX}px`,
    });
  }
}
