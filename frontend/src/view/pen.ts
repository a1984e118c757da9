/** Draws lines and texts: a canvas, or a substitute. */

export type Pen = Pick<
  CanvasRenderingContext2D,
  | "globalAlpha"
  | "lineWidth"
  | "lineJoin"
  | "strokeStyle"
  | "fillStyle"
  | "font"
  | "textAlign"
  | "textBaseline"
  | "direction"
  | "beginPath"
  | "moveTo"
  | "lineTo"
  | "stroke"
  | "strokeText"
  | "fillText"
  | "save"
  | "restore"
  | "translate"
  | "rotate"
> & {
  /** Width in CSS px in the current font; a substitute may estimate it. */
  measureText(text: string): { readonly width: number };
};
