/** Rows in Morton order: rows close in space are close in memory, and every cube is one range. */
import { allocate, positions, rows } from "./arrays";

/** Bits per direction; a code has 30 bits, which the sort processes in three passes. */
export const BITS: u32 = 10;
const DIGITS: u32 = 1024;

/** Codes in ascending order, the row of each, and its position (x y z and padding). */
export let codes: usize = 0;
export let order: usize = 0;
export let sorted: usize = 0;
let otherCodes: usize = 0;
let otherOrder: usize = 0;
let counters: usize = 0;

export function reserveOrder(): bool {
  codes = allocate(rows, 4);
  order = allocate(rows, 4);
  otherCodes = allocate(rows, 4);
  otherOrder = allocate(rows, 4);
  counters = allocate(DIGITS, 4);
  sorted = allocate(<u64>rows + 4, 16);
  return !!(codes && order && otherCodes && otherOrder && counters && sorted);
}

/** Sorts by cells of the cube of side `extent` whose corner is (x, y, z). */
export function sortRows(extent: f32, x: f32, y: f32, z: f32): void {
  const scale = (<f32>DIGITS - 0.5) / extent;
  for (let row: u32 = 0; row < rows; ++row) {
    const at = positions + ((<usize>row) << 4);
    const a = spreadBits(<u32>((load<f32>(at) - x) * scale));
    const b = spreadBits(<u32>((load<f32>(at, 4) - y) * scale));
    const c = spreadBits(<u32>((load<f32>(at, 8) - z) * scale));
    store<u32>(codes + ((<usize>row) << 2), a | (b << 1) | (c << 2));
    store<u32>(order + ((<usize>row) << 2), row);
  }
  for (let shift: u32 = 0; shift < 3 * BITS; shift += BITS) sortByDigit(shift);
  for (let at: u32 = 0; at < rows; ++at) {
    memory.copy(sorted + ((<usize>at) << 4), positions + ((<usize>load<u32>(order + ((<usize>at) << 2))) << 4), 16);
  }
  // The last packet of four is filled up with its last row.
  for (let at = rows; at < rows + 4; ++at)
    memory.copy(sorted + ((<usize>at) << 4), sorted + ((<usize>(rows - 1)) << 4), 16);
}

/** abc becomes a00b00c. */
function spreadBits(value: u32): u32 {
  let bits = min<u32>(value, DIGITS - 1);
  bits = (bits | (bits << 16)) & 0x030000ff;
  bits = (bits | (bits << 8)) & 0x0300f00f;
  bits = (bits | (bits << 4)) & 0x030c30c3;
  return (bits | (bits << 2)) & 0x09249249;
}

function sortByDigit(shift: u32): void {
  memory.fill(counters, 0, (<usize>DIGITS) << 2);
  for (let at: usize = 0; at < (<usize>rows) << 2; at += 4) {
    const counter = counters + ((<usize>digitOf(load<u32>(codes + at), shift)) << 2);
    store<u32>(counter, load<u32>(counter) + 1);
  }
  let start: u32 = 0;
  for (let at: usize = 0; at < (<usize>DIGITS) << 2; at += 4) {
    const count = load<u32>(counters + at);
    store<u32>(counters + at, start);
    start += count;
  }
  for (let at: usize = 0; at < (<usize>rows) << 2; at += 4) {
    const code = load<u32>(codes + at);
    const counter = counters + ((<usize>digitOf(code, shift)) << 2);
    const to = load<u32>(counter);
    store<u32>(counter, to + 1);
    store<u32>(otherCodes + ((<usize>to) << 2), code);
    store<u32>(otherOrder + ((<usize>to) << 2), load<u32>(order + at));
  }
  const codesBefore = codes;
  const orderBefore = order;
  codes = otherCodes;
  order = otherOrder;
  otherCodes = codesBefore;
  otherOrder = orderBefore;
}

function digitOf(code: u32, shift: u32): u32 {
  return (code >> shift) & (DIGITS - 1);
}
