/** An element is drawn again when, and only when, something that it showed changes. */
import { html } from "lit";
import { customElement } from "lit/decorators.js";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Problem } from "../../../src/data/runs";
import { problemsInOrder } from "../../../src/state/derived";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { StoreElement } from "../../../src/state/store_element";
import { settled } from "../settled";

const MEASURED: Problem = {
  level: "warning",
  kind: "bad_data",
  message: "2 rows hold NaN and were left out.",
  fix: "",
  file: null,
  line: null,
  run: "a",
  embedding: "b",
};

let drawn = 0;

/** Shows the list of problems while it is open, and the seed while it is not. */
@customElement("test-reader")
class Reader extends StoreElement {
  readSize = () => this.state.pointSize;

  override render() {
    drawn++;
    const { problemsOpen } = this.state;
    return html`${problemsOpen ? problemsInOrder(this.state).map(({ message }) => message) : this.state.seed}`;
  }
}

let store: Store;
let reader: Reader;

beforeEach(async () => {
  store = new Store();
  reader = Object.assign(document.createElement("test-reader") as Reader, { store });
  document.body.replaceChildren(reader);
  await settled();
  drawn = 0;
});
afterEach(() => reader.remove());

async function show(patch: Partial<State>): Promise<number> {
  drawn = 0;
  store.set(patch);
  await settled();
  return drawn;
}

it("is drawn for what it read and for nothing else", async () => {
  expect(await show({ seed: 7 })).toBe(1);
  expect(reader.shadowRoot?.textContent).toContain("7");
  expect(await show({ showLabels: !store.state.showLabels })).toBe(0);
});

it("follows what it reads: another branch, other fields", async () => {
  expect(await show({ problemsOpen: true })).toBe(1);
  expect(await show({ seed: 8 })).toBe(0);
  expect(await show({ problemsOpen: false })).toBe(1);
  expect(await show({ seed: 9 })).toBe(1);
});

it("watches what functions read for it: problems that a measurement found come into the open list", async () => {
  await show({ problemsOpen: true });
  const quality = { problems: [MEASURED] } as unknown as State["quality"];
  expect(await show({ quality })).toBe(1);
  expect(reader.shadowRoot?.textContent).toContain(MEASURED.message);
});

it("watches what is read for it between two drawings, by what it handed to others", async () => {
  expect(await show({ pointSize: 3 })).toBe(0);
  expect(reader.readSize()).toBe(3);
  expect(await show({ pointSize: 4 })).toBe(1);
});

it("hears nothing once it has left the page", async () => {
  reader.remove();
  expect(await show({ seed: 11 })).toBe(0);
});

it("shows what changed while it was out of the page", async () => {
  reader.remove();
  await show({ seed: 12 });
  document.body.append(reader);
  await settled();
  expect(reader.shadowRoot?.textContent).toContain("12");
});
