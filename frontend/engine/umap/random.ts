/** Four streams of Marsaglia's xorshift32 (Journal of Statistical Software 8(14), 2003), stored as vector lanes. */
const streams = memory.data(16, 16);

/** Seeds the streams from one number: steps of a Weyl sequence, mixed (MurmurHash3's finalizer), never zero. */
export function seedStreams(seed: u32): void {
  for (let i: u32 = 0; i < 4; ++i) {
    let mixed = seed + (i + 1) * 0x9e3779b9;
    mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
    mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
    mixed ^= mixed >>> 16;
    store<u32>(streams + ((<usize>i) << 2), mixed === 0 ? i + 1 : mixed);
  }
}

/** The next number of stream `i`, below `bound`. */
export function nextBelow(i: u32, bound: u32): u32 {
  const address = streams + ((<usize>i) << 2);
  let x = load<u32>(address);
  x ^= x << 13;
  x ^= x >>> 17;
  x ^= x << 5;
  store<u32>(address, x);
  return <u32>((<u64>x * bound) >>> 32);
}

/** `nextBelow` for all four streams. */
export function nextFourBelow(bound: u32): v128 {
  let x = v128.load(streams);
  x = v128.xor(x, i32x4.shl(x, 13));
  x = v128.xor(x, i32x4.shr_u(x, 17));
  x = v128.xor(x, i32x4.shl(x, 5));
  v128.store(streams, x);
  const bounds = i32x4.splat(bound);
  return v128.shuffle<u32>(i64x2.extmul_low_i32x4_u(x, bounds), i64x2.extmul_high_i32x4_u(x, bounds), 1, 3, 5, 7);
}
