/**
 * Draws points as their labels: each a quad that shows its text's rectangle in a label sheet. White areas take the
 * point's color, black ones (the halo) the background's; letters with their own colors (emoji) keep them.
 */

import type { FrameSize } from "./offscreen_picture";
import { ATTRIBUTES, type PointColumns } from "./point_columns";
import { POINT_GLSL } from "./point_glsl";
import { Program } from "./program";
import { EMPHASIS, type LabelSheet, type View } from "./scene";
import { setViewUniforms } from "./view_uniforms";

const RECT = ATTRIBUTES.length;

const VERTEX = `${POINT_GLSL}
in vec4 aRect;
uniform vec2 uWindowPx;
uniform vec2 uSheetPx;
uniform vec3 uGround;
uniform float uShiftPx;
uniform float uHovered;
uniform float uScale;
out vec2 vSheet;
flat out vec3 vColor;
flat out float vBacked;
flat out float vOwn;

void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  vec4 clip = clipPosition();
  float w = max(clip.w, 0.02);
  bool raised = aEmphasis >= ${EMPHASIS.neighbor}u || uHovered > 0.5;
  bool faded = aEmphasis == ${EMPHASIS.faded}u && !raised;
  float grow = growthAt(w, 0.6, 1.5) * (uHovered > 0.5 || aEmphasis == ${EMPHASIS.selected}u ? 1.2 : 1.0);
  vec2 size = aRect.zw * (grow * uScale);
  // Whole px: letters stay as sharp as they were drawn.
  vec2 middle = (clip.xy / clip.w * 0.5 + 0.5) * uWindowPx + vec2(uShiftPx > 0.0 ? uShiftPx + size.x * 0.5 : 0.0, 0.0);
  vec2 at = floor(middle - size * 0.5) + corner * size;
  gl_Position = clip.w > 0.0 && aRect.z > 0.0 && clip != NOWHERE
    ? vec4((at / uWindowPx * 2.0 - 1.0) * clip.w, clip.z, clip.w)
    : NOWHERE;
  vSheet = (aRect.xy + vec2(corner.x, 1.0 - corner.y) * aRect.zw) / uSheetPx;
  vec3 color = pointColor().rgb;
  vColor = fade(raised ? color : mix(color, uGround, fogAt(w)), uGround, faded);
  vOwn = faded ? 0.15 : raised ? 1.0 : 1.0 - fogAt(w);
  vBacked = raised ? 0.88 : 0.0;
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform sampler2D uSheet;
uniform vec3 uGround;
uniform float uLeastAlpha;
in vec2 vSheet;
flat in vec3 vColor;
flat in float vBacked;
flat in float vOwn;
out vec4 oColor;

void main() {
  vec4 texel = texture(uSheet, vSheet);
  float spread = max(texel.r, max(texel.g, texel.b)) - min(texel.r, min(texel.g, texel.b));
  vec3 ink = spread > 0.06 ? mix(uGround * texel.a, texel.rgb, vOwn) : mix(uGround * texel.a, vColor * texel.a, texel.g / max(texel.a, 0.01));
  float alpha = texel.a + vBacked * (1.0 - texel.a);
  if (alpha < uLeastAlpha) discard;
  oColor = vec4(ink + uGround * vBacked * (1.0 - texel.a), alpha);
}`;

export class LabelsPass {
  readonly #program: Program;
  readonly #texture: WebGLTexture;
  readonly #rects: WebGLBuffer;
  #width = 1;
  #height = 1;
  #pixelRatio = 1;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.#program = new Program(gl, VERTEX, FRAGMENT, [...ATTRIBUTES, "aRect"]);
    this.#texture = gl.createTexture();
    this.#rects = gl.createBuffer();
  }

  setSheet({ image, rects, pixelRatio }: LabelSheet): void {
    const { gl } = this;
    [this.#width, this.#height, this.#pixelRatio] = [image.width, image.height, pixelRatio];
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, image);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#rects);
    gl.bufferData(gl.ARRAY_BUFFER, rects, gl.STATIC_DRAW);
  }

  /** `isBeside`: to the right of their points, which are drawn too; otherwise in place of the points. */
  draw(view: View, frame: FrameSize, emphasis: number | null, columns: PointColumns, isBeside: boolean): void {
    this.#begin(view, frame, emphasis, isBeside, false);
    this.#drawFrom(columns, 0, columns.count);
  }

  /** Requires a sheet that contains all rows. */
  drawHovered(view: View, frame: FrameSize, columns: PointColumns, row: number | null): void {
    if (row === null) return;
    this.#begin(view, frame, null, false, true);
    this.#drawFrom(columns, row, 1);
  }

  #begin(view: View, frame: FrameSize, emphasis: number | null, isBeside: boolean, hovered: boolean): void {
    const { gl } = this;
    const program = this.#program;
    program.use();
    setViewUniforms(gl, program, view, emphasis);
    gl.uniform2f(program.uniform("uWindowPx"), frame.width, frame.height);
    gl.uniform2f(program.uniform("uSheetPx"), this.#width, this.#height);
    gl.uniform1f(program.uniform("uShiftPx"), isBeside ? view.pointSizePx / 2 + 3 * view.pixelRatio : 0);
    gl.uniform1f(program.uniform("uHovered"), hovered ? 1 : 0);
    gl.uniform1f(program.uniform("uScale"), view.pixelRatio / this.#pixelRatio);
    // A faint rim that wrote depth would cut a gap into the texts behind it.
    gl.uniform1f(program.uniform("uLeastAlpha"), view.depth ? 0.3 : 0.02);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#texture);
  }

  #drawFrom(columns: PointColumns, first: number, count: number): void {
    const { gl } = this;
    columns.bind(first, 1, 1);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#rects);
    gl.enableVertexAttribArray(RECT);
    gl.vertexAttribDivisor(RECT, 1);
    gl.vertexAttribPointer(RECT, 4, gl.UNSIGNED_SHORT, false, 0, 8 * first);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
    gl.disableVertexAttribArray(RECT);
  }

  dispose(): void {
    this.#program.dispose();
    this.gl.deleteTexture(this.#texture);
    this.gl.deleteBuffer(this.#rects);
  }
}
