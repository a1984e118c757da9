/** What screen readers are told of the point that was walked to. */
import { beforeEach, expect, it } from "vitest";
import { WalkStatus } from "../../../src/features/navigation/walk_status";
import { all } from "../dom";
import { dataState } from "../page/mounted_page";
import { type Mounted, mountPanel } from "./mounted_panel";

let status: Mounted;

beforeEach(async () => {
  status = await mountPanel(new WalkStatus(), dataState(2000));
  status.panel.style.width = "";
});

const region = () => all("[role=status]")[0]!;

it("is the point's label, if it has one, its row, and what Enter does", async () => {
  await status.show({ walked: 1 });
  expect(region().textContent).toBe("Zürich, row 1: Enter selects it");
  await status.show({ walked: 1999, metadata: null });
  expect(region().textContent).toBe("row 1,999: Enter selects it");
});

it("comes into a region that is there before it, as it is not announced otherwise", async () => {
  const before = region();
  expect(before.textContent).toBe("");
  await status.show({ walked: 1 });
  expect(region()).toBe(before);
  await status.show({ walked: null });
  expect([region(), before.textContent]).toEqual([before, ""]);
});

it("covers nothing", async () => {
  await status.show({ walked: 1 });
  const { width, height } = status.panel.getBoundingClientRect();
  expect([width, height]).toEqual([1, 1]);
});
