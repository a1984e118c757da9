/** The neighbors of a sum are those of the data shown. */
import { beforeEach, expect, it } from "vitest";
import type { Neighborhood } from "../../../src/data/neighborhood";
import type { Projection } from "../../../src/data/projection";
import type { Shown } from "../../../src/data/runs";
import { makeSumming } from "../../../src/features/neighbors/sum_follow";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";

const ROWS = 10;
/** The steps that the server was asked about, in order. */
let asked: number[];
let store: Store;

beforeEach(() => {
  [store, asked] = [new Store(), []];
  const client = new FakeClient({
    "POST neighbors": ({ json }) => {
      const { step } = JSON.parse(json!);
      asked.push(step);
      return { rows: Int32Array.of(step), distances: new Float32Array(1) } as Neighborhood;
    },
  });
  makeSumming(store, client, new Tasks(store, async () => {}));
});

function shownAt(step: number): Shown {
  const shown = { run: { name: "train" }, embedding: { name: "words" }, step: { step, version: `${step}` } };
  return { ...shown, step: { ...shown.step, shape: [ROWS, 4] } } as unknown as Shown;
}

function projectionOf(): Projection {
  return { rows: ROWS } as Projection;
}

const found = () => [...(store.state.sumNeighborhood?.rows ?? [])];

it("at another step, as soon as its picture is there; until then there are none", async () => {
  store.set({ shown: shownAt(1), projection: projectionOf(), terms: [{ row: 3, sign: 1 }] });
  await expect.poll(found).toEqual([1]);
  store.set({ shown: shownAt(2) });
  expect(found()).toEqual([]);
  store.set({ projection: projectionOf() });
  await expect.poll(found).toEqual([2]);
  store.set({ projection: projectionOf() });
  expect(asked).toEqual([1, 2]);
});
