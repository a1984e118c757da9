/** A failure says what happened, where, and what to do; the place is not said twice. */
import { afterEach, expect, it } from "vitest";
import "../../../src/controls/failure_note";
import type { FailureNote } from "../../../src/controls/failure_note";
import type { Failure } from "../../../src/data/task";

const FIX = "Save it again.";

afterEach(() => document.body.replaceChildren());

async function linesOf(failure: Failure): Promise<string[]> {
  const note = document.createElement("failure-note") as FailureNote;
  note.failure = failure;
  document.body.append(note);
  await note.updateComplete;
  return [...note.shadowRoot!.querySelectorAll("p")].map((line) => line.textContent);
}

it.each([
  ["a/v.tsv, line 3: received «x», a number is expected.", "a/v.tsv, line 3", []],
  ["A number is expected.", "a/v.tsv, line 3", ["a/v.tsv, line 3"]],
  ["A number is expected.", "", []],
])("«%s» at «%s»", async (message, location, shown) => {
  expect(await linesOf({ message, fix: FIX, location })).toEqual([message, ...shown, FIX]);
});
