/** The runs, the metadata and the images of the data shown, and the user's own files. */
import type { Client } from "../../api/client";
import { embeddingOf, namesOf } from "../../api/parameters";
import { type Metadata, parseMetadata } from "../../data/metadata";
import type { Runs, Shown, UploadedMetadata, UploadedVectors } from "../../data/runs";

/** `uploads` are listed as additional runs. */
export function fetchRuns(client: Client, uploads: readonly string[] = [], signal?: AbortSignal): Promise<Runs> {
  const parameters = { uploads: uploads.length === 0 ? null : uploads.join(",") };
  return client.getJson({ route: "runs", parameters }, signal);
}

/** `upload` replaces the embedding's own metadata. */
export function fetchMetadata(
  client: Client,
  shown: Shown,
  upload: string | null = null,
  signal?: AbortSignal,
): Promise<Metadata> {
  const v = upload === null ? (shown.embedding.metadata?.version ?? null) : null;
  return client.getParsed({ route: "metadata", parameters: { ...namesOf(shown), upload, v } }, parseMetadata, signal);
}

/** Uploads the user's vectors, which become a run. */
export function postVectors(client: Client, file: File, signal?: AbortSignal): Promise<UploadedVectors> {
  return client.getJson({ route: "uploads", parameters: { file: file.name }, file }, signal);
}

/** Uploads the user's metadata for the embedding shown. */
export function postMetadata(
  client: Client,
  shown: Shown,
  file: File,
  signal?: AbortSignal,
): Promise<UploadedMetadata> {
  return client.getJson({ route: "uploads", parameters: { file: file.name, ...namesOf(shown) }, file }, signal);
}

/** URL of the sheet or of one of its pages. */
export function spriteUrl(client: Client, shown: Shown, page: number | null = null): string {
  const parameters = { ...embeddingOf(shown), page, v: shown.embedding.sprite?.version ?? null };
  return client.address({ route: "sprites", parameters });
}
