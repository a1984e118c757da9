/** Names the tests that passed at their second try only, for the last lines of `make test`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Reporter, TestCase } from "vitest/node";

const LIST = new URL("../test-results/second_tries.txt", import.meta.url).pathname;

export class SecondTries implements Reporter {
  readonly #names: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#names.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd(): void {
    mkdirSync(dirname(LIST), { recursive: true });
    writeFileSync(LIST, this.#names.map((name) => `${name}\n`).join(""));
  }
}
