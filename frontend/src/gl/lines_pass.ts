/** Lines from point to point: an index buffer over the points' own columns, one pair of rows per line. */

import { dealLines, lineAlpha, startOfChunk } from "./deal_lines";
import { ATTRIBUTES, type PointColumns } from "./point_columns";
import { POINT_GLSL } from "./point_glsl";
import { Program } from "./program";
import { EMPHASIS, type View } from "./scene";
import { setViewUniforms } from "./view_uniforms";

const VERTEX = `${POINT_GLSL}
uniform vec4 uLine;
uniform vec3 uGround;
out vec4 vColor;
out float vSeen;

void main() {
  vec4 clip = clipPosition();
  // A line with an end that is not drawn is skipped, in the fragment shader, which knows both ends.
  bool isDrawn = clip != NOWHERE;
  vSeen = isDrawn ? 1.0 : 0.0;
  // A hair behind the points that it joins.
  gl_Position = isDrawn ? clip + vec4(0.0, 0.0, 0.0005 * clip.w, 0.0) : vec4(0.0, 0.0, 0.0, 1.0);
  vec3 color = aColor.a < 0.0 ? uLine.rgb : aColor.rgb;
  vec3 fogged = mix(color, uGround, fogAt(max(clip.w, 0.02)));
  bool faded = aEmphasis == ${EMPHASIS.faded}u;
  vColor = vec4(fade(fogged, uGround, faded), faded ? 0.6 : uLine.a);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
in vec4 vColor;
in float vSeen;
out vec4 oColor;

void main() {
  if (vSeen < 0.9999) discard;
  oColor = vec4(vColor.rgb * vColor.a, vColor.a);
}`;

export class LinesPass {
  readonly #program: Program;
  readonly #buffer: WebGLBuffer;
  #count = 0;
  #pairs: Uint32Array | null = null;
  #chunks = 0;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.#program = new Program(gl, VERTEX, FRAGMENT, ATTRIBUTES);
    this.#buffer = gl.createBuffer();
  }

  /** Uploads only when `pairs` has changed. */
  setLines(pairs: Uint32Array, chunks: number): void {
    if (pairs === this.#pairs && chunks === this.#chunks) return;
    const { gl } = this;
    [this.#pairs, this.#chunks, this.#count] = [pairs, chunks, pairs.length / 2];
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#buffer);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, dealLines(pairs, chunks), gl.STATIC_DRAW);
  }

  draw(view: View, columns: PointColumns, from: number, to: number): void {
    const { gl } = this;
    const [program, count, chunks] = [this.#program, this.#count, this.#chunks] as const;
    program.use();
    setViewUniforms(gl, program, view, null);
    const [r, g, b] = view.style.line;
    gl.uniform4f(program.uniform("uLine"), r, g, b, lineAlpha(count));
    columns.bind(0, 1, 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#buffer);
    const [first, end] = [startOfChunk(count, chunks, from), startOfChunk(count, chunks, to)];
    gl.drawElements(gl.LINES, 2 * (end - first), gl.UNSIGNED_INT, 8 * first);
  }

  dispose(): void {
    this.#program.dispose();
    this.gl.deleteBuffer(this.#buffer);
  }
}
