/** Which run, tensor and step the page opens on. */
import { expect, it } from "vitest";
import { leftOutShape, leftOutWords } from "../../../src/data/left_out";
import { choosableRuns, chooseShown, type Embedding, type Problem, type Runs } from "../../../src/data/runs";

const NONE = { run: null, embedding: null, step: null };

function runsOf(names: Record<string, string[]>, errors: [run: string, embedding: string | null][]): Runs {
  const embeddingOf = (name: string) => ({ name, steps: [{ step: 1 }, { step: 2 }] }) as unknown as Embedding;
  const runs = Object.entries(names).map(([name, tensors]) => ({ name, embeddings: tensors.map(embeddingOf) }));
  const problems = errors.map(([run, embedding]) => ({ level: "error", run, embedding }) as Problem);
  return { version: "1", scan: {} as Runs["scan"], runs, problems };
}

function chosen(runs: Runs, wanted: Partial<typeof NONE> | { run: string; embedding?: string } = {}): unknown[] {
  const shown = chooseShown(runs, { ...NONE, ...wanted });
  return [shown?.run.name, shown?.embedding.name, shown?.step.step];
}

it("the first run that can be read is shown at its newest step", () => {
  const names = { a: ["e"], b: ["e"], c: ["e"] };
  expect(chosen(runsOf(names, []))).toEqual(["a", "e", 2]);
  expect(chosen(runsOf(names, [["a", "e"]]))).toEqual(["b", "e", 2]);
  expect(
    chosen(
      runsOf(names, [
        ["a", null],
        ["b", "e"],
      ]),
    ),
  ).toEqual(["c", "e", 2]);
});

it("a run is passed over neither for another's error nor for a warning", () => {
  const runs = runsOf({ a: ["e"], b: ["e"] }, [["b", "e"]]);
  const warning = { level: "warning", run: "a", embedding: "e" } as Problem;
  expect(chosen({ ...runs, problems: [...runs.problems, warning] })).toEqual(["a", "e", 2]);
});

it("an unreadable tensor is passed over for the next of its run", () => {
  expect(chosen(runsOf({ a: ["e", "f"], b: ["e"] }, [["a", "e"]]))).toEqual(["a", "f", 2]);
});

it("with nothing readable the first with a tensor is shown, which says why not", () => {
  const errors: [string, string | null][] = [
    ["a", null],
    ["b", null],
  ];
  expect(chosen(runsOf({ empty: [], a: ["e"], b: ["e"] }, errors))).toEqual(["a", "e", 2]);
});

it("a run that has only tensors that cannot be shown is none to show, and only by name", () => {
  const runs = runsOf({ a: [], b: ["e"], c: [] }, []);
  const kernel = { name: "kernel", shape: [3, 3, 64], dtype: "float32", reason: "three dimensions" };
  const [first, ...rest] = runs.runs;
  const odd = { ...runs, runs: [{ ...first!, left_out: { tensors: [kernel], more: 11 } }, ...rest] };
  expect(chosen(odd)).toEqual(["b", "e", 2]);
  expect(chooseShown(odd, { ...NONE, run: "a" })).toBeNull();
  expect(chosen(odd, { run: "c" })).toEqual(["b", "e", 2]);
  expect(choosableRuns(odd).map(({ name }) => name)).toEqual(["a", "b"]);
  expect([leftOutWords(odd.runs[0]!), leftOutWords(odd.runs[1]!)]).toEqual(["12 tensors cannot be shown", null]);
  expect(leftOutShape(kernel)).toBe("3 × 3 × 64 float32");
  expect(leftOutShape({ ...kernel, shape: null, dtype: "string" })).toBe("unknown shape, string");
});

it("what is named is shown, whatever its errors", () => {
  const runs = runsOf({ a: ["e", "f"], b: ["e"] }, [["a", "e"]]);
  expect(chosen(runs, { run: "a" })).toEqual(["a", "e", 2]);
  expect(chosen(runs, { run: "gone" })).toEqual(["a", "f", 2]);
});
