import { expect, it } from "vitest";
import { type LabelBox, LabelPlacement } from "../../../src/math/label_placement";
import { Random } from "../../../src/math/random";

it("keeps a box exactly when it overlaps none kept before", () => {
  const layout = new LabelPlacement();
  const random = new Random(1);
  const kept: LabelBox[] = [];
  for (let i = 0; i < 2_000; i++) {
    const box = {
      x: random.uniform() * 900 - 20,
      y: random.uniform() * 500 - 20,
      width: 10 + random.uniform() * 120,
      height: 16,
    };
    const free = kept.every(
      (other) =>
        box.x >= other.x + other.width ||
        other.x >= box.x + box.width ||
        box.y >= other.y + other.height ||
        other.y >= box.y + box.height,
    );
    expect(layout.place(box)).toBe(free);
    if (free) kept.push(box);
  }
  expect(kept.length).toBeGreaterThan(50);
});
