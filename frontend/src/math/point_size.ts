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

/**
 * Longer side of a thumbnail in CSS px: such that all of them would fill two thirds of the window, within 12 px and twice
 * its own size; it grows with the square root of the zoom up to 96 px.
 */
export function thumbnailSizeFor(
  count: number,
  widthPx: number,
  heightPx: number,
  thumbPx: number,
  zoom: number,
): number {
  const share = Math.sqrt((widthPx * heightPx * 0.66) / Math.max(count, 1));
  const atHome = Math.min(Math.max(12, Math.min(share, thumbPx * 2)), 48);
  return Math.min(Math.max(96, atHome), atHome * Math.sqrt(Math.max(zoom, 0.5)));
}
