/** Files dropped onto the page: bookmarks by their content, vectors and metadata by the half. */
import { beforeEach, expect, it } from "vitest";
import { ApiError } from "../../../src/api/failure";
import { makeBookmarking } from "../../../src/features/bookmarks/follow";
import { makeDropping } from "../../../src/features/data/dropping";
import { makeUploading } from "../../../src/features/data/uploads";
import type { Actions } from "../../../src/state/actions";
import { MethodCoordinates } from "../../../src/state/method_coordinates";
import type { State } from "../../../src/state/state";
import { Store } from "../../../src/state/store";
import { Tasks } from "../../../src/work/tasks";
import { FakeClient } from "../../fake_client";

const OURS = { format: "tb-projector-plugin", version: 1, label: "ours", data: { rows: 4, dims: 8 }, view: {} };
const BUILT_IN = { label: "theirs", projections: [], dataSetDimensions: [4, 8] };

let store: Store;
let actions: Actions;
/** Names of the files that the server got. */
let sent: string[];

beforeEach(() => {
  [store, actions, sent] = [new Store(), {} as Actions, []];
  const client = new FakeClient({
    "POST uploads": ({ file, parameters }) => {
      sent.push((file as File).name);
      if ((file as File).name === "torn.tsv") throw new ApiError("bad_data", "It is torn.", "Fix it.");
      const metadata = { file: (file as File).name, lines: 4, columns: ["a"] };
      if (parameters!.run !== undefined) return { upload: "b".repeat(16), metadata, problems: [] };
      const { name } = file as File;
      return {
        run: name,
        name,
        upload: `${sent.length}`.padStart(16, "a"),
        embedding: { shape: [4, 2] },
        problems: [],
      };
    },
    "GET bookmarks": () => ({ saving: { allowed: false, why: null, fix: null }, bookmarks: [], left_out: 0 }),
  });
  const tasks = new Tasks(store, async () => {});
  Object.assign(
    actions,
    { loadRuns: async () => {} },
    makeUploading(store, client, tasks, actions),
    makeBookmarking(store, client, new MethodCoordinates(store), actions),
    makeDropping(store, actions),
  );
  const step = { step: 1, version: "v", shape: [4, 8] };
  store.set({ shown: { run: { name: "r" }, embedding: { name: "e" }, step } as unknown as State["shown"] });
});

const fileOf = (name: string, content: unknown = "1\t2\n") =>
  new File([typeof content === "string" ? content : JSON.stringify(content)], name);
const labels = () => store.state.bookmarks.map(({ label }) => label);

it.each(["vectors", "metadata"] as const)(
  "bookmarks are loaded as such where %s are meant, by whatever name",
  async (half) => {
    await actions.openDropped([fileOf("tour.json", [OURS]), fileOf("state.txt", BUILT_IN)], half);
    expect([labels(), sent, store.state.bookmarksOpen]).toEqual([["ours", "theirs"], [], true]);
  },
);

it("a damaged file of bookmarks is reported as one", async () => {
  await actions.openDropped([fileOf("tour.json", "[{")], "vectors");
  expect(store.state.bookmarkNotes.join()).toContain("tour.json: This is not a bookmark file: it is not valid JSON");
  expect(sent).toEqual([]);
});

it("all vectors are opened, bookmarks among them, too; the last are shown, and all are described", async () => {
  const files = [fileOf("one.tsv"), fileOf("tour.json", [OURS]), fileOf("brackets.tsv", "[UNK]\t1\t2\n")];
  await actions.openDropped(files, "vectors");
  expect([sent, labels(), store.state.run]).toEqual([["one.tsv", "brackets.tsv"], ["ours"], "brackets.tsv"]);
  expect(store.state.uploads).toHaveLength(2);
  for (const name of sent) expect(store.state.uploadNote).toContain(`${name}: 4 points`);
});

it("those after one that cannot be read are named", async () => {
  await actions.openDropped(
    ["one.tsv", "torn.tsv", "two.tsv", "three.tsv"].map((name) => fileOf(name)),
    "vectors",
  );
  expect([sent, store.state.failures.upload?.message]).toEqual([["one.tsv", "torn.tsv"], "It is torn."]);
  expect(store.state.uploadNote).toMatch(/^one\.tsv: 4 points.*Not read after the error: two\.tsv, three\.tsv\.$/);
});

it.each([
  ["vectors", "with a vector in each line"],
  ["metadata", "with a line for each point"],
] as const)("an empty file dropped on %s is refused with what it should hold", async (half, words) => {
  await actions.openDropped([fileOf("empty.tsv", "")], half);
  expect([sent, store.state.failures.upload?.message]).toEqual([[], "empty.tsv is empty, or a folder."]);
  expect(store.state.failures.upload?.fix).toContain(words);
});

it("of several files of metadata, the first is loaded and the others are named", async () => {
  await actions.openDropped([fileOf("a.tsv"), fileOf("b.tsv")], "metadata");
  expect([sent, store.state.metadataUpload]).toEqual([["a.tsv"], "b".repeat(16)]);
  expect(store.state.metadataFiles).toEqual({ ["b".repeat(16)]: "a.tsv" });
  expect(store.state.uploadNote).toMatch(/^a\.tsv: 4 lines.* Metadata is one file; not read: b\.tsv\.$/);
});
