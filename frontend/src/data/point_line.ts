/** What a list says of one of its points. */
import type { Sprite } from "./sprite";

export interface PointLine {
  readonly row: number;
  readonly name: string;
  readonly sprite: Sprite | null;
  readonly isSelected: boolean;
}
