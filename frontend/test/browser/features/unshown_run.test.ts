/** A run of which nothing can be shown: what it has, and the way to the others. */
import { beforeEach, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import type { LeftOut, Run } from "../../../src/data/runs";
import { UnshownRun } from "../../../src/features/data/unshown_run";
import { all, field } from "../dom";
import { runsOf } from "../page/mounted_page";
import { type Mounted, mountPanel, optionsOf } from "./mounted_panel";

const KERNEL: LeftOut = { name: "kernel", shape: [3, 3, 64], dtype: "float32", reason: "It is not a matrix." };
const WORDS: LeftOut = { name: "words", shape: null, dtype: "string", reason: "It has no numbers." };
const runOf = (name: string, ...tensors: LeftOut[]): Run => ({ name, embeddings: [], left_out: { tensors, more: 0 } });
const [FIRST, SECOND] = [runOf("first", KERNEL), runOf("second", WORDS)];
const EMPTY: Run = { name: "empty", embeddings: [] };
const [TRAIN] = runsOf().runs as [Run];

let run: Mounted;

beforeEach(async () => {
  run = await mountPanel(new UnshownRun());
});

it("says nothing before the runs are known, or where they have no tensor at all", async () => {
  expect(run.words().trim()).toBe("");
  await run.show({ runs: runsOf({ runs: [EMPTY] }) });
  expect(run.words().trim()).toBe("");
});

it("has the tensors of the run that was chosen, unfolded, each with its reason", async () => {
  await run.show({ runs: runsOf({ runs: [FIRST, SECOND] }), run: "second" });
  expect(field<HTMLSelectElement>("Run").value).toBe("second");
  expect(run.words()).toContain("1 tensor cannot be shown");
  expect(run.words()).toContain("words unknown shape, string It has no numbers.");
  expect(run.words()).not.toContain("kernel");
  expect(all<HTMLDetailsElement>("details")[0]!.open).toBe(true);
});

it.each([null, "gone", "empty"])("has the first run that has tensors where %s is chosen", async (chosen) => {
  await run.show({ runs: runsOf({ runs: [EMPTY, FIRST, SECOND] }), run: chosen });
  expect(field<HTMLSelectElement>("Run").value).toBe("first");
  expect(run.words()).toContain("kernel 3 × 3 × 64 float32");
});

it("leads to the other runs, those without tensors apart, and forgets what belongs to this one", async () => {
  await run.show({ runs: runsOf({ runs: [FIRST, EMPTY, TRAIN] }), run: "first" });
  expect(optionsOf("Run")).toEqual(["first", "train"]);
  await run.show({ embedding: "kernel", step: 3, colorBy: "kind" });
  await userEvent.selectOptions(field("Run"), "train");
  const { run: chosen, embedding, step, colorBy } = run.store.state;
  expect([chosen, embedding, step, colorBy]).toEqual(["train", null, null, null]);
});
