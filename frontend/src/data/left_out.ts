/** Tensors that cannot be shown, in words. */
import { formatCount, plural } from "./format";
import type { LeftOut, Run } from "./runs";

/** «12 tensors cannot be shown»; null if all can. */
export function leftOutWords({ left_out }: Run): string | null {
  const count = (left_out?.tensors.length ?? 0) + (left_out?.more ?? 0);
  return count === 0 ? null : `${plural(count, "tensor")} cannot be shown`;
}

/** «3 × 3 × 64 float32» */
export function leftOutShape({ shape, dtype }: LeftOut): string {
  if (shape === null) return `unknown shape, ${dtype}`;
  return `${shape.length === 0 ? "a single" : shape.map(formatCount).join(" × ")} ${dtype}`;
}
