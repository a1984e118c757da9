/** Opens local files: vectors as an additional run, metadata for the embedding shown. */
import type { Client } from "../../api/client";
import { plural } from "../../data/format";
import type { Problem } from "../../data/runs";
import type { Actions } from "../../state/actions";
import type { Store } from "../../state/store";
import { switchData } from "../../state/switch_data";
import { METADATA_FILES, pickFile, VECTOR_FILES } from "../../work/pick_file";
import type { Tasks } from "../../work/tasks";
import type { DataActions, OpenedAs } from "./fields";
import { postMetadata, postVectors } from "./requests";

/** Advice for an empty file. */
const WANTED = {
  vectors: "Choose a TSV, CSV or .npy file with a vector in each line.",
  metadata: "Choose a TSV or CSV file with a line for each point.",
} as const satisfies Record<OpenedAs, string>;
/** The server's limit. */
const MAX_MIB = 512;
const MIB = 1 << 20;

type UploadActions = Pick<DataActions, "openVectors" | "loadMetadata" | "forgetMetadata">;

export function makeUploading(store: Store, client: Client, tasks: Tasks, actions: Actions): UploadActions {
  const uploading = new Uploading(store, client, tasks, actions);
  return {
    openVectors: async (file) => uploading.openVectors(file ?? (await pickFile(VECTOR_FILES))),
    loadMetadata: async (file) => uploading.loadMetadata(file ?? (await pickFile(METADATA_FILES))),
    forgetMetadata: () => store.set({ metadataUpload: null }),
  };
}

class Uploading {
  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly tasks: Tasks,
    private readonly actions: Actions,
  ) {}

  async openVectors(file: File | null): Promise<void> {
    if (file === null || !this.#isSendable(file, "vectors")) return;
    const answer = await this.tasks.run("upload", `Reading ${file.name}`, (signal) =>
      postVectors(this.client, file, signal),
    );
    if (answer === undefined) return;
    const { uploads } = this.store.state;
    this.store.set({ uploads: [...uploads.filter((one) => one !== answer.upload), answer.upload] });
    await this.actions.loadRuns();
    const [rows, dimensions] = answer.embedding.shape;
    const read = `${answer.name}: ${plural(rows, "point")} in ${plural(dimensions, "dimension")}`;
    this.store.set(switchData({ run: answer.run, embedding: answer.name, step: null }));
    // The note is on the new tensor: it comes after the switch, which takes those on others away.
    this.store.set({
      uploadNote: `${read}${wordsOf(answer.problems)}. They are in the server's memory until it ends.`,
    });
  }

  async loadMetadata(file: File | null): Promise<void> {
    const { shown } = this.store.state;
    if (file === null || shown === null || !this.#isSendable(file, "metadata")) return;
    const answer = await this.tasks.run("upload", `Reading ${file.name}`, (signal) =>
      postMetadata(this.client, shown, file, signal),
    );
    if (answer === undefined || shown !== this.store.state.shown) return;
    const { metadata, problems, upload } = answer;
    this.store.set({
      metadataUpload: upload,
      metadataFiles: { ...this.store.state.metadataFiles, [upload]: metadata.file },
      uploadNote: `${metadata.file}: ${plural(metadata.lines, "line")}, ${plural(metadata.columns.length, "column")}${wordsOf(problems)}.`,
    });
  }

  /** Rejects what can be rejected without the server. */
  #isSendable(file: File, kind: OpenedAs): boolean {
    this.store.set({ uploadNote: null });
    const failure = whyNotSend(file, kind);
    if (failure === null) return true;
    this.tasks.fail("upload", failure);
    return false;
  }
}

function whyNotSend(file: File, kind: OpenedAs): { message: string; fix: string } | null {
  if (file.size === 0) {
    return { message: `${file.name} is empty, or a folder.`, fix: WANTED[kind] };
  }
  if (file.size <= MAX_MIB * MIB) return null;
  const size = `${Math.ceil(file.size / MIB).toLocaleString("en-US")} MiB`;
  return {
    message: `${file.name} has ${size}; up to ${MAX_MIB} MiB can be opened here.`,
    fix: "Put it into the logdir and name it in a projector_config.pbtxt: there it is read from the disk.",
  };
}

/** « (2 of its lines …)» */
function wordsOf(problems: readonly Problem[]): string {
  return problems.length === 0 ? "" : ` (${problems.map(({ message }) => message.replace(/\.$/, "")).join("; ")})`;
}
