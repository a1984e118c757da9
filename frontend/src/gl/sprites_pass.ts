/**
 * Draws thumbnails: each point as a rectangle with its cell of the sprite sheet, facing the viewer.
 *
 * Each is one of WebGL's points where these may be as large: a renderer in software draws an instance as slowly as a
 * thousand pixels. Larger ones are instances of a quad.
 */

import type { FrameSize } from "./offscreen_picture";
import { ATTRIBUTES, type PointColumns } from "./point_columns";
import { POINT_GLSL } from "./point_glsl";
import { Program } from "./program";
import { EMPHASIS, type View } from "./scene";
import type { SpriteTexture } from "./sprite_texture";
import { setViewUniforms } from "./view_uniforms";

/** Growth of the hovered thumbnail, and of one in front of all others. */
const [HOVERED_GROWTH, MOST_GROWTH] = [1.5, 1.6];

const VERTEX = `${POINT_GLSL}
uniform vec2 uWindowPx;
uniform vec2 uThumbPx;
uniform float uPixelRatio;
uniform float uHovered;
uniform uvec2 uRows;
uniform bool uGathered;
uniform uint uColumns;
uniform uint uCellsPerPage;
uniform bool uAsPoints;
uniform vec2 uGuard;
out vec2 vAtPx;
flat out vec3 vCell;
flat out vec2 vHalfPx;
flat out vec3 vTint;
flat out float vFaded;
flat out float vFog;
flat out float vFrame;

void main() {
  vec2 corner = uAsPoints ? vec2(0.5) : vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  vec4 clip = clipPosition();
  float w = max(clip.w, 0.02);
  bool raised = aEmphasis >= ${EMPHASIS.neighbor}u || uHovered > 0.5;
  float grow = growthAt(w, 0.7, ${MOST_GROWTH.toFixed(2)}) * (uHovered > 0.5 ? ${HOVERED_GROWTH.toFixed(2)} : raised ? 1.2 : 1.0);
  vHalfPx = uThumbPx * grow * 0.5;
  vAtPx = (corner * 2.0 - 1.0) * vHalfPx;
  clip.xy += vAtPx * 2.0 / uWindowPx * clip.w;
  gl_Position = vec4(clip.xy * uGuard, clip.zw);
  gl_PointSize = 2.0 * max(vHalfPx.x, vHalfPx.y);

  uint row = uGathered ? aRow : uRows.x + uRows.y * uint(uAsPoints ? gl_VertexID : gl_InstanceID);
  uint index = row % uCellsPerPage;
  vCell = vec3(float(index % uColumns), float(index / uColumns), float(row / uCellsPerPage));
  bool colored = aColor.a >= 0.0;
  vTint = colored ? aColor.rgb : raised ? uTheme.rgb : vec3(1.0);
  vFaded = aEmphasis == ${EMPHASIS.faded}u && !raised ? 1.0 : 0.0;
  // The edge names the class, the image stays as it is: an edge of a twelfth is seen, and hides little.
  float edge = clamp(min(vHalfPx.x, vHalfPx.y) / (6.0 * uPixelRatio), 1.25, 3.0);
  vFrame = (aEmphasis == ${EMPHASIS.selected}u || uHovered > 0.5 ? edge + 1.0 : raised || colored ? edge : 0.0) * uPixelRatio;
  vFog = raised ? 0.0 : fogAt(w);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
precision highp sampler2DArray;
uniform sampler2DArray uSheet;
uniform vec3 uGround;
uniform vec2 uCell;
uniform vec2 uInset;
uniform bool uAsPoints;
in vec2 vAtPx;
flat in vec3 vCell;
flat in vec2 vHalfPx;
flat in vec3 vTint;
flat in float vFaded;
flat in float vFog;
flat in float vFrame;
out vec4 oColor;

void main() {
  // Distance to the rim of a rectangle with slightly rounded corners, positive inside.
  float round = min(vHalfPx.x, vHalfPx.y) * 0.14;
  vec2 atPx = uAsPoints ? vec2(2.0, -2.0) * (gl_PointCoord - 0.5) * max(vHalfPx.x, vHalfPx.y) : vAtPx;
  vec2 q = abs(atPx) - vHalfPx + round;
  float inside = round - length(max(q, 0.0)) - min(max(q.x, q.y), 0.0);
  // The first row of a page is the top one, and the image was uploaded top first.
  vec2 inCell = mix(uInset, 1.0 - uInset, 0.5 + vec2(0.5, -0.5) * atPx / vHalfPx);
  vec4 texel = texture(uSheet, vec3((vCell.xy + inCell) * uCell, vCell.z));
  float frame = vFrame > 0.0 ? 1.0 - smoothstep(vFrame - 0.5, vFrame + 0.5, inside) : 0.0;
  vec4 painted = mix(texel, vec4(vTint, 1.0), frame);
  painted.rgb = mix(painted.rgb, uGround * painted.a, mix(vFog, 1.0, 0.85 * vFaded));
  float alpha = clamp(inside + 0.5, 0.0, 1.0);
  if (painted.a * alpha < 0.03) discard;
  oColor = painted * alpha;
}`;

