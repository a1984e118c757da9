/** The list of commands: every key means one thing, and what cannot be done is not offered. */
import { describe, expect, it, vi } from "vitest";
import { makeCommands } from "../../../src/app/commands";
import { keyName } from "../../../src/page/key_names";
import { placeCommands } from "../../../src/app/place_commands";
import type { Actions } from "../../../src/state/actions";
import { isOffered } from "../../../src/state/command";
import { Store } from "../../../src/state/store";

function everyAction(): Actions {
  return new Proxy({} as Record<string, unknown>, {
    get: (made, name: string) => (made[name] ??= vi.fn()),
  }) as unknown as Actions;
}

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

describe("commands", () => {
  const store = new Store();
  const commands = makeCommands(store, everyAction()).flatMap((group) => group.commands);

  it("have one name and one key each", () => {
    const names = commands.map((command) => command.name);
    const keys = commands.flatMap((command) => command.keys);
    expect(names).toEqual([...new Set(names)]);
    expect(keys).toEqual([...new Set(keys)]);
  });

  it("do not offer what needs data while there is none", () => {
    const offered = commands.filter(isOffered).map((command) => command.name);
    expect(offered).toContain("Every command by name");
    expect(offered).not.toContain("t-SNE");
  });

  it("change the state they are made on", () => {
    commands.find((command) => command.keys.includes("D"))!.run();
    expect(store.state.dimensions).toBe(2);
  });

  it("name every column to color and label by", () => {
    const column = { kind: "number", name: "age", rows: 1, values: Float64Array.of(1) } as const;
    store.set({ metadata: { columns: [column], rows: 1, lines: 1, problems: [] } });
    const places = placeCommands(store).flatMap((group) => group.commands);
    places.find((command) => command.name === "Color by age")!.run();
    expect(store.state.colorBy).toBe("age");
    expect(places.map((command) => command.name)).toContain("Label by age");
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
  ])("%o is %s", (event, name) => expect(key(event)).toBe(name));
});
