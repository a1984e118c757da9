/** The picture as it was at a moment, to be drawn in any size, part by part. */

import type { LabelSheet, Pixels, Renderer, View } from "../gl/scene";
import { cropClip, type Part, widenPart } from "../math/crop";
import { drawOver, type Sight } from "./over_points";
import { Overlay } from "./overlay";
import { PartTexts } from "./part_texts";
import type { PictureProps } from "./picture_props";
import type { Theme } from "./theme";

/** Factor by which the nearest points are larger: as in the shaders, like the next two. */
const MOST_GROWTH = 2.5;
const SELECTED_FACTOR = 1.2;
/** CSS px that selected points and neighbors are larger, and their soft edges. */
const RAISED_PX = 10;

export interface Still {
  readonly renderer: Renderer;
  readonly view: View;
  readonly passes: readonly number[];
  readonly props: PictureProps;
  readonly sight: Sight;
  readonly theme: Theme;
  readonly sheet: LabelSheet | null;
  /** CSS px. */
  readonly width: number;
  readonly height: number;
}

export class StillPicture {
  readonly #overlay = new Overlay();
  /** px. */
  readonly width: number;
  readonly height: number;
  /** Distance from a part within which points reach into it: the GPU leaves out those whose middle it does not see. */
  readonly marginPx: number;
  readonly #view: View;
  /** Null: the points have none. */
  readonly #texts: PartTexts | null;

  constructor(
    private readonly still: Still,
    private readonly ratio: number,
  ) {
    [this.width, this.height] = [Math.round(still.width * ratio), Math.round(still.height * ratio)];
    this.#view = scaleView(still.view, ratio / still.view.pixelRatio);
    this.#texts = makeTexts(still, ratio);
    this.marginPx = marginOf(this.#view, still.props.sizes);
  }

  /** Maximum side of a part: with its margins, it is no larger than the GPU draws. */
  get partMaxPx(): number {
    return Math.max(1, this.still.renderer.textureMaxPx - 2 * this.marginPx);
  }

  /** Everything in this part (px): `drawMore` draws over it, in CSS px of the whole. */
  drawPart(context: CanvasRenderingContext2D, part: Part, drawMore: (context: CanvasRenderingContext2D) => void): void {
    const { still, ratio } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    this.#putPoints(context, part);
    this.#overlay.showPart(part, still.width, still.height, ratio);
    drawOver(this.#overlay, still.props, still.sight, still.theme, null, still.sheet);
    context.drawImage(this.#overlay.canvas, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, -part.left, -part.top);
    drawMore(context);
  }

  #putPoints(context: CanvasRenderingContext2D, part: Part): void {
    const wide = widenPart(part, this.marginPx, this);
    const { width, data } = this.#drawPoints(wide);
    const image = new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width);
    const [left, top] = [part.left - wide.left, part.top - wide.top];
    context.putImageData(image, -left, -top, left, top, part.width, part.height);
  }

  #drawPoints(wide: Part): Pixels {
    const { renderer, passes } = this.still;
    const view = this.#view;
    const [clip, oldClip] = [cropClip(view.clip, this, wide), cropClip(view.oldClip, this, wide)];
    const sheets = this.#texts?.sheetsIn(wide) ?? null;
    return renderer.drawTile({ ...view, clip, oldClip }, passes, wide.width, wide.height, sheets);
  }

  end(): void {
    this.still.renderer.endTiles();
  }
}

function makeTexts({ sheet, props, sight, theme, renderer }: Still, ratio: number): PartTexts | null {
  if (sheet === null || props.labelPoints === null) return null;
  return new PartTexts(props.labelPoints, sight.projector, theme.font, ratio, renderer.textureMaxPx);
}

/** The same view in more px. */
function scaleView(view: View, by: number): View {
  return {
    ...view,
    pointSizePx: by * view.pointSizePx,
    thumbnailPx: by * view.thumbnailPx,
    densityPx: by * view.densityPx,
    pixelRatio: by * view.pixelRatio,
    magnification: by * view.magnification,
  };
}

function marginOf({ pointSizePx, sizeByDepth, densityPx, pixelRatio }: View, sizes: Float32Array | null): number {
  const largest = sizes?.reduce((most, size) => Math.max(most, size), 1) ?? 1;
  const point = pointSizePx * largest * (sizeByDepth ? MOST_GROWTH : 1) * SELECTED_FACTOR + RAISED_PX * pixelRatio;
  return Math.ceil(Math.max(point, densityPx) / 2) + 1;
}
