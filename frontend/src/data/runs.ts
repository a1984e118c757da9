/** The response of `/runs`: the runs of a logdir, their embeddings, and problems found. Types of docs/http_api.md. */

export interface Step {
  step: number | null;
  version: string;
  shape: [number, number];
  dtype: string;
  file: string;
}

interface MetadataFile {
  file: string;
  version: string;
  bytes: number;
}

export interface SpriteFile {
  file: string;
  version: string;
  image_size: [number, number];
  single_image_dim: [number, number];
  columns: number;
  rows: number;
  /** The same thumbnails on smaller sheets; null if a single one is larger than such a sheet. */
  pages: { count: number; columns: number; rows: number; image_size: [number, number] } | null;
}

export interface Embedding {
  name: string;
  configured: boolean;
  optimizer_slot: boolean;
  /** «checkpoint», or the name of a format of files. */
  source: string;
  shape: [number, number];
  dtype: string;
  steps: Step[];
  metadata: MetadataFile | null;
  sprite: SpriteFile | null;
}

/** A tensor that is not a matrix of real numbers; `shape` is null if it is unknown. */
export interface LeftOut {
  name: string;
  shape: number[] | null;
  dtype: string;
  reason: string;
}

export interface Run {
  name: string;
  embeddings: Embedding[];
  /** Tensors that are not shown: some by name, and the number of the others. */
  left_out?: { tensors: LeftOut[]; more: number };
}

export interface Problem {
  level: "error" | "warning" | "info";
  kind: string;
  message: string;
  fix: string;
  run: string | null;
  embedding: string | null;
  file: string | null;
  line: number | null;
}

export interface ScanStatus {
  logdir: string;
  directories: number;
  config_files: number;
  checkpoints: number;
  done: boolean;
  /** The run that a scan has been reading for longer than two seconds. */
  reading?: string;
}

/** Says which run keeps the server from having read all; null if none does. */
export function readingWords(scan: ScanStatus | undefined): string | null {
  if (scan?.reading === undefined) return null;
  const name = scan.reading === "." ? "The logdir's own run" : `The run ${scan.reading}`;
  return `${name} takes long to read; what is missing comes when it is read.`;
}

export interface Runs {
  version: string;
  scan: ScanStatus;
  runs: Run[];
  problems: Problem[];
}

/** The result of a vectors file opened in the browser. */
export interface UploadedVectors {
  run: string;
  name: string;
  upload: string;
  embedding: Embedding;
  problems: Problem[];
}

export interface UploadedMetadata {
  upload: string;
  metadata: MetadataFile & { rows: number; lines: number; header: boolean; columns: string[] };
  problems: Problem[];
}

/** The data shown: one step of one embedding of one run. */
export interface Shown {
  run: Run;
  embedding: Embedding;
  step: Step;
}

/**
 * The data to show for names that may be missing or outdated: by default the first run that can be read, or the first
 * with an embedding if none can; its first embedding that can be read, its newest step. Null if there is nothing to
 * show, or nothing in the run that is named.
 */
export function chooseShown(
  runs: Runs,
  wanted: { run: string | null; embedding: string | null; step: number | null },
): Shown | null {
  if (unshownRun(runs, wanted.run) !== null) return null;
  const full = runs.runs.filter((run) => run.embeddings.some(hasSteps));
  const named = full.find((run) => run.name === wanted.run);
  const run = named ?? full.find((run) => firstReadable(runs, run) !== undefined) ?? full[0];
  if (run === undefined) return null;
  const embeddings = run.embeddings.filter(hasSteps);
  const usual = named === undefined ? firstReadable(runs, run) : embeddings[0];
  const embedding = embeddings.find((embedding) => embedding.name === wanted.embedding) ?? usual ?? embeddings[0]!;
  const step = embedding.steps.find((step) => step.step === wanted.step) ?? embedding.steps.at(-1)!;
  return { run, embedding, step };
}

/** The run of this name if none of its tensors can be shown; null if it has others, or is not there. */
export function unshownRun({ runs }: Runs, name: string | null): Run | null {
  const run = runs.find((run) => run.name === name);
  return run !== undefined && run.embeddings.length === 0 && namesTensors(run) ? run : null;
}

/** The runs that can be chosen: those with a tensor to show, or to say something about. */
export function choosableRuns(runs: Runs | null): Run[] {
  return (runs?.runs ?? []).filter((run) => run.embeddings.length > 0 || namesTensors(run));
}

function namesTensors({ left_out }: Run): boolean {
  return (left_out?.tensors.length ?? 0) > 0;
}

function hasSteps(embedding: Embedding): boolean {
  return embedding.steps.length > 0;
}

/** The first embedding without an error, neither its own nor the run's. */
function firstReadable(runs: Runs, run: Run): Embedding | undefined {
  const errors = runs.problems.filter((problem) => problem.level === "error" && problem.run === run.name);
  if (errors.some(({ embedding }) => embedding === null)) return undefined;
  return run.embeddings.find((one) => hasSteps(one) && !errors.some(({ embedding }) => embedding === one.name));
}

/** «eval/metadata.tsv:17» */
export function problemLocation(problem: Problem): string {
  if (problem.file === null) return problem.run ?? "";
  return problem.line === null ? problem.file : `${problem.file}:${problem.line}`;
}

/** Whether two choices have the same points: another step of the same embedding does. */
export function isSameEmbedding(a: Shown, b: Shown): boolean {
  return a.run.name === b.run.name && a.embedding.name === b.embedding.name && a.step.shape[0] === b.step.shape[0];
}

/** Whether two choices have the same content, file by file. */
export function isSameShown(a: Shown, b: Shown): boolean {
  const versions = ({ embedding, step }: Shown) => [
    step.version,
    embedding.metadata?.version,
    embedding.sprite?.version,
  ];
  return isSameEmbedding(a, b) && a.step.step === b.step.step && String(versions(a)) === String(versions(b));
}