export class SpritesPass {
  readonly #program: Program;
  readonly #maxPointPx: number;
  readonly #maxViewport: number;
  #asPoints = false;
  #frame: FrameSize = { width: 0, height: 0 };
  /** px that the viewport reaches beyond the picture on each side. */
  #guard = 0;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.#program = new Program(gl, VERTEX, FRAGMENT, ATTRIBUTES);
    this.#maxPointPx = gl.getParameter(gl.ALIASED_POINT_SIZE_RANGE)[1];
    this.#maxViewport = Math.min(...gl.getParameter(gl.MAX_VIEWPORT_DIMS));
  }

  begin(view: View, frame: FrameSize, emphasis: number | null, hovered: boolean, sheet: SpriteTexture): void {
    const { gl } = this;
    const program = this.#program;
    const { grid } = sheet;
    program.use();
    setViewUniforms(gl, program, view, emphasis);
    this.#chooseKind(view, frame);
    const side = view.thumbnailPx / Math.max(grid.thumbWidth, grid.thumbHeight);
    gl.uniform2f(program.uniform("uThumbPx"), grid.thumbWidth * side, grid.thumbHeight * side);
    gl.uniform2f(program.uniform("uWindowPx"), frame.width, frame.height);
    gl.uniform1f(program.uniform("uPixelRatio"), view.pixelRatio);
    gl.uniform1f(program.uniform("uHovered"), hovered ? 1 : 0);
    gl.uniform1ui(program.uniform("uColumns"), grid.columns);
    gl.uniform1ui(program.uniform("uCellsPerPage"), grid.columns * grid.rows);
    gl.uniform2f(program.uniform("uCell"), grid.thumbWidth / sheet.width, grid.thumbHeight / sheet.height);
    gl.uniform2f(program.uniform("uInset"), 0.5 / grid.thumbWidth, 0.5 / grid.thumbHeight);
    sheet.bind();
  }

  /** A point whose center lies outside of the viewport is not drawn: the viewport reaches beyond the picture for them. */
  #chooseKind(view: View, frame: FrameSize): void {
    const { gl } = this;
    const program = this.#program;
    const largestPx = view.thumbnailPx * HOVERED_GROWTH * (view.sizeByDepth ? MOST_GROWTH : 1);
    const guard = Math.ceil(largestPx / 2);
    const [width, height] = [frame.width + 2 * guard, frame.height + 2 * guard];
    this.#asPoints = largestPx <= this.#maxPointPx && Math.max(width, height) <= this.#maxViewport;
    [this.#frame, this.#guard] = [frame, this.#asPoints ? guard : 0];
    gl.uniform1i(program.uniform("uAsPoints"), this.#asPoints ? 1 : 0);
    if (this.#asPoints) gl.uniform2f(program.uniform("uGuard"), frame.width / width, frame.height / height);
    else gl.uniform2f(program.uniform("uGuard"), 1, 1);
  }

  draw(columns: PointColumns, first: number, stride: number): void {
    if (first >= columns.count) return;
    const { gl } = this;
    const program = this.#program;
    const count = Math.ceil((columns.count - first) / stride);
    columns.bind(first, stride, this.#asPoints ? 0 : 1);
    gl.uniform2ui(program.uniform("uRows"), first, stride);
    gl.uniform1i(program.uniform("uGathered"), columns.hasRows ? 1 : 0);
    if (this.#asPoints) this.#drawPoints(count);
    else gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
  }

  #drawPoints(count: number): void {
    const { gl } = this;
    const { width, height } = this.#frame;
    const guard = this.#guard;
    gl.viewport(-guard, -guard, width + 2 * guard, height + 2 * guard);
    gl.drawArrays(gl.POINTS, 0, count);
    gl.viewport(0, 0, width, height);
  }

  dispose(): void {
    this.#program.dispose();
  }
}
