/** A virtual list whose rows are points. */
import { customElement } from "lit/decorators.js";
import { pointRowStyles } from "./point_row";
import { VirtualList } from "./virtual_list";

@customElement("point-list")
export class PointList extends VirtualList {
  static override styles = [...VirtualList.styles, pointRowStyles];
}
