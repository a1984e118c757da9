/** What the picture shows: see `Picture.set`. */

import type { Columns } from "../math/bounds";

export { EMPHASIS } from "../gl/scene";

export interface PictureProps {
  count: number;
  /** NaN: not drawn. A change is told by a new object, never by writing into the columns. */
  positions: Columns;
  dimensions: 2 | 3;
  /** RGBA a point; null: the theme's one hue. */
  colors: Uint8Array | null;
  /** A point each, see `EMPHASIS`: 0 plain, 1 faded, 2 neighbor, 3 selected. */
  emphasis: Uint8Array | null;
  labels: ((row: number) => string) | null;
  /** Rows whose label is always shown, most important first. */
  labelRows: Int32Array | null;
  sprite: SpriteProps | null;
  showImages: boolean;
  axisNames: readonly string[];
  theme: "light" | "dark";
  /** px; null: by count. */
  pointSize: number | null;
}

export interface SpriteProps {
  url: string;
  columns: number;
  thumbWidth: number;
  thumbHeight: number;
}

export interface Trouble {
  message: string;
  fix: string;
}

export const NO_PROPS: PictureProps = {
  count: 0,
  positions: { x: new Float32Array(0), y: new Float32Array(0), z: null },
  dimensions: 3,
  colors: null,
  emphasis: null,
  labels: null,
  labelRows: null,
  sprite: null,
  showImages: false,
  axisNames: [],
  theme: "light",
  pointSize: null,
};
