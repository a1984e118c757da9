/**
 * One gradient descent step, with momentum and a gain for each coordinate (Jacobs 1988, as used by van der Maaten and
 * Hinton 2008), no step longer than MAX_STEP; then the layout is centered at the origin. The gradient is exaggeration
 * x attraction - repulsion / Z: its factor 4 is part of the learning rate, as in FIt-SNE and openTSNE.
 */
import { attractions, dimensions, gains, positions, repulsions, rows, steps, stride } from "./arrays";

const MIN_GAIN: f32 = 0.01;
/** Maximum length of one row's step, in the layout's units. */
const MAX_STEP: f32 = 5;

export function descend(exaggeration: f32, normalization: f64, learningRate: f32, momentum: f32): void {
  const push = <f32>(1 / normalization);
  const items = <usize>rows * stride;
  let item: usize = 0;
  if (ASC_FEATURE_SIMD) {
    for (; item + 4 <= items; item += 4) stepFour(item << 2, exaggeration, push, learningRate, momentum);
  }
  for (; item < items; ++item) stepOne(item << 2, exaggeration, push, learningRate, momentum);
  if (normalization > 0) moveRows();
}

function stepOne(at: usize, exaggeration: f32, push: f32, learningRate: f32, momentum: f32): void {
  const gradient = exaggeration * load<f32>(attractions + at) - push * load<f32>(repulsions + at);
  const before = load<f32>(steps + at);
  const old = load<f32>(gains + at);
  const gain = max<f32>(before * gradient <= 0 ? old + 0.2 : old * 0.8 + MIN_GAIN, MIN_GAIN);
  store<f32>(gains + at, gain);
  store<f32>(steps + at, momentum * before - learningRate * gain * gradient);
}

function stepFour(at: usize, exaggeration: f32, push: f32, learningRate: f32, momentum: f32): void {
  const pull = f32x4.mul(f32x4.splat(exaggeration), v128.load(attractions + at));
  const gradient = f32x4.sub(pull, f32x4.mul(f32x4.splat(push), v128.load(repulsions + at)));
  const before = v128.load(steps + at);
  const old = v128.load(gains + at);
  const grown = f32x4.add(old, f32x4.splat(0.2));
  const shrunk = f32x4.add(f32x4.mul(old, f32x4.splat(0.8)), f32x4.splat(MIN_GAIN));
  const goesOn = f32x4.le(f32x4.mul(before, gradient), f32x4.splat(0));
  const gain = f32x4.max(v128.bitselect(grown, shrunk, goesOn), f32x4.splat(MIN_GAIN));
  v128.store(gains + at, gain);
  const down = f32x4.mul(f32x4.mul(f32x4.splat(learningRate), gain), gradient);
  v128.store(steps + at, f32x4.sub(f32x4.mul(f32x4.splat(momentum), before), down));
}

function moveRows(): void {
  let sumX: f64 = 0;
  let sumY: f64 = 0;
  let sumZ: f64 = 0;
  for (let row: u32 = 0; row < rows; ++row) {
    const at = (<usize>row * stride) << 2;
    limitStep(steps + at);
    for (let item: usize = 0; item < (<usize>stride) << 2; item += 4) {
      store<f32>(positions + at + item, load<f32>(positions + at + item) + load<f32>(steps + at + item));
    }
    sumX += load<f32>(positions + at);
    sumY += load<f32>(positions + at, 4);
    if (dimensions === 3) sumZ += load<f32>(positions + at, 8);
  }
  center(<f32>(sumX / rows), <f32>(sumY / rows), <f32>(sumZ / rows));
}

function limitStep(step: usize): void {
  const x = load<f32>(step);
  const y = load<f32>(step, 4);
  const z: f32 = dimensions === 3 ? load<f32>(step, 8) : 0;
  const square = x * x + y * y + z * z;
  if (square <= MAX_STEP * MAX_STEP) return;
  const scale: f32 = MAX_STEP / sqrt<f32>(square);
  store<f32>(step, x * scale);
  store<f32>(step, y * scale, 4);
  if (dimensions === 3) store<f32>(step, z * scale, 8);
}

function center(x: f32, y: f32, z: f32): void {
  for (let row: u32 = 0; row < rows; ++row) {
    const at = positions + ((<usize>row * stride) << 2);
    store<f32>(at, load<f32>(at) - x);
    store<f32>(at, load<f32>(at, 4) - y, 4);
    if (dimensions === 3) store<f32>(at, load<f32>(at, 8) - z, 8);
  }
}
