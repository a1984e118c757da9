/** How large a point or a thumbnail is drawn. */

/** Disc diameter in CSS px: 6 for up to 2,000 points, 3 from 200,000 on, evenly by the logarithm between. */
export function pointSizeFor(count: number): number {
  const share = Math.log10(Math.max(count, 1) / 2e3) / Math.log10(2e5 / 2e3);
  return 6 - 3 * Math.min(1, Math.max(0, share));
}

/** Discs grow slowly as one comes closer: enough to see that one came closer, not so much that they hide one another. */
export function growthFor(zoom: number): number {
  return Math.min(4, Math.max(0.7, zoom ** 0.35));
}

/** Thumbnails that would cover the window more often than this show nothing but the last drawn. */
const CROWDED = 8;

/** Whether thumbnails of this size can be told apart, were the points spread evenly over what is seen from home. */
export function hasRoomFor(count: number, thumbPx: number, widthPx: number, heightPx: number, zoom: number): boolean {
  return (count * thumbPx ** 2) / Math.max(zoom, 1) ** 2 <= CROWDED * widthPx * heightPx;
}

/** A thumbnail smaller than this shows a color, not an image; one larger at home hides the shape of the whole. */
const THUMBNAIL_PX = { least: 14, most: 48, near: 96 } as const;
/** Points crowd, and leave most of the window empty: thumbnails may fill it twice over. */
const COVERAGE = 2;

/**
 * Longer side of a thumbnail in CSS px: such that all of them together have twice the window's area, but not far beyond
 * their own size, where they only blur; it grows with the square root of the zoom.
 */
export function thumbnailSizeFor(
  count: number,
  widthPx: number,
  heightPx: number,
  thumbPx: number,
  zoom: number,
): number {
  const { least, most, near } = THUMBNAIL_PX;
  const share = Math.sqrt((widthPx * heightPx * COVERAGE) / Math.max(count, 1));
  const atHome = Math.max(least, Math.min(share, Math.max(28, thumbPx * 2), most));
  return Math.min(near, atHome * Math.sqrt(Math.max(zoom, 0.5)));
}
