/** The list of commands: every key means one thing, and what cannot be done is not offered. */
import { describe, expect, it } from "vitest";
import { SHORTEST } from "../../../src/data/number_spelling";
import type { Shown } from "../../../src/data/runs";
import { makeCommands, makeDataCommands } from "../../../src/features";
import { PICTURE_KEYS } from "../../../src/features/navigation/commands";
import { pageCommands } from "../../../src/page/commands";
import "../../../src/page/key_help";
import type { KeyHelp } from "../../../src/page/key_help";
import { keyName } from "../../../src/page/key_names";
import { isOffered } from "../../../src/state/command";
import { Store } from "../../../src/state/store";
import { everyAction } from "../../every_action";

function key(patch: Partial<KeyboardEvent>): string {
  return keyName({
    key: "",
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...patch,
  } as KeyboardEvent);
}

const SOURCES = import.meta.glob<string>("../../../src/**/*.ts", { query: "?raw", import: "default", eager: true });

/** The key caps of a line in the list of keys. */
function capsBeside(line: Element): string {
  return [...line.nextElementSibling!.querySelectorAll("kbd")].map((cap) => cap.textContent).join(" ");
}

describe("commands", () => {
  const store = new Store();
  const commands = makeCommands(store, everyAction(), pageCommands(store)).flatMap((group) => group.commands);

  it("have an id, words and a key of their own each", () => {
    const ids = commands.map((command) => command.id);
    const words = commands.map((command) => command.words);
    const keys = commands.flatMap((command) => command.keys);
    for (const names of [ids, words, keys]) expect(names).toEqual([...new Set(names)]);
    expect(words.filter((text) => text.trim() === "")).toEqual([]);
  });

  it("have no letter that the picture takes while it has focus", () => {
    const letters = PICTURE_KEYS.flatMap(({ keys }) => keys).flatMap((key) => key.split(" "));
    const taken = letters.filter((part) => /^[A-Z]$/.test(part));
    expect(taken).toContain("P");
    expect(commands.filter(({ keys }) => keys.some((one) => taken.includes(one)))).toEqual([]);
  });

  it("are what tooltips find their keys by", () => {
    const asking =
      /this\.tip\([^;]*?"([a-z-]+)"\)|(?:#renderCommand|#renderStep|#nameOf|#command|commandTip|commandOf)\("([a-z-]+)"/g;
    const used = Object.values(SOURCES).flatMap((text) => [...text.matchAll(asking)]);
    const ids = new Set(commands.map((command) => command.id));
    expect(used.length).toBeGreaterThan(20);
    expect(used.map((match) => match[1] ?? match[2]!).filter((id) => !ids.has(id))).toEqual([]);
  });

  it("have no key of an element that a tooltip gives by hand", () => {
    const byHand = /title="[^"$]*\((?:(?:Alt|Ctrl|Shift) [^)]+|Del|Delete|Enter|Backspace|Home|End|F\d+|[^\w\s])\)"/g;
    expect('title="Remove (Del)" title="Filter (Alt ↓)"'.match(byHand)).toHaveLength(2);
    const files = Object.entries(SOURCES).filter(([file]) => !file.includes("/controls/")); // They know no feature.
    const caps = /<kbd>[^$<]/g;
    const found = files.flatMap(([file, text]) =>
      [...(text.match(byHand) ?? []), ...(text.match(caps) ?? [])].map((tip) => file + tip),
    );
    expect(found).toEqual([]);
  });

  it("stand beside the keys that only elements know, after all others", () => {
    const groups = makeCommands(store, everyAction(), pageCommands(store));
    const lines = groups.flatMap(({ name, elementKeys }) =>
      (elementKeys ?? []).map(({ keys, words }) => `${name}, ${keys.join(" ")}: ${words}`),
    );
    expect(lines).toContain("Selection, Esc: Cancel the area that is being drawn");
    expect(lines).toContain("Held while selecting, Space: Drag the picture instead");
    expect(lines).toContain("With the picture in focus, ← → ↑ ↓: Orbit, in 2-D pan; with Shift pan");
    expect(lines).toContain("In the search field, Enter Shift Enter: Next match, previous match");
    expect(lines).toContain("In the bookmarks, F2: Rename it");
    expect(lines).toContain("In the legend, ↑ ↓: Go through the values");
    expect(lines).toContain("In a list of points, + −: Add the point to the sum, subtract it");
    expect(lines).toContain("In the field of the sum, Backspace: In the empty field: take the last point out");
    expect(lines).toContain("In the table, Ctrl A: Select all rows of the table");
    expect(lines).toContain("In the table, PageUp PageDown: A page up, a page down; with Shift select it");
    expect(groups.slice(-9).map(({ name }) => name)).toEqual([
      "Held while selecting",
      "With the picture in focus",
      "In the search field",
      "In a list of points",
      "In the field of the sum",
      "In the legend",
      "In the bookmarks",
      "In the table",
      "Everywhere",
    ]);
  });

  it("are in the list of keys, each with its keys, and so are those that only elements know", async () => {
    const groups = makeCommands(store, everyAction(), pageCommands(store));
    const actions = everyAction();
    actions.commands.mockReturnValue(groups);
    const help = Object.assign(document.createElement("key-help") as KeyHelp, { store: new Store(), actions });
    help.store.set({ helpOpen: true });
    document.body.append(help);
    await help.updateComplete;
    const listed = [...help.renderRoot.querySelectorAll("dt")].map((line) => [line.textContent, capsBeside(line)]);
    const lines = groups.flatMap((group) => [...group.commands, ...(group.elementKeys ?? [])]);
    const expected = lines.filter(({ keys }) => keys.length > 0).map(({ words, keys }) => [words, keys.join(" ")]);
    help.remove();
    expect(expected.length).toBeGreaterThan(60);
    expect(listed).toEqual(expected);
  });

  it("do not offer what needs data while there is none", () => {
    const offered = commands.filter((command) => isOffered(command, store.state)).map((command) => command.words);
    expect(offered).toContain("Every command by name");
    expect(offered).not.toContain("t-SNE");
  });

  it("change the state they are made on", () => {
    commands.find((command) => command.keys.includes("D"))!.run();
    expect(store.state.dimensions).toBe(2);
  });

  it("walk through the steps of the tensor, and stop at the ends", () => {
    const shownAt = (at: number) => {
      const embedding = { name: "e", steps: [10, 20, 30].map((step) => ({ step })) };
      return { run: { name: "r" }, embedding, step: embedding.steps[at] } as unknown as Shown;
    };
    const [previous, next] = ["[", "]"].map((key) => commands.find((command) => command.keys.includes(key))!);
    const offered = (at: number) => {
      store.set({ shown: shownAt(at) });
      return [previous, next].map((command) => isOffered(command!, store.state));
    };
    expect([offered(0), offered(1), offered(2)]).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ]);
    previous!.run();
    expect(store.state.step).toBe(20);
    store.set({ shown: shownAt(0) });
    next!.run();
    expect(store.state.step).toBe(20);
    const one = { ...shownAt(0), embedding: { ...shownAt(0).embedding, steps: [shownAt(0).step] } };
    store.set({ shown: one, step: null });
    expect([previous, next].map((command) => isOffered(command!, store.state))).toEqual([false, false]);
    store.set({ shown: null });
  });

  it("name every column to color and label by", () => {
    const column = { kind: "number", name: "age", rows: 1, values: Float64Array.of(1), spelling: SHORTEST } as const;
    store.set({ metadata: { columns: [column], rows: 1, lines: 1, problems: [] } });
    const dataCommands = makeDataCommands(store).flatMap((group) => group.commands);
    const ids = [...commands, ...dataCommands].map((command) => command.id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(dataCommands.filter(({ words, keys }) => words.trim() === "" || keys.length > 0)).toEqual([]);
    dataCommands.find((command) => command.words === "Color by age")!.run();
    expect(store.state.colorBy).toBe("age");
    expect(dataCommands.map((command) => command.words)).toContain("Label by age");
  });
});

describe("keyName", () => {
  it.each([
    [{ key: "f" }, "F"],
    [{ key: "F", shiftKey: true }, "Shift F"],
    [{ key: "?", shiftKey: true }, "?"],
    [{ key: "/", shiftKey: true }, "/"],
    [{ key: " " }, "Space"],
    [{ key: "Escape" }, "Esc"],
    [{ key: "k", ctrlKey: true }, "Ctrl K"],
    [{ key: "k", metaKey: true }, "Ctrl K"],
    [{ key: "Z", ctrlKey: true, shiftKey: true }, "Shift Ctrl Z"],
    [{ key: "[" }, "["],
    [{ key: "[", altKey: true }, "["],
    [{ key: "]", altKey: true, ctrlKey: true }, "]"],
    [{ key: "1", altKey: true }, "Alt 1"],
    [{ key: "a", altKey: true }, "Alt A"],
  ])("%o is %s", (event, name) => expect(key(event)).toBe(name));
});
