/**
 * HTTP client with one method per route of docs/http_api.md. URLs are relative to the page's base, wherever TensorBoard
 * is mounted.
 */

import { type AxesAnswer, parseAxes, parseDimensions } from "../data/axes_answer";
import type { BookmarksAnswer } from "../data/bookmark_file";
import { type NeighborGraph, parseGraph } from "../data/graph";
import { type Loadings, parseLoadings } from "../data/loadings";
import { type Metadata, parseMetadata } from "../data/metadata";
import { type Metric, type Neighborhood, parseNeighborhood } from "../data/neighborhood";
import { type Projection, parseProjection } from "../data/projection";
import { parseQuality, type Quality } from "../data/quality";
import type { Runs, Shown, UploadedMetadata, UploadedVectors } from "../data/runs";
import { gatherColumn, type Space } from "../data/space";
import { rowsOf, type Term } from "../data/terms";
import { readBytes } from "./body";
import { ARROW_TYPE, writeColumns } from "./columns_body";
import { ApiError } from "./failure";
import { awaitAnswer, type JobWatch, refuse, requireOk } from "./jobs";

type Parameters = Record<string, string | number | null>;

/** A direction between the means of rows (`subtract` null: of all), or a random one. */
export type AxisRequest =
  | { readonly add: Int32Array; readonly subtract: Int32Array | null }
  | { readonly random: number };

const BYTES_TYPE = "application/octet-stream";
const JSON_TYPE = "application/json";
/** Maximum number of rows listed in a request: longer lists are sent once, as a subset. */
const MAX_ROWS_LISTED = 10_000;

export class Client {
  constructor(private readonly base: string = document.baseURI) {}

  /** `uploads` are listed as additional runs. */
  fetchRuns(uploads: readonly string[] = [], signal?: AbortSignal): Promise<Runs> {
    const parameters = { uploads: uploads.length === 0 ? null : uploads.join(",") };
    return this.readRuns(fetch(this.#address("runs", parameters), { signal: signal ?? null }));
  }

  /** Parses the response to a `/runs` request that has already been sent. */
  async readRuns(request: Promise<Response>): Promise<Runs> {
    return (await requireOk(request)).json();
  }

  fetchProjection(shown: Shown, components: number, space: Space, signal?: AbortSignal): Promise<Projection> {
    const parameters = { ...tensorOf(shown), method: "pca", components };
    return this.#withSubset(space, signal, () =>
      this.#getParsed("projections", { ...parameters, ...spaceOf(space) }, parseProjection, signal),
    );
  }

  /** The weight of every dimension in `components` principal components. */
  fetchLoadings(shown: Shown, components: number, space: Space, signal?: AbortSignal): Promise<Loadings> {
    const parameters = { ...tensorOf(shown), method: "pca", components, loadings: 1 };
    return this.#withSubset(space, signal, () =>
      this.#getParsed("projections", { ...parameters, ...spaceOf(space) }, parseLoadings, signal),
    );
  }

  /** The given dimensions (0-based) of all vectors, one column each. */
  fetchDimensions(shown: Shown, dims: readonly number[], signal?: AbortSignal): Promise<readonly Float32Array[]> {
    const parameters = { ...tensorOf(shown), dims: dims.join(",") };
    return this.#getParsed("tensors", parameters, (bytes) => parseDimensions(bytes, dims), signal);
  }

  /** `upload` replaces the embedding's own metadata. */
  fetchMetadata(shown: Shown, upload: string | null = null, signal?: AbortSignal): Promise<Metadata> {
    const v = upload === null ? (shown.embedding.metadata?.version ?? null) : null;
    const parameters = { ...namesOf(shown), upload, v };
    return this.#getParsed("metadata", parameters, parseMetadata, signal);
  }

