/** Where a list of points is scrolled to, when it gets others. */
import { afterEach, expect, it } from "vitest";
import "../../../src/controls/point_list";
import { html } from "lit";
import type { PointList } from "../../../src/controls/point_list";

afterEach(() => document.body.replaceChildren());

async function open(rows: Int32Array): Promise<PointList> {
  const list = document.createElement("point-list") as PointList;
  list.style.height = "160px";
  list.renderRow = (index) => html`point ${list.rows[index]}`;
  list.rows = rows;
  document.body.append(list);
  await expect.poll(() => seenOf(list)).toContain(`point ${rows[0]}`);
  return list;
}

/** The rows of which at least half lies in the viewport. */
function seenOf(list: PointList): string[] {
  const { top, bottom } = list.getBoundingClientRect();
  return [...list.renderRoot.querySelectorAll(".row")]
    .filter((row) => {
      const box = row.getBoundingClientRect();
      const middle = (box.top + box.bottom) / 2;
      return middle > top && middle < bottom;
    })
    .map((row) => row.textContent!.trim());
}

const from = (first: number) => Int32Array.from({ length: 1000 }, (_, at) => first + at);

it("begins at the top with other rows", async () => {
  const list = await open(from(0));
  list.reveal(700);
  await expect.poll(() => seenOf(list)).toContain("point 700");
  list.rows = from(5000);
  await expect.poll(() => seenOf(list)).toContain("point 5000");
});

it("shows the row of these that is revealed with them", async () => {
  const list = await open(from(0));
  list.rows = from(5000);
  list.reveal(700);
  await expect.poll(() => seenOf(list)).toContain("point 5700");
  expect(list.renderRoot.querySelector(".active")?.textContent?.trim()).toBe("point 5700");
});

it("forgets what was to be revealed of the rows before", async () => {
  const list = await open(from(0));
  list.reveal(700);
  list.rows = from(5000);
  await expect.poll(() => seenOf(list)).toContain("point 5000");
});
