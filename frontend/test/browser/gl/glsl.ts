/** Runs GLSL on given inputs and reads the results back, through transform feedback: exact float32, no pixels. */

export type Uniforms = (gl: WebGL2RenderingContext, at: (name: string) => WebGLUniformLocation | null) => void;

/** Values of each vertex: plain numbers are floats, `uints` unsigned integers. */
export interface Vertices {
  readonly floats?: Record<string, readonly number[]>;
  readonly uints?: Record<string, readonly number[]>;
}

/**
 * The vec4 that `expression` evaluates to, once for each of `count` vertices. `source` is a vertex shader without its
 * `main`; attributes that are not given are 0.
 */
export function evaluate(
  source: string,
  expression: string,
  count: number,
  vertices: Vertices = {},
  uniforms: Uniforms = () => {},
): number[][] {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2")!;
  const program = link(gl, `${source}\nout vec4 oResult;\nvoid main() { oResult = ${expression}; }`);
  gl.useProgram(program);
  for (const [name, values] of Object.entries(vertices.floats ?? {})) {
    bind(gl, program, name, Float32Array.from(values), (at) => gl.vertexAttribPointer(at, 1, gl.FLOAT, false, 0, 0));
  }
  for (const [name, values] of Object.entries(vertices.uints ?? {})) {
    bind(gl, program, name, Uint32Array.from(values), (at) => gl.vertexAttribIPointer(at, 1, gl.UNSIGNED_INT, 0, 0));
  }
  setMissing(gl, program, new Set(Object.keys(vertices.uints ?? {})));
  uniforms(gl, (name) => gl.getUniformLocation(program, name));
  const results = new Float32Array(4 * count);
  gl.bindBufferBase(gl.TRANSFORM_FEEDBACK_BUFFER, 0, gl.createBuffer());
  gl.bufferData(gl.TRANSFORM_FEEDBACK_BUFFER, results.byteLength, gl.STREAM_READ);
  gl.enable(gl.RASTERIZER_DISCARD);
  gl.beginTransformFeedback(gl.POINTS);
  gl.drawArrays(gl.POINTS, 0, count);
  gl.endTransformFeedback();
  gl.getBufferSubData(gl.TRANSFORM_FEEDBACK_BUFFER, 0, results);
  if (gl.getError() !== gl.NO_ERROR) throw new Error("The draw failed.");
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return Array.from({ length: count }, (_, at) => [...results.subarray(4 * at, 4 * at + 4)]);
}

function link(gl: WebGL2RenderingContext, vertex: string): WebGLProgram {
  const program = gl.createProgram();
  const fragment = "#version 300 es\nprecision highp float;\nout vec4 oColor;\nvoid main() { oColor = vec4(0.0); }";
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? "");
    gl.attachShader(program, shader);
  }
  gl.transformFeedbackVaryings(program, ["oResult"], gl.INTERLEAVED_ATTRIBS);
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? "");
  return program;
}

/** Integer attributes without a buffer need an integer as their value. */
function setMissing(gl: WebGL2RenderingContext, program: WebGLProgram, given: ReadonlySet<string>): void {
  for (let index = 0; index < gl.getProgramParameter(program, gl.ACTIVE_ATTRIBUTES); index++) {
    const { name, type } = gl.getActiveAttrib(program, index)!;
    if (type === gl.UNSIGNED_INT && !given.has(name)) {
      gl.vertexAttribI4ui(gl.getAttribLocation(program, name), 0, 0, 0, 0);
    }
  }
}

function bind(
  gl: WebGL2RenderingContext,
  program: WebGLProgram,
  name: string,
  values: ArrayBufferView,
  point: (at: number) => void,
): void {
  const at = gl.getAttribLocation(program, name);
  if (at < 0) throw new Error(`The shader does not use ${name}.`);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(at);
  point(at);
}
