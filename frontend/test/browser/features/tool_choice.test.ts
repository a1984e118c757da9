/** The choice of what a drag in the picture does. */
import { beforeEach, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { deepFocus } from "../../../src/controls/focus";
import { ToolChoice } from "../../../src/features/selection/tool_choice";
import { all, button } from "../dom";
import { type Mounted, mountPanel } from "./mounted_panel";
import { dataState } from "./projection_state";

let choice: Mounted;

beforeEach(async () => {
  choice = await mountPanel(new ToolChoice(), dataState());
});

const tools = () => all("[role=radio]");
const checked = () => tools().flatMap((one) => (one.ariaChecked === "true" ? one.ariaLabel : []));

it("is one of four, each with its use and its key", () => {
  expect(tools().map(({ ariaLabel }) => ariaLabel)).toEqual(["Select", "Box", "Lasso", "Sphere"]);
  expect(tools().map(({ title }) => title.match(/: .+ \((\w)\)$/)?.[1])).toEqual(["V", "B", "L", "O"]);
});

it("is made by a click, and follows commands", async () => {
  button("Lasso").click();
  await choice.show({});
  expect([choice.store.state.tool, checked()]).toEqual(["lasso", ["Lasso"]]);
  await choice.show({ tool: "pan" });
  expect(checked()).toEqual(["Select"]);
});

it("has one stop for Tab, at the tool in hand, and arrow keys go round", async () => {
  await choice.show({ tool: "lasso" });
  expect(tools().map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, 0, -1]);
  const outside: string[] = [];
  choice.panel.addEventListener("keydown", ({ key }) => outside.push(key));
  button("Lasso").focus();
  await userEvent.keyboard("{ArrowDown}{ArrowRight}");
  await choice.show({});
  expect([choice.store.state.tool, deepFocus()]).toEqual(["pan", button("Select")]);
  await userEvent.keyboard("{ArrowUp}");
  await choice.show({});
  expect([choice.store.state.tool, deepFocus()]).toEqual(["sphere", button("Sphere")]);
  await userEvent.keyboard("x");
  expect(outside).toEqual(["x"]);
});
