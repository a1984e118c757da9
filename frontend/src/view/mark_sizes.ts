/** Sizes of the points' marks, discs or thumbnails, at a zoom; CSS px. */

import { growthFor, hasRoomFor, pointSizeFor, thumbnailSizeFor } from "../math/point_size";
import type { PictureProps } from "./picture_props";
import type { Size } from "./viewpoint";

export function pointPx({ pointSize, count }: PictureProps, zoom: number): number {
  return (pointSize ?? pointSizeFor(count)) * growthFor(zoom);
}

/** Diameter of a point's disc in the density. */
export function densityPx(props: PictureProps, zoom: number): number {
  return Math.max(5, 2 * pointPx(props, zoom));
}

export function thumbnailPx({ sprite, count }: PictureProps, { width, height }: Size, zoom: number): number {
  const own = Math.max(sprite?.thumbWidth ?? 0, sprite?.thumbHeight ?? 0);
  return thumbnailSizeFor(count, width, height, own, zoom);
}

/** Points are drawn as thumbnails. */
export function drawsImages(props: PictureProps, window: Size, zoom: number): boolean {
  return props.showImages && props.sprite !== null && hasRoomForImages(props, window, zoom);
}

/** Size of a point's mark, disc or thumbnail. */
export function markPx(props: PictureProps, window: Size, zoom: number): number {
  return drawsImages(props, window, zoom) ? thumbnailPx(props, window, zoom) : pointPx(props, zoom);
}

export function hasRoomForImages(props: PictureProps, window: Size, zoom: number): boolean {
  const px = thumbnailPx(props, window, zoom);
  return !props.imagesNear || hasRoomFor(props.count, px, window.width, window.height, zoom);
}
