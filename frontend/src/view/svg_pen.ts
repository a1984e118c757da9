/** A canvas-like pen that writes SVG: lines and texts become markup. */
import type { Pen } from "./pen";
import { escapeText, MIDDLE_EM } from "./svg_writer";

const ANCHORS: Partial<Record<CanvasTextAlign, string>> = { center: "middle", right: "end" };

/** Mean width of a letter of an alphabet, in ems; Chinese, Japanese and Korean ones, and emoji, are 1 wide. */
const NARROW_EM = 0.58;

export class SvgPen implements Pen {
  globalAlpha = 1;
  lineWidth = 1;
  lineJoin: CanvasLineJoin = "miter";
  strokeStyle: CanvasRenderingContext2D["strokeStyle"] = "";
  fillStyle: CanvasRenderingContext2D["fillStyle"] = "";
  font = "";
  textAlign: CanvasTextAlign = "left";
  textBaseline: CanvasTextBaseline = "middle";
  direction: CanvasDirection = "ltr";
  readonly markup: string[] = [];
  #path = "";
  /** Halo color of the next text. */
  #halo = "";
  /** Number of open groups in each saved state. */
  readonly #groups: number[] = [];

  beginPath(): void {
    this.#path = "";
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${x.toFixed(2)} ${y.toFixed(2)}`;
  }

  lineTo(x: number, y: number): void {
    this.#path += `L${x.toFixed(2)} ${y.toFixed(2)}`;
  }

  stroke(): void {
    this.markup.push(
      `<path d="${this.#path}" stroke="${this.strokeStyle}" stroke-opacity="${this.globalAlpha}" stroke-width="${this.lineWidth}"/>\n`,
    );
  }

  strokeText(): void {
    this.#halo = ` stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}" stroke-linejoin="round" paint-order="stroke"`;
  }

  fillText(text: string, x: number, y: number): void {
    const position = `x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${ANCHORS[this.textAlign] ?? "start"}" dy="${MIDDLE_EM}em"`;
    const attributes = `fill="${this.fillStyle}" opacity="${this.globalAlpha}" style="font:${escapeText(this.font)}"`;
    this.markup.push(`<text ${position} ${attributes}${this.#halo}>${escapeText(text)}</text>\n`);
    this.#halo = "";
  }

  /** An estimate: the program that shows the file has fonts of its own. */
  measureText(text: string): { width: number } {
    const px = Number(/([\d.]+)px/.exec(this.font)?.[1] ?? 0);
    const ems = [...text].reduce((sum, letter) => sum + (letter < "\u1100" ? NARROW_EM : 1), 0);
    return { width: px * ems };
  }

  save(): void {
    this.#groups.push(0);
  }

  restore(): void {
    this.markup.push("</g>\n".repeat(this.#groups.pop() ?? 0));
  }

  translate(x: number, y: number): void {
    this.#group(`translate(${x} ${y})`);
  }

  rotate(angle: number): void {
    this.#group(`rotate(${(angle * 180) / Math.PI})`);
  }

  /** Stays open until the saved state is restored. */
  #group(transform: string): void {
    this.markup.push(`<g transform="${transform}">\n`);
    this.#groups.push((this.#groups.pop() ?? 0) + 1);
  }
}
