/** Vector arithmetic: the terms of the sum, and the field that takes more of them. */
import { beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { deepFocus } from "../../../src/controls/focus";
import type { Term } from "../../../src/data/terms";
import { SumSection } from "../../../src/features/neighbors/sum_section";
import { textColumn } from "../../node/data/columns";
import { all, button, field } from "../dom";
import { type Mounted, mountPanel } from "./mounted_panel";
import { dataState } from "./projection_state";

const KING: Term = { row: 0, sign: 1 };
const MAN: Term = { row: 1, sign: -1 };
const LONG = "man".padEnd(81, "n");

let section: Mounted;

beforeEach(async () => {
  const columns = [textColumn("word", ["king", "man", "woman", "mango", LONG])];
  const metadata = { columns, rows: 5, lines: 5, problems: [] };
  section = await mountPanel(new SumSection(), { ...dataState(5), metadata, termsOpen: true });
});

const input = () => field("Add points by their labels");
const removed = () => section.actions.removeTerm.mock.calls;

describe("the terms", () => {
  beforeEach(() => section.show({ terms: [KING, MAN] }));

  it("have their signs and names, and are flipped, selected and taken out", () => {
    expect(all(".term").map((term) => term.textContent!.replace(/\s+/g, ""))).toEqual(["+king", "−man"]);
    button("king is added: subtract it instead").click();
    button("man is subtracted: add it instead").click();
    expect(section.actions.flipTerm.mock.calls).toEqual([[0], [1]]);
    button("man").click();
    expect(section.actions.select).toHaveBeenCalledWith(1);
    button("Take man out").click();
    expect(removed()).toEqual([[1]]);
  });

  it("lose their last one by Backspace in the empty field alone", async () => {
    input().focus();
    await userEvent.keyboard("ab{Backspace}{Backspace}");
    expect(removed()).toEqual([]);
    await userEvent.keyboard("{Backspace}");
    expect(removed()).toEqual([[1]]);
    await section.show({ terms: [] });
    await userEvent.keyboard("{Backspace}");
    expect(removed().length).toBe(1);
  });

  it("are all cleared by the cross, which is off where there are none", async () => {
    const clear = () => button(section.actions.commandOf("clear-sum").words);
    expect(clear().disabled).toBe(false);
    await section.show({ terms: [] });
    expect(clear().disabled).toBe(true);
  });
});

describe("the field", () => {
  it("gives what is typed to Enter, and keeps it where that fails", async () => {
    section.actions.typeTerms.mockImplementation((text: string) => text === "king");
    await userEvent.fill(input(), "kingg");
    await userEvent.keyboard("{Enter}");
    expect(input().value).toBe("kingg");
    await userEvent.keyboard("{Backspace}{Enter}");
    expect(input().value).toBe("");
    expect(section.actions.typeTerms.mock.calls).toEqual([["kingg"], ["king"]]);
  });

  it("takes no word that is still being composed", () => {
    input().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }));
    expect(section.actions.typeTerms).not.toHaveBeenCalled();
  });

  it("is emptied by the first Escape, and left by the next, which clear no selection", async () => {
    const seen: string[] = [];
    section.panel.addEventListener("keydown", ({ key }) => seen.push(key));
    await userEvent.fill(input(), "king");
    await userEvent.keyboard("{Escape}");
    expect([input().value, deepFocus()]).toEqual(["", input()]);
    await userEvent.keyboard("{Escape}");
    expect(deepFocus()).not.toBe(input());
    expect(seen).not.toContain("Escape");
  });

  it("suggests labels for the word that is typed, whatever stands before it, but none that is no word", async () => {
    await userEvent.fill(input(), "king − man");
    await section.show({});
    expect(all<HTMLOptionElement>("option").map(({ value }) => value)).toEqual(["king − man", "king − mango"]);
    await section.show({ metadata: null });
    await userEvent.fill(input(), "king − ma");
    await section.show({});
    expect(all("option")).toEqual([]);
  });

  it("is marked, with the reason below, where a word is no label", async () => {
    expect(input().getAttribute("aria-invalid")).toBe("false");
    await section.show({ termsNote: "No point is labeled «x»." });
    expect(input().getAttribute("aria-invalid")).toBe("true");
    expect(all("[role=status]").map((note) => note.textContent)).toEqual(["No point is labeled «x»."]);
  });

  it("has the focus that its section is given, and that of a press beside the terms", async () => {
    section.panel.focus();
    expect(deepFocus()).toBe(input());
    input().blur();
    all(".expression")[0]!.click();
    expect(deepFocus()).toBe(input());
  });
});

it("terms are scaled to length one on demand", async () => {
  const before = section.store.state.normalizeTerms;
  await userEvent.click(field("Normalize"));
  expect(section.store.state.normalizeTerms).toBe(!before);
  await section.show({ normalizeTerms: before });
  expect(field("Normalize").checked).toBe(before);
});
