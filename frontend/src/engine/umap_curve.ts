/** UMAP's curve for distances in the layout: a weight of 1 / (1 + a d^2b). */

interface Curve {
  readonly a: number;
  readonly b: number;
}

/** Number of points on the target curve used in the fit, and its range in spreads, as in umap-learn. */
const POINTS = 300;
const SPREADS = 3;
const ROUNDS = 200;
/** Relative change of a and b below which the fit has converged. */
const MAX_RELATIVE_CHANGE = 1e-10;

/** Least-squares fit of a and b to 1 up to `minDist` and to exp(-(d - minDist) / spread) beyond. */
export function fitCurve(minDist: number, spread: number): Curve {
  const distances = Float64Array.from({ length: POINTS }, (_, i) => (i * SPREADS * spread) / (POINTS - 1));
  const wanted = distances.map((d) => (d < minDist ? 1 : Math.exp(-(d - minDist) / spread)));
  return levenbergMarquardt(distances, wanted);
}

/** The Levenberg-Marquardt method over ln a and ln b, which keeps both above zero. */
function levenbergMarquardt(distances: Float64Array, wanted: Float64Array): Curve {
  let curve: Curve = { a: 1, b: 1 };
  let damping = 1e-3;
  let normal = normalEquations(curve, distances, wanted);
  for (let round = 0; round < ROUNDS && damping < 1e12; ++round) {
    const [stepA, stepB] = solve(normal, damping);
    const next = { a: curve.a * Math.exp(stepA), b: curve.b * Math.exp(stepB) };
    const candidate = normalEquations(next, distances, wanted);
    if (candidate.error <= normal.error) {
      curve = next;
      normal = candidate;
      damping /= 10;
      if (Math.abs(stepA) + Math.abs(stepB) < MAX_RELATIVE_CHANGE) break;
    } else {
      damping *= 10;
    }
  }
  return curve;
}

/** Sums of products of the residuals and of their derivatives with respect to ln a and ln b. */
interface NormalEquations {
  readonly error: number;
  readonly aa: number;
  readonly ab: number;
  readonly bb: number;
  readonly ra: number;
  readonly rb: number;
}

function normalEquations({ a, b }: Curve, distances: Float64Array, wanted: Float64Array): NormalEquations {
  const sums = { error: 0, aa: 0, ab: 0, bb: 0, ra: 0, rb: 0 };
  for (let i = 0; i < distances.length; ++i) {
    const d = distances[i]!;
    const power = a * d ** (2 * b);
    const weight = 1 / (1 + power);
    const residual = wanted[i]! - weight;
    const byA = -power * weight * weight;
    const byB = d > 0 ? byA * 2 * b * Math.log(d) : 0;
    sums.error += residual * residual;
    sums.aa += byA * byA;
    sums.ab += byA * byB;
    sums.bb += byB * byB;
    sums.ra += residual * byA;
    sums.rb += residual * byB;
  }
  return sums;
}

function solve({ aa, ab, bb, ra, rb }: NormalEquations, damping: number): [number, number] {
  const dampedA = aa * (1 + damping);
  const dampedB = bb * (1 + damping);
  const determinant = dampedA * dampedB - ab * ab;
  return [(ra * dampedB - rb * ab) / determinant, (rb * dampedA - ra * ab) / determinant];
}
