/**
 * Draws the density of the points: each point adds a soft disc to a texture of sums, which is then shown as colors on a
 * logarithmic scale. Plain and faded points have separate sums.
 */

import { DENSITY_STEPS } from "./density_steps";
import { ATTRIBUTES, type PointColumns } from "./point_columns";
import { POINT_GLSL } from "./point_glsl";
import { Program } from "./program";
import { EMPHASIS, type View } from "./scene";
import { setViewUniforms } from "./view_uniforms";

const ADD_VERTEX = `${POINT_GLSL}
uniform float uSizePx;
uniform float uUnit;
out vec2 vUnit;

void main() {
  gl_Position = clipPosition();
  gl_PointSize = uSizePx;
  vUnit = aEmphasis == ${EMPHASIS.faded}u ? vec2(0.0, uUnit) : vec2(uUnit, 0.0);
}`;

const ADD_FRAGMENT = `#version 300 es
precision highp float;
in vec2 vUnit;
out vec4 oSums;

void main() {
  vec2 off = gl_PointCoord * 2.0 - 1.0;
  float inside = max(0.0, 1.0 - dot(off, off));
  oSums = vec4(vUnit * inside * inside, 0.0, 0.0);
}`;

const SHOW_VERTEX = `#version 300 es
void main() {
  gl_Position = vec4(float(gl_VertexID & 1) * 4.0 - 1.0, float(gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0);
}`;

const SHOW_FRAGMENT = `#version 300 es
precision highp float;
uniform sampler2D uSums;
uniform float uPerUnit;
uniform float uPeak;
uniform vec3 uRamp[${DENSITY_STEPS}];
uniform vec3 uGround;
out vec4 oColor;

vec4 shade(float points) {
  float at = clamp(log2(1.0 + points) / log2(1.0 + uPeak), 0.0, 1.0) * ${DENSITY_STEPS - 1}.0;
  int low = min(int(at), ${DENSITY_STEPS - 2});
  return vec4(mix(uRamp[low], uRamp[low + 1], at - float(low)), clamp(points * 2.0, 0.0, 1.0));
}

void main() {
  vec2 points = texelFetch(uSums, ivec2(gl_FragCoord.xy), 0).rg * uPerUnit;
  vec4 plain = shade(points.r);
  vec4 faded = shade(points.g);
  faded.rgb = mix(uGround, faded.rgb, 0.2);
  float alpha = plain.a + faded.a * (1.0 - plain.a);
  oColor = vec4(plain.rgb * plain.a + faded.rgb * faded.a * (1.0 - plain.a), alpha);
}`;

/** 8-bit steps added per point where floating-point sums are not supported. */
const BYTE_STEPS = 6;

interface SumFormat {
  readonly internal: number;
  readonly format: number;
  readonly type: number;
  /** Amount that one point adds. */
  readonly unit: number;
}

function chooseFormat(gl: WebGL2RenderingContext): SumFormat {
  if (gl.getExtension("EXT_color_buffer_float")) {
    const [internal, type] = gl.getExtension("EXT_float_blend") ? [gl.RG32F, gl.FLOAT] : [gl.RG16F, gl.HALF_FLOAT];
    return { internal, format: gl.RG, type, unit: 1 };
  }
  return { internal: gl.RGBA8, format: gl.RGBA, type: gl.UNSIGNED_BYTE, unit: BYTE_STEPS / 255 };
}

export class DensityPass {
  readonly #add: Program;
  readonly #show: Program;
  readonly #framebuffer: WebGLFramebuffer;
  readonly #sums: WebGLTexture;
  readonly #format: SumFormat;
  #width = 0;
  #height = 0;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.#format = chooseFormat(gl);
    this.#add = new Program(gl, ADD_VERTEX, ADD_FRAGMENT, ATTRIBUTES);
    this.#show = new Program(gl, SHOW_VERTEX, SHOW_FRAGMENT, []);
    this.#framebuffer = gl.createFramebuffer();
    this.#sums = gl.createTexture();
  }

  /** Clears the sums. */
  begin(width: number, height: number): void {
    const { gl } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    if (width !== this.#width || height !== this.#height) this.#resize(width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
  }

  #resize(width: number, height: number): void {
    const { gl } = this;
    const format = this.#format;
    [this.#width, this.#height] = [width, height];
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#sums);
    gl.texImage2D(gl.TEXTURE_2D, 0, format.internal, width, height, 0, format.format, format.type, null);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.#sums, 0);
  }

  draw(view: View, emphasis: number | null, columns: PointColumns, chunks: readonly [number, number, number]): void {
    const { gl } = this;
    const add = this.#add;
    const [from, to, stride] = chunks;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    gl.viewport(0, 0, this.#width, this.#height);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE);
    gl.disable(gl.DEPTH_TEST);
    add.use();
    setViewUniforms(gl, add, view, emphasis);
    gl.uniform1f(add.uniform("uSizePx"), view.densityPx);
    gl.uniform1f(add.uniform("uUnit"), this.#format.unit);
    for (let chunk = from; chunk < to && chunk < columns.count; chunk++) {
      columns.bind(chunk, stride, 0);
      gl.drawArrays(gl.POINTS, 0, Math.ceil((columns.count - chunk) / stride));
    }
  }

  /** Draws over the bound framebuffer; `share`: fraction of the points contained in the sums. */
  reveal(view: View, peak: number, share: number): void {
    const { gl } = this;
    const show = this.#show;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    show.use();
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#sums);
    gl.uniform1f(show.uniform("uPerUnit"), 1 / (this.#format.unit * Math.max(share, 1e-6)));
    gl.uniform1f(show.uniform("uPeak"), peak);
    gl.uniform3fv(show.uniform("uRamp[0]"), view.style.density);
    const [r, g, b] = view.style.ground;
    gl.uniform3f(show.uniform("uGround"), r, g, b);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  dispose(): void {
    for (const program of [this.#add, this.#show]) program.dispose();
    this.gl.deleteFramebuffer(this.#framebuffer);
    this.gl.deleteTexture(this.#sums);
  }
}
