/** Draws points as soft-edged discs. */

import { ATTRIBUTES, type PointColumns } from "./point_columns";
import { POINT_GLSL } from "./point_glsl";
import { Program } from "./program";
import { EMPHASIS, type View } from "./scene";
import { setViewUniforms } from "./view_uniforms";

const VERTEX = `${POINT_GLSL}
uniform float uSizePx;
uniform float uHovered;
uniform float uRinged;
uniform float uPixelRatio;
uniform vec3 uGround;
uniform float uPlainAlpha;
out vec4 vColor;
out float vRadius;
out float vRing;

void main() {
  gl_Position = clipPosition();
  float w = max(gl_Position.w, 0.02);
  float size = uSizePx * aSize * growthAt(w, 0.55, 2.5);
  bool selected = aEmphasis == ${EMPHASIS.selected}u || uHovered > 0.5;
  bool raised = aEmphasis >= ${EMPHASIS.neighbor}u || uHovered > 0.5;
  bool faded = aEmphasis == ${EMPHASIS.faded}u && !raised;
  bool ringed = aEmphasis == ${EMPHASIS.neighbor}u && uRinged > 0.5;
  if (raised) size += (ringed ? 3.0 : 1.0) * uPixelRatio;
  if (selected) size = size * 1.2 + 4.0 * uPixelRatio;
  vRing = (selected ? 1.5 : ringed ? 0.75 : 0.0) * uPixelRatio;
  vRadius = size * 0.5;
  gl_PointSize = size + 1.0;
  vec4 color = pointColor();
  vec3 fogged = raised ? color.rgb : mix(color.rgb, uGround, fogAt(w));
  vColor = vec4(fade(fogged, uGround, faded), color.a * (raised || faded ? 1.0 : uPlainAlpha));
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform vec3 uRing;
uniform vec3 uGround;
uniform float uLeastAlpha;
in vec4 vColor;
in float vRadius;
in float vRing;
out vec4 oColor;

void main() {
  float r = length(gl_PointCoord - 0.5) * (2.0 * vRadius + 1.0);
  float alpha = vColor.a * clamp(vRadius + 0.5 - r, 0.0, 1.0);
  if (alpha < uLeastAlpha * vColor.a) discard;
  vec3 color = vColor.rgb;
  if (vRing > 0.0) {
    float gap = vRadius - vRing * 1.75;
    color = mix(color, uGround, smoothstep(gap - 0.5, gap + 0.5, r));
    color = mix(color, uRing, smoothstep(vRadius - vRing - 0.5, vRadius - vRing + 0.5, r));
  }
  oColor = vec4(color * alpha, alpha);
}`;

export class PointsPass {
  readonly #program: Program;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.#program = new Program(gl, VERTEX, FRAGMENT, ATTRIBUTES);
  }

  /** Prepares to draw one view; with `emphasis` null, points of every emphasis are drawn. `ringed`: neighbors are. */
  begin(view: View, emphasis: number | null, hovered: boolean, ringed = false): void {
    const { gl } = this;
    const program = this.#program;
    program.use();
    setViewUniforms(gl, program, view, emphasis);
    gl.uniform1f(program.uniform("uSizePx"), view.pointSizePx);
    gl.uniform1f(program.uniform("uPixelRatio"), view.pixelRatio);
    gl.uniform1f(program.uniform("uHovered"), hovered ? 1 : 0);
    gl.uniform1f(program.uniform("uRinged"), ringed ? 1 : 0);
    gl.uniform1f(program.uniform("uPlainAlpha"), view.alpha);
    // A faint rim that wrote depth would cut a gap into the points behind it.
    gl.uniform1f(program.uniform("uLeastAlpha"), view.depth ? 0.3 : 0.02);
    const [r, g, b] = view.style.ring;
    gl.uniform3f(program.uniform("uRing"), r, g, b);
  }

  draw(columns: PointColumns, first: number, stride: number): void {
    if (first >= columns.count) return;
    columns.bind(first, stride, 0);
    this.gl.drawArrays(this.gl.POINTS, 0, Math.ceil((columns.count - first) / stride));
  }

  dispose(): void {
    this.#program.dispose();
  }
}
