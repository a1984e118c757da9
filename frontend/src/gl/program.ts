/** A linked GLSL program. Compilation starts at once and is awaited on first use: drivers compile in parallel. */

/** The driver offers WebGL 2, but does not compile or link a program. */
export class ShaderError extends Error {}

export class Program {
  readonly #program: WebGLProgram;
  readonly #shaders: WebGLShader[];
  readonly #uniforms = new Map<string, WebGLUniformLocation | null>();
  #checked = false;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    vertex: string,
    fragment: string,
    attributes: readonly string[],
  ) {
    this.#program = gl.createProgram();
    this.#shaders = [this.#compile(gl.VERTEX_SHADER, vertex), this.#compile(gl.FRAGMENT_SHADER, fragment)];
    attributes.forEach((name, index) => {
      gl.bindAttribLocation(this.#program, index, name);
    });
    gl.linkProgram(this.#program);
  }

  #compile(kind: number, source: string): WebGLShader {
    const { gl } = this;
    const shader = gl.createShader(kind) as WebGLShader;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(this.#program, shader);
    return shader;
  }

  use(): void {
    if (!this.#checked) this.#check();
    this.gl.useProgram(this.#program);
  }

  #check(): void {
    const { gl } = this;
    this.#checked = true;
    if (gl.getProgramParameter(this.#program, gl.LINK_STATUS) || gl.isContextLost()) return;
    const logs = [...this.#shaders.map((shader) => gl.getShaderInfoLog(shader)), gl.getProgramInfoLog(this.#program)];
    throw new ShaderError(`A shader does not compile: ${logs.filter(Boolean).join("\n")}`);
  }

  uniform(name: string): WebGLUniformLocation | null {
    let location = this.#uniforms.get(name);
    if (location === undefined) {
      location = this.gl.getUniformLocation(this.#program, name);
      this.#uniforms.set(name, location);
    }
    return location;
  }

  dispose(): void {
    for (const shader of this.#shaders) this.gl.deleteShader(shader);
    this.gl.deleteProgram(this.#program);
  }
}
