/** The part of the window that the home view fills: what lies over the picture's lower left corner can be left out. */

import type { LabelBox } from "./label_placement";

/** Widths in CSS px that are left free along the window's left and lower edge. */
export interface Insets {
  readonly left: number;
  readonly bottom: number;
}

/** The size of a corner of the picture, in CSS px. */
export interface Corner {
  readonly width: number;
  readonly height: number;
}

/** A corner with something that lies over it, which folding changes in size only. */
export interface Cover extends Corner {
  readonly of?: string;
}

/** The lower left corner of a window of this height. */
export function boxOfCorner({ width, height }: Corner, windowHeight: number): LabelBox {
  return { x: 0, y: windowHeight - height, width, height };
}

/** As shares of the window, with its middle in clip coordinates. */
export interface Room {
  readonly width: number;
  readonly height: number;
  readonly middle: readonly [x: number, y: number];
}

/** The part of the data that a person sees in some room. */
export interface Sight {
  /** Half the visible height, in data units: the larger, the smaller the points' cloud. */
  readonly halfHeight: number;
  /** The share of the points under the corner. */
  readonly hidden: number;
}

export const NO_INSETS: Insets = { left: 0, bottom: 0 };
export const WHOLE_WINDOW: Room = { width: 1, height: 1, middle: [0, 0] };

/** Share of a side that stays for the points, whatever lies over the rest. */
const MIN_SHARE = 0.5;
/** Share of the points under the corner below which they keep the whole window. */
const FEW_HIDDEN = 0.005;
/** Cost of hiding all points, where 1 is the cost of shrinking them to nothing: what is hidden cannot be pointed at. */
const HIDDEN_COST = 20;
/** Parts of the corner that may be left free: a round cloud passes by a corner that is not left free entirely. */
const PARTS = [0, 0.25, 0.5, 0.75, 1] as const;

export function makeRoom({ left, bottom }: Insets, width: number, height: number): Room {
  const [across, up] = [shareBeside(left, width), shareBeside(bottom, height)];
  return { width: across, height: up, middle: [1 - across, 1 - up] };
}

/** A hidden tab has height 0, of which an inset of 0 still leaves all. */
function shareBeside(inset: number, side: number): number {
  return inset === 0 ? 1 : Math.max(MIN_SHARE, 1 - inset / side);
}

export function mixInsets(a: Insets, b: Insets, t: number): Insets {
  return { left: a.left + (b.left - a.left) * t, bottom: a.bottom + (b.bottom - a.bottom) * t };
}

/** The insets with the best view: few points under the corner, and a cloud that is not much smaller. */
export function chooseInsets({ width, height }: Corner, look: (insets: Insets) => Sight): Insets {
  const whole = look(NO_INSETS);
  if (whole.hidden < FEW_HIDDEN) return NO_INSETS;
  const choices = PARTS.flatMap((x) => PARTS.map((y): Insets => ({ left: x * width, bottom: y * height })));
  const costs = choices.map((insets) => {
    const { halfHeight, hidden } = look(insets);
    return 1 - (whole.halfHeight / halfHeight) ** 2 + HIDDEN_COST * hidden;
  });
  return choices[costs.indexOf(Math.min(...costs))]!;
}
