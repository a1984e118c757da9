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
>;
