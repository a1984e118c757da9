/** Sizes at which points and thumbnails are drawn, and the opacity of points. */

/** Disc diameter in CSS px: 6 for up to 2,000 points, 3 from 200,000 on, logarithmically interpolated in between. */
export function pointSizeFor(count: number): number {
  return 6 - 3 * crowdingOf(count);
}

/** Opacity of 200,000 points and more: a place of many is stronger than one of few, and a single one is still seen. */
const CROWDED_OPACITY = 0.35;

/** `most` for up to 2,000 points, logarithmically interpolated as their size is. */
export function opacityFor(count: number, most: number): number {
  return most - (most - CROWDED_OPACITY) * crowdingOf(count);
}

/** 0 for up to 2,000 points, 1 from 200,000 on. */
function crowdingOf(count: number): number {
  const share = Math.log10(Math.max(count, 1) / 2e3) / Math.log10(2e5 / 2e3);
  return Math.min(1, Math.max(0, share));
}

/** Discs grow slowly while zooming in: enough to show the approach, without hiding one another. */
export function growthFor(zoom: number): number {
  return Math.min(4, Math.max(0.7, zoom ** 0.35));
}

/** Maximum coverage of the window by thumbnails, in window areas: beyond it, only the last drawn are visible. */
const MAX_COVERAGE = 8;

/** Whether thumbnails of this size can be distinguished if the points were spread evenly over the home view. */
export function hasRoomFor(count: number, thumbPx: number, widthPx: number, heightPx: number, zoom: number): boolean {
  return (count * thumbPx ** 2) / Math.max(zoom, 1) ** 2 <= MAX_COVERAGE * widthPx * heightPx;
}

/** Sizes of thumbnails: a smaller one shows a color, not an image; a larger one in the home view hides the overall shape. */
const THUMBNAIL_PX = { min: 14, max: 48, near: 96 } as const;
/** Target coverage, as a multiple of the window's area: points cluster and leave most of the window empty. */
const COVERAGE = 2;

/**
 * Longer side of a thumbnail in CSS px, such that all of them together cover twice the window's area, but not far
 * beyond their native size, where they would only blur; it grows with the square root of the zoom.
 */
export function thumbnailSizeFor(
  count: number,
  widthPx: number,
  heightPx: number,
  thumbPx: number,
  zoom: number,
): number {
  const { min, max, near } = THUMBNAIL_PX;
  const share = Math.sqrt((widthPx * heightPx * COVERAGE) / Math.max(count, 1));
  const atHome = Math.max(min, Math.min(share, Math.max(28, thumbPx * 2), max));
  return Math.min(near, atHome * Math.sqrt(Math.max(zoom, 0.5)));
}
