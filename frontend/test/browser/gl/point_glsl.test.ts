/** The shared GLSL functions, on given inputs, against the same computed in float64. */
import { describe, expect, it } from "vitest";
import { POINT_GLSL } from "../../../src/gl/point_glsl";
import { evaluate, type Uniforms } from "./glsl";

const NOWHERE = [2, 2, 2, 1];
const COUNT = 200;
/** Seeded, in (-1, 1). */
const randoms = (seed: number, count: number) =>
  Array.from({ length: count }, (_, at) => 2 * (((at + 1) * 0.754877666 * (seed + 1)) % 1) - 1);
const [X, Y, Z] = [0, 1, 2].map((seed) => randoms(seed, COUNT)) as [number[], number[], number[]];
const [OLD_X, OLD_Y, OLD_Z] = [3, 4, 5].map((seed) => randoms(seed, COUNT)) as [number[], number[], number[]];
const [MATRIX, OLD_MATRIX] = [randoms(6, 16), randoms(7, 16)];
const [ORIGIN, OLD_ORIGIN] = [
  [0.5, -0.25, 0.125],
  [-0.5, 0.75, 0.0625],
];

const replaced = (values: readonly number[], at: number, value: number) =>
  values.map((one, index) => (index === at ? value : one));

const view =
  (mix: number, more: Uniforms = () => {}): Uniforms =>
  (gl, at) => {
    gl.uniformMatrix4fv(at("uClip"), false, MATRIX);
    gl.uniform3fv(at("uOrigin"), ORIGIN);
    gl.uniformMatrix4fv(at("uOldClip"), false, OLD_MATRIX);
    gl.uniform3fv(at("uOldOrigin"), OLD_ORIGIN);
    gl.uniform1f(at("uMix"), mix);
    more(gl, at);
  };

function project(matrix: readonly number[], origin: readonly number[], point: readonly number[]): number[] {
  const [x, y, z] = point.map((value, axis) => Math.fround(value) - origin[axis]!) as [number, number, number];
  return [0, 1, 2, 3].map((row) => matrix[row]! * x + matrix[4 + row]! * y + matrix[8 + row]! * z + matrix[12 + row]!);
}

function expectNear(found: readonly (readonly number[])[], wanted: readonly (readonly number[])[]): void {
  expect(found.length).toBe(wanted.length);
  const error = Math.max(...found.flatMap((one, at) => one.map((value, part) => Math.abs(value - wanted[at]![part]!))));
  expect(error).toBeLessThan(1e-5);
}

const clipsOf = (uniforms: Uniforms, change: Record<string, number[]> = {}) =>
  evaluate(
    POINT_GLSL,
    "clipPosition()",
    COUNT,
    { floats: { aX: X, aY: Y, aZ: Z, aOldX: OLD_X, aOldY: OLD_Y, aOldZ: OLD_Z, ...change } },
    uniforms,
  );

describe("clipPosition", () => {
  const now = X.map((x, at) => project(MATRIX, ORIGIN, [x, Y[at]!, Z[at]!]));
  const old = OLD_X.map((x, at) => project(OLD_MATRIX, OLD_ORIGIN, [x, OLD_Y[at]!, OLD_Z[at]!]));

  it("projects as the matrix does", () => expectNear(clipsOf(view(1)), now));

  it("moves from the old position to the new one", () => {
    const between = now.map((one, at) => one.map((value, part) => 0.75 * old[at]![part]! + 0.25 * value));
    expectNear(clipsOf(view(0.25)), between);
  });

  it("shows a point without an old position at its new one", () => {
    const [first, ...others] = clipsOf(view(0.25), { aOldY: replaced(OLD_Y, 0, Number.NaN) });
    expectNear([first!], [now[0]!]);
    expect(others[0]).not.toEqual(now[1]);
  });

  it.each([Number.NaN, Infinity, -Infinity])("puts a point at %s outside of the picture", (value) => {
    for (const [name, values] of Object.entries({ aX: X, aY: Y, aZ: Z })) {
      const clips = clipsOf(view(1), { [name]: replaced(values, 3, value) });
      expect(clips[3]).toEqual(NOWHERE);
      expectNear([clips[2]!], [now[2]!]);
    }
  });

  it("places the largest finite number", () => {
    const [clip] = clipsOf(view(1), { aX: replaced(X, 0, 3.4028234663852886e38) });
    expect(clip).not.toEqual(NOWHERE);
  });

  it("leaves out points of another emphasis if asked for one", () => {
    const clips = evaluate(
      POINT_GLSL,
      "clipPosition()",
      3,
      { floats: { aX: X.slice(0, 3), aY: Y.slice(0, 3), aZ: Z.slice(0, 3) }, uints: { aEmphasis: [1, 2, 1] } },
      view(1, (gl, at) => {
        gl.uniform1i(at("uFiltered"), 1);
        gl.uniform1ui(at("uEmphasis"), 2);
      }),
    );
    expect(clips.map((one) => one[0] === 2 && one[1] === 2)).toEqual([true, false, true]);
  });
});

describe("depth", () => {
  const DEPTHS = [0.1, 0.3, 0.6, 1, 1.5, 2.5, 8];
  const at = (expression: string, uniforms: Uniforms) =>
    evaluate(POINT_GLSL, expression, DEPTHS.length, { floats: { aX: DEPTHS } }, uniforms).map(([value]) => value!);

  it("enlarges near points within the bounds, or not at all", () => {
    const grow = (on: number) => at("vec4(growthAt(aX, 0.55, 2.5))", (gl, of) => gl.uniform1i(of("uSizeByDepth"), on));
    expectNear([grow(1)], [DEPTHS.map((w) => Math.min(2.5, Math.max(0.55, 1 / w)))]);
    expect(grow(0)).toEqual(DEPTHS.map(() => 1));
  });

  it("fogs with the distance behind the target", () => {
    const [perW, most] = [0.8, 0.6];
    const fog = at("vec4(fogAt(aX))", (gl, of) => gl.uniform2f(of("uFog"), perW, most));
    const smooth = (t: number) => t * t * (3 - 2 * t);
    const wanted = DEPTHS.map((w) => most * smooth(Math.min(1, Math.max(0, ((w - 1) * perW + 0.5) / 1.5))));
    expectNear([fog], [wanted]);
    expect(fog[0]).toBe(0);
    expect(fog.at(-1)).toBeCloseTo(most, 5);
  });
});

describe("color", () => {
  it("fades toward the ground by a fixed share", () => {
    const [faded, plain] = [true, false].map(
      (isFaded) => evaluate(POINT_GLSL, `vec4(fade(vec3(0.8, 0.4, 0.0), vec3(1.0, 1.0, 0.5), ${isFaded}), 1.0)`, 1)[0]!,
    );
    expectNear([faded!], [[1 + (0.8 - 1) * 0.15, 1 + (0.4 - 1) * 0.15, 0.5 + (0 - 0.5) * 0.15, 1]]);
    expectNear([plain!], [[0.8, 0.4, 0, 1]]);
  });

  it("is the theme's where the point has none", () => {
    const colorOf = (alpha: number) => {
      const source = POINT_GLSL.replace("in vec4 aColor;", `#define aColor vec4(0.1, 0.2, 0.3, ${alpha.toFixed(1)})`);
      return evaluate(source, "pointColor()", 1, {}, (gl, at) => gl.uniform4f(at("uTheme"), 0.5, 0.6, 0.7, 0.8))[0]!;
    };
    expectNear(
      [colorOf(1), colorOf(-1)],
      [
        [0.1, 0.2, 0.3, 1],
        [0.5, 0.6, 0.7, 0.8],
      ],
    );
  });
});
