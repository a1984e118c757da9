import { expect, it } from "vitest";
import type { Projection } from "../../../src/data/projection";
import type { Problem, Runs } from "../../../src/data/runs";
import { problemsInOrder } from "../../../src/state/derived";
import { initialState, type State } from "../../../src/state/state";

function makeProblem(message: string, level: Problem["level"]): Problem {
  return { level, kind: "bad_data", message, fix: "", run: "train", embedding: null, file: "train/a", line: null };
}

it("problems of the listing and of what was read stand in one list, worst first, each once", () => {
  const [listed, both, read] = [
    makeProblem("listed", "info"),
    makeProblem("both", "error"),
    makeProblem("read", "warning"),
  ];
  const runs = { version: "1", scan: {}, runs: [], problems: [listed, both] } as unknown as Runs;
  const projection = { problems: [{ ...both }, read] } as unknown as Projection;
  const found = problemsInOrder({ ...initialState(), runs, projection });
  expect(found.map((problem) => problem.message)).toEqual(["both", "read", "listed"]);
});

it("a problem of the metadata is listed once: its answer does not name the run, the listing does", () => {
  const shown = { run: { name: "train" } } as State["shown"];
  const listed = makeProblem("too few lines", "warning");
  const metadata = { problems: [{ ...listed, run: null, embedding: null }] } as unknown as State["metadata"];
  const runs = { runs: [], problems: [listed] } as unknown as Runs;
  const state = { ...initialState(), shown, metadata };
  expect(problemsInOrder({ ...state, runs })).toHaveLength(1);
  expect(problemsInOrder(state).map(({ run }) => run)).toEqual(["train"]);
});

it("those of the open run, and of no run, come before worse ones of others", () => {
  const of = (run: string | null, level: Problem["level"]) => ({ ...makeProblem(`${run} ${level}`, level), run });
  const problems = [of("other", "error"), of("train", "info"), of(null, "warning"), of("train", "error")];
  const runs = { runs: [], problems } as unknown as Runs;
  const shown = { run: { name: "train" } } as State["shown"];
  const found = problemsInOrder({ ...initialState(), runs, shown }).map(({ message }) => message);
  expect(found).toEqual(["train error", "null warning", "train info", "other error"]);
});

it("those of the answer about custom axes are among them", () => {
  const projectedAxes = { axes: [], found: [], problems: [makeProblem("row 3 holds NaN", "warning")] };
  expect(problemsInOrder({ ...initialState(), projectedAxes }).map(({ message }) => message)).toEqual([
    "row 3 holds NaN",
  ]);
});
