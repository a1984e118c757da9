/** The search field and the list of its matches: what typing and keys do, and what is said about it. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { deepFocus } from "../../../src/controls/focus";
import type { ProjectorPage } from "../../../src/page/projector_page";
import type { State } from "../../../src/state/state";
import type { Store } from "../../../src/state/store";
import type { NotedActions } from "../../every_action";
import { all, button, field, wordsOf } from "../dom";
import { dataState, mountPage, withManyColumns } from "../page/mounted_page";
import { settled } from "../settled";

let store: Store;
let page: ProjectorPage;
let actions: NotedActions;

beforeEach(async () => {
  ({ store, page, actions } = await mountPage());
  await show(dataState());
});
afterEach(() => page.remove());

async function show(patch: Partial<State>): Promise<void> {
  store.set(patch);
  await settled();
}

const words = () => wordsOf(page);
/** The part of the page that is tested. */
const fieldWords = () => wordsOf(all("search-field")[0]!.shadowRoot!);

it("searches as it is typed and lists the matches", async () => {
  const input = all('input[type="search"]')[0]!;
  await userEvent.type(input, "zü");
  expect([store.state.query, store.state.list]).toEqual(["zü", "matches"]);
  await show({ matches: Int32Array.of(1) });
  expect(words()).toContain("1 match");
  all(".row")[0]!.click();
  expect(actions.select).toHaveBeenCalledWith(1);
  await userEvent.type(input, "{Escape}");
  expect(store.state.query).toBe("");
});

it("among many columns the one to search in is found by typing", async () => {
  await show({ metadata: withManyColumns(store.state.metadata!) });
  await userEvent.click(field("Column to search in"));
  await userEvent.keyboard("mn 37{Enter}");
  expect(store.state.searchIn).toBe("column 37");
});

it("the buttons of the matches do what their commands do, and say the keys of both", async () => {
  await show({ query: "z", matches: Int32Array.of(1) });
  expect(button("Next match").title).toBe("Next match (W). In the field: Enter");
  expect(button("Previous match").title).toBe("Previous match (Shift W). In the field: Shift Enter");
  button("Previous match").click();
  expect(actions.walkMatches).toHaveBeenCalledWith(-1);
});

it("has three ways to search, each turned off by its own button", async () => {
  const pressed = () => ["Match case", "Exact", "Regular expression"].map((name) => button(name).ariaPressed);
  button("Match case").click();
  button("Exact").click();
  await show({});
  expect([store.state.matchCase, store.state.searchMode, pressed()]).toEqual([
    true,
    "exact",
    ["true", "true", "false"],
  ]);
  expect(field("Search by text").placeholder).toBe("The whole cell");
  button("Regular expression").click();
  await show({});
  expect([store.state.searchMode, pressed()]).toEqual(["regex", ["true", "false", "true"]]);
  button("Regular expression").click();
  button("Match case").click();
  expect([store.state.searchMode, store.state.matchCase]).toEqual(["text", false]);
});

it("goes to the next match by Enter, to the previous one with Shift", async () => {
  field("Search by text").focus();
  await userEvent.keyboard("{Enter}{Shift>}{Enter}{/Shift}");
  expect(actions.walkMatches.mock.calls).toEqual([[1], [-1]]);
});

it("is emptied by the first Escape, and left by the next", async () => {
  const input = field("Search by text");
  await userEvent.type(input, "zü{Escape}");
  expect([store.state.query, deepFocus()]).toEqual(["", input]);
  await userEvent.keyboard("{Escape}");
  expect(deepFocus()).not.toBe(input);
});

it("counts the matches, says which one is selected, and has no steps where there are none", async () => {
  expect(fieldWords()).not.toContain("of 3");
  await show({ query: "z", matches: Int32Array.of(0, 2) });
  expect(fieldWords()).toContain("2 of 3");
  await show({ row: 2 });
  expect(fieldWords()).toContain("2 / 2 of 3");
  await show({ row: 1 });
  expect(fieldWords()).not.toContain("/ 2 of 3");
  const steps = () => ["Next match", "Previous match"].map((name) => button(name).disabled);
  expect(steps()).toEqual([false, false]);
  await show({ matches: new Int32Array(0), list: "matches" });
  expect([fieldWords(), steps()]).toEqual([expect.stringContaining("0 of 3"), [true, true]]);
  expect(words()).toContain("No point matches «z».");
});

it("says in place what is wrong with the text, which can be looked for as it is", async () => {
  await show({ query: "(", searchMode: "regex", failures: { search: { message: "Unterminated group.", fix: "" } } });
  expect(fieldWords()).toContain("Unterminated group.");
  expect(field("Search by text").getAttribute("aria-invalid")).toBe("true");
  button("Look for it as text").click();
  expect(store.state.searchMode).toBe("text");
});

it("makes its matches the selection, and flies to them", async () => {
  const matches = Int32Array.of(0, 2);
  await show({ query: "z", matches, list: "matches" });
  const does = all<HTMLButtonElement>(".does button", all("match-list")[0]!.shadowRoot!);
  does[0]!.dispatchEvent(new MouseEvent("click", { shiftKey: true }));
  does[1]!.click();
  expect(actions.selectMatches).toHaveBeenCalledWith("add");
  expect(actions.flyTo).toHaveBeenCalledWith(matches);
});
