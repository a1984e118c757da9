/** Repulsion: sum over j of (y_i - y_j) / (1 + |y_i - y_j|²)² for each row, by the method that suits the layout. */
import { dimensions, positions, repulsions, rows, stride } from "./arrays";
import { repelByMesh } from "./mesh";
import { repelByTree } from "./tree";

/** Extent below which all of 1 / (1 + d²) is 1 within 1e-4: the force is n times the offset from the middle. */
const TINY: f32 = 0.01;

/** Fills in `repulsions` and returns Z, the sum over all pairs of distinct rows of 1 / (1 + d²); 0 without memory. */
export function repel(): f64 {
  const x = leastOf(0);
  const y = leastOf(1);
  const z: f32 = dimensions === 3 ? leastOf(2) : 0;
  const extent = max(max(mostOf(0) - x, mostOf(1) - y), dimensions === 3 ? mostOf(2) - z : 0);
  if (extent < TINY) return repelFromMiddle();
  return dimensions === 2 ? repelByMesh(extent, x, y) : repelByTree(extent * 1.0001, x, y, z);
}

function leastOf(item: u32): f32 {
  let least = f32.MAX_VALUE;
  for (let row: u32 = 0; row < rows; ++row)
    least = min(least, load<f32>(positions + ((<usize>row * stride + item) << 2)));
  return least;
}

function mostOf(item: u32): f32 {
  let most = -f32.MAX_VALUE;
  for (let row: u32 = 0; row < rows; ++row)
    most = max(most, load<f32>(positions + ((<usize>row * stride + item) << 2)));
  return most;
}

function repelFromMiddle(): f64 {
  for (let item: u32 = 0; item < stride; ++item) {
    let sum: f64 = 0;
    for (let row: u32 = 0; row < rows; ++row) sum += load<f32>(positions + ((<usize>row * stride + item) << 2));
    const middle = <f32>(sum / rows);
    for (let row: u32 = 0; row < rows; ++row) {
      const at = (<usize>row * stride + item) << 2;
      store<f32>(repulsions + at, <f32>rows * (load<f32>(positions + at) - middle));
    }
  }
  return <f64>rows * (<f64>rows - 1);
}
