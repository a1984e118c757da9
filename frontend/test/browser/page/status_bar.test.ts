/** The sentence at the bottom of the page. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ProjectorPage } from "../../../src/page/projector_page";
import type { Store } from "../../../src/state/store";
import { all } from "../dom";
import { settled } from "../settled";
import { dataState, mountPage } from "./mounted_page";

let store: Store;
let page: ProjectorPage;

beforeEach(async () => {
  ({ store, page } = await mountPage());
});
afterEach(() => page.remove());

it("is as large as other small text, in lines of which two have room", async () => {
  store.set(dataState());
  await settled();
  const sentence = all("[role=status]").find((one) => one.textContent!.startsWith("Showing all 3 points"))!;
  const { fontSize, lineHeight } = getComputedStyle(sentence);
  const small = all(".small:not([role=status])")[0]!;
  expect([fontSize, lineHeight]).toEqual([getComputedStyle(small).fontSize, "14px"]);
  expect(fontSize).toBe("13px");
});
