import { expect, it } from "vitest";
import type { Projection } from "../../../src/data/projection";
import type { Problem, Runs } from "../../../src/data/runs";
import { problemsInOrder } from "../../../src/state/derived";
import { initialState } from "../../../src/state/state";

function makeProblem(message: string, level: Problem["level"]): Problem {
  return { level, kind: "bad_data", message, fix: "", run: "train", embedding: null, file: "train/a", line: null };
}

it("problems of the listing and of what was read stand in one list, worst first, each once", () => {
  const [listed, both, read] = [
    makeProblem("listed", "info"),
    makeProblem("both", "error"),
    makeProblem("read", "warning"),
  ];
  const runs = { version: "1", looked: {}, runs: [], problems: [listed, both] } as unknown as Runs;
  const projection = { problems: [{ ...both }, read] } as unknown as Projection;
  const found = problemsInOrder({ ...initialState(), runs, projection });
  expect(found.map((problem) => problem.message)).toEqual(["both", "read", "listed"]);
});
