/** Problems of several answers in one list: each once, those of the open run first. */
import type { Problem } from "./runs";

const ORDER = { error: 0, warning: 1, info: 2 } as const;

/** Answers about the data of one run do not name it; `/runs` does. */
export function withRun(problems: readonly Problem[], run: string | null): Problem[] {
  return problems.map((problem) => (problem.run === null ? { ...problem, run } : problem));
}

/** Whether a problem belongs to the open run, or to no other. */
export function isOfOpenRun(problem: Problem, open: string | null): boolean {
  return open === null || problem.run === null || problem.run === open;
}

/**
 * Without duplicates: those of the open run, then the others; within both the worst first. The same problem may come
 * from two answers, and from two tensors with one metadata file.
 */
export function orderProblems(problems: readonly Problem[], open: string | null): Problem[] {
  const once = new Map(problems.map((problem) => [problemKey(problem), problem]));
  const rank = (problem: Problem) => (isOfOpenRun(problem, open) ? 0 : 3) + ORDER[problem.level];
  return [...once.values()].sort((a, b) => rank(a) - rank(b));
}

export function problemKey({ run, file, line, message }: Problem): string {
  return JSON.stringify([run, file, line, message]);
}
