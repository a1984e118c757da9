/** The guide to reading a layout: where it opens, and how it closes. */
import { beforeEach, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { installTokens } from "../../../src/controls/tokens";
import { ReadingGuide } from "../../../src/features/layout/reading_guide";
import { all, button, wordsOf } from "../dom";
import { settled } from "../settled";

let guide: ReadingGuide;

beforeEach(async () => {
  installTokens();
  guide = new ReadingGuide();
  document.body.replaceChildren(guide);
  await placed(0, 100);
});

/** Beside the picture, in a panel of 280 px. */
async function placed(left: number, top: number): Promise<void> {
  guide.style.cssText = `position: fixed; display: block; left: ${left}px; top: ${top}px; width: 280px`;
  await settled();
}

const card = () => all("[popover]")[0]!;
const isOpen = () => card().matches(":popover-open");

it("is closed at first; its button opens and closes it, and so do the cross and Escape", async () => {
  expect(isOpen()).toBe(false);
  for (const close of [
    () => button("Reading this picture").click(),
    () => button("Close").click(),
    () => userEvent.keyboard("{Escape}"),
  ]) {
    button("Reading this picture").click();
    expect(isOpen()).toBe(true);
    await close();
    expect(isOpen()).toBe(false);
  }
});

it("has six rules, each with its reason and a drawing that is not read out, and its sources", () => {
  const rules = all("li");
  expect(rules.length).toBe(6);
  for (const rule of rules) {
    expect([rule.querySelector("svg")!.ariaHidden, rule.querySelector("svg")!.childElementCount > 0]).toEqual([
      "true",
      true,
    ]);
    expect(rule.querySelector("b")!.textContent).toMatch(/\.$/);
    expect(rule.querySelector(".soft")!.textContent).toMatch(/\.$/);
  }
  for (const said of ["Wattenberg", "Viégas", "Johnson", "Kobak", "Berens"]) expect(wordsOf(card())).toContain(said);
});

it("opens beside the panel, level with its button", () => {
  button("Reading this picture").click();
  const { left, top } = card().getBoundingClientRect();
  expect([left, top]).toEqual([280 + 24, 100]);
});

it.each([
  ["right", innerWidth - 280, 100, innerWidth - 360 - 12, 100],
  ["bottom", 0, innerHeight - 30, 304, innerHeight - 28 - 648 - 12],
])("opens inside the window, though its button is at the %s", async (_where, left, top, wantedLeft, wantedTop) => {
  await placed(left, top);
  button("Reading this picture").click();
  const box = card().getBoundingClientRect();
  expect([box.left, box.top]).toEqual([wantedLeft, wantedTop]);
  const aboveStatusBar = innerHeight - 28;
  expect([box.right <= innerWidth, box.bottom <= aboveStatusBar]).toEqual([true, true]);
});

it("opens where its button is by then", async () => {
  button("Reading this picture").click();
  button("Close").click();
  await placed(100, 50);
  button("Reading this picture").click();
  const { left, top } = card().getBoundingClientRect();
  expect([left, top]).toEqual([100 + 280 + 24, 50]);
});