  fetchNeighborhood(
    shown: Shown,
    query: { row: number; k: number; metric: Metric },
    space: Space,
    signal?: AbortSignal,
  ): Promise<Neighborhood> {
    const parameters = { ...tensorOf(shown), ...query };
    return this.#withSubset(space, signal, () =>
      this.#getParsed("neighbors", { ...parameters, ...spaceOf(space) }, parseNeighborhood, signal),
    );
  }

  /** The neighbors of a sum and difference of rows, excluding these rows. */
  fetchSum(
    shown: Shown,
    query: { terms: readonly Term[]; normalized: boolean; k: number; metric: Metric },
    space: Space,
    signal?: AbortSignal,
  ): Promise<Neighborhood> {
    const { terms, ...others } = query;
    const [add, subtract] = [rowsOf(terms, 1), rowsOf(terms, -1)];
    const { spherize, subset } = { spherize: space.spherize, subset: space.subset?.name ?? null };
    const body = JSON.stringify({ ...namesOf(shown), ...others, spherize, subset, add, subtract });
    return this.#withSubset(space, signal, async () =>
      parseBody(await requireOk(post(this.#address("neighbors", {}), body, JSON_TYPE, signal)), parseNeighborhood),
    );
  }

  /** The k nearest neighbors of every row: a job if it takes long. Throws AbortError when aborted through `signal`. */
  fetchGraph(
    shown: Shown,
    query: { k: number; metric: Metric },
    space: Space,
    watch: JobWatch,
    signal: AbortSignal,
    useFirst: (first: NeighborGraph) => void = () => {},
  ): Promise<NeighborGraph> {
    const address = () => this.#address("graph", { ...tensorOf(shown), ...query, ...spaceOf(space) });
    const receive = (response: Response) => void parseBody(response, parseGraph).then(useFirst, () => {});
    return this.#withSubset(space, signal, async () =>
      parseBody(await awaitAnswer(() => fetch(address()), this.base, watch, signal, receive), parseGraph),
    );
  }

  /** Measures how faithful these coordinates (one number per row of the embedding) are. Also a job. */
  measureQuality(
    shown: Shown,
    coordinates: { x: Float32Array; y: Float32Array; z: Float32Array | null },
    query: { k: number; metric: Metric },
    space: Space,
    watch: JobWatch,
    signal: AbortSignal,
  ): Promise<Quality> {
    const { x, y, z } = coordinates;
    const columns = Object.entries({ x, y, ...(z === null ? {} : { z }) });
    const body = writeColumns(
      Object.fromEntries(columns.map(([name, values]) => [name, gatherColumn(values, space.subset)])),
    );
    // A POST passes the version as a parameter too: coordinates of one step are invalid for another.
    const address = this.#address("quality", { ...tensorOf(shown), ...query, ...spaceOf(space) });
    return this.#withSubset(space, signal, async () =>
      parseBody(await awaitAnswer(() => post(address, body, ARROW_TYPE), this.base, watch, signal), parseQuality),
    );
  }

  /** One to three custom axes. Large sets of rows are sent to the server as separate subsets. */
  async projectAxes(
    shown: Shown,
    axes: readonly AxisRequest[],
    space: Space,
    signal?: AbortSignal,
  ): Promise<AxesAnswer> {
    const named = await Promise.all(axes.map((axis) => this.#nameRows(axis, signal)));
    const { run, name, step } = namesOf(shown);
    const { spherize, subset } = { spherize: space.spherize, subset: space.subset?.name ?? null };
    const body = JSON.stringify({ run, name, step, method: "axes", spherize, subset, axes: named });
    return this.#withSubset(space, signal, async () =>
      parseBody(await requireOk(post(this.#address("projections", {}), body, JSON_TYPE, signal)), parseAxes),
    );
  }

  /** Registers the rows with the server and returns the name of the subset. */
  async postSubset(rows: Int32Array, signal?: AbortSignal): Promise<string> {
    const body = writeColumns({ row: rows });
    const response = await requireOk(post(this.#address("subsets", {}), body, ARROW_TYPE, signal));
    return ((await response.json()) as { subset: string }).subset;
  }

  /** Saved views stored with the run. */
  async fetchBookmarks(shown: Shown, signal?: AbortSignal): Promise<BookmarksAnswer> {
    const { run, name } = namesOf(shown);
    return (
      await requireOk(fetch(this.#address("bookmarks", { run, name } as Parameters), { signal: signal ?? null }))
    ).json();
  }

  /** Saves a bookmark file with the run; `version` is that of the file being replaced. Returns the new one. */
  async putBookmarks(shown: Shown, bookmark: string, version: string | null, body: string): Promise<string> {
    const { run, name } = namesOf(shown);
    const address = this.#address("bookmarks", { run, name, bookmark, version } as Parameters);
    const init = { method: "PUT", body, headers: { "Content-Type": JSON_TYPE } };
    const response = await requireOk(fetch(address, init));
    return ((await response.json()) as { bookmark: { version: string } }).bookmark.version;
  }

  /** Removes a bookmark file of that version from the run. */
  async deleteBookmarks(shown: Shown, bookmark: string, version: string): Promise<void> {
    const { run, name } = namesOf(shown);
    const address = this.#address("bookmarks", { run, name, bookmark, version } as Parameters);
    await requireOk(fetch(address, { method: "DELETE" }));
  }

  /** Uploads the user's vectors, which become a run. */
  async postVectors(file: File, signal?: AbortSignal): Promise<UploadedVectors> {
    return (await requireOk(post(this.#address("uploads", { file: file.name }), file, BYTES_TYPE, signal))).json();
  }

  /** Uploads the user's metadata for the embedding shown. */
  async postMetadata(shown: Shown, file: File, signal?: AbortSignal): Promise<UploadedMetadata> {
    const address = this.#address("uploads", { file: file.name, ...namesOf(shown) });
    return (await requireOk(post(address, file, BYTES_TYPE, signal))).json();
  }

  /** URL of a file that metadata refers to by a path inside the logdir. */
  assetUrl(shown: Shown, path: string): string {
    return this.#address("assets", { run: shown.run.name, path });
  }

  /** The script of saved pages, as text: it is not loaded into this page. */
  async fetchPageViewer(): Promise<string> {
    return (await requireOk(fetch(this.#address("static/saved_page.js", {})))).text();
  }

  /** A file of the server, such as a sprite sheet, by its URL; throws ApiError. */
  async fetchFile(url: string): Promise<Blob> {
    return (await requireOk(fetch(url))).blob();
  }

  /** URL of the sheet or of one of its pages. */
  spriteUrl(shown: Shown, page: number | null = null): string {
    const v = shown.embedding.sprite?.version ?? null;
    return this.#address("sprites", { run: shown.run.name, name: shown.embedding.name, page, v });
  }

  /** Throws ApiError if the file is unavailable; requests only its first byte. */
  async checkAsset(shown: Shown, path: string): Promise<void> {
    await requireOk(fetch(this.assetUrl(shown, path), { headers: { Range: "bytes=0-0" } }));
  }

  /** A restarted server has lost its subsets, so the subset is sent again. */
  async #withSubset<T>(space: Space, signal: AbortSignal | undefined, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      if (space.subset === null || !(error instanceof ApiError) || error.kind !== "not_found") throw error;
      await this.postSubset(space.subset.rows, signal);
      return send();
    }
  }

  async #nameRows(axis: AxisRequest, signal?: AbortSignal): Promise<Record<string, unknown>> {
    if ("random" in axis) return axis;
    const name = async (rows: Int32Array) =>
      rows.length > MAX_ROWS_LISTED ? this.postSubset(rows, signal) : Array.from(rows);
    const { add, subtract } = axis;
    return { add: await name(add), ...(subtract === null ? {} : { subtract: await name(subtract) }) };
  }

  async #getParsed<T>(
    route: string,
    parameters: Parameters,
    parse: (bytes: Uint8Array) => T,
    signal?: AbortSignal,
  ): Promise<T> {
    return parseBody(await requireOk(fetch(this.#address(route, parameters), { signal: signal ?? null })), parse);
  }

  #address(route: string, parameters: Parameters): string {
    const url = new URL(route, this.base);
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== null) url.searchParams.set(name, String(value));
    }
    return url.href;
  }
}

async function parseBody<T>(response: Response, parse: (bytes: Uint8Array) => T): Promise<T> {
  // A connection may also break in the middle of a body.
  const bytes = await readBytes(response).catch(refuse);
  try {
    return parse(bytes);
  } catch (error) {
    throw new ApiError("answer", error instanceof Error ? error.message : String(error), "Reload the page.");
  }
}

function post(
  address: string,
  body: string | Uint8Array<ArrayBuffer> | File,
  type: string,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(address, { method: "POST", body, headers: { "Content-Type": type }, signal: signal ?? null });
}

function namesOf(shown: Shown): Parameters {
  return { run: shown.run.name, name: shown.embedding.name, step: shown.step.step };
}

function tensorOf(shown: Shown): Parameters {
  return { ...namesOf(shown), v: shown.step.version };
}

/** Omits defaults, so that default requests keep the URLs that are in the browser's cache. */
function spaceOf({ spherize, subset }: Space): Parameters {
  return { spherize: spherize ? 1 : null, subset: subset?.name ?? null };
}
