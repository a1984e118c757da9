import { expect, it } from "vitest";
import { readingWords } from "../../../src/data/runs";

const scan = { logdir: "logs", directories: 3, config_files: 1, checkpoints: 2, done: false };

it("names the run that is being read, if one takes long", () => {
  expect(readingWords({ ...scan, reading: "slow" })).toMatch(/^The run slow takes long to read;/);
  expect(readingWords({ ...scan, reading: "." })).toMatch(/^The logdir's own run takes long to read;/);
  expect([readingWords(scan), readingWords(undefined)]).toEqual([null, null]);
});
