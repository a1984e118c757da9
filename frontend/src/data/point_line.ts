/** The entry for a point in a list. */
import type { Sprite } from "./sprite";

export interface PointLine {
  readonly row: number;
  readonly name: string;
  readonly sprite: Sprite | null;
  readonly isSelected: boolean;
}
