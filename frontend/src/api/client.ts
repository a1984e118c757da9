/**
 * HTTP client: what the requests of all features share. Each feature knows its own routes of docs/http_api.md. URLs are
 * relative to the page's base, wherever TensorBoard is mounted.
 */

import type { Space } from "../data/space";
import { readBytes } from "./body";
import { ARROW_TYPE, writeColumns } from "./columns_body";
import { ApiError } from "./failure";
import { awaitAnswer, type JobWatch, refuse, requireOk } from "./jobs";
import type { Parameters } from "./parameters";

/** A GET, unless it has a body or names another method. */
export interface ServerRequest {
  readonly route: string;
  readonly parameters?: Parameters;
  readonly method?: "PUT" | "DELETE";
  /** The body: at most one of these. `json` is text. */
  readonly json?: string;
  readonly columns?: Readonly<Record<string, Float32Array | Int32Array>>;
  readonly file?: File;
  readonly headers?: Readonly<Record<string, string>>;
  /** The space that the request names: a restarted server has lost its subset, so this is sent again. */
  readonly space?: Space;
}

type Parse<T> = (bytes: Uint8Array) => T;

export class Client {
  constructor(private readonly base: string = document.baseURI) {}

  /** The successful response; throws ApiError for any other. */
  send(request: ServerRequest, signal?: AbortSignal): Promise<Response> {
    const [address, init] = [this.address(request), initOf(request)];
    return this.#withSubset(request, signal, () => requireOk(fetch(address, { ...init, signal: signal ?? null })));
  }

  async getJson<T>(request: ServerRequest, signal?: AbortSignal): Promise<T> {
    return (await this.send(request, signal)).json();
  }

  async getParsed<T>(request: ServerRequest, parse: Parse<T>, signal?: AbortSignal): Promise<T> {
    return parseBody(await this.send(request, signal), parse);
  }

  /** The result of a route that answers with a job if it takes long. Throws AbortError when aborted through `signal`. */
  async awaitParsed<T>(
    request: ServerRequest,
    parse: Parse<T>,
    watch: JobWatch,
    signal: AbortSignal,
    useFirst: (first: T) => void = () => {},
  ): Promise<T> {
    const [address, init] = [this.address(request), initOf(request)];
    const receive = (response: Response) => void parseBody(response, parse).then(useFirst, () => {});
    const wait = () => awaitAnswer(() => fetch(address, init), this.base, watch, signal, receive);
    return parseBody(await this.#withSubset(request, signal, wait), parse);
  }

  /** Reads the response to a request that has already been sent. */
  async readJson<T>(sent: Promise<Response>): Promise<T> {
    return (await requireOk(sent)).json();
  }

  /** Registers the rows with the server and returns the name of the subset. */
  async postSubset(rows: Int32Array, signal?: AbortSignal): Promise<string> {
    return (await this.getJson<{ subset: string }>({ route: "subsets", columns: { row: rows } }, signal)).subset;
  }

  /** A file of the server, such as a sprite sheet, by its URL; throws ApiError. */
  async fetchFile(url: string): Promise<Blob> {
    return (await requireOk(fetch(url))).blob();
  }

  address({ route, parameters = {} }: Pick<ServerRequest, "route" | "parameters">): string {
    const url = new URL(route, this.base);
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== null) url.searchParams.set(name, String(value));
    }
    return url.href;
  }

  async #withSubset<T>({ space }: ServerRequest, signal: AbortSignal | undefined, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      const subset = space?.subset ?? null;
      if (subset === null || !(error instanceof ApiError) || error.kind !== "not_found") throw error;
      await this.postSubset(subset.rows, signal);
      return send();
    }
  }
}

function initOf({ method, headers, ...request }: ServerRequest): RequestInit {
  const sent = bodyOf(request);
  if (sent === null) return { method: method ?? "GET", headers: headers ?? {} };
  return { method: method ?? "POST", body: sent.body, headers: { ...headers, "Content-Type": sent.type } };
}

function bodyOf({ json, columns, file }: ServerRequest): { body: BodyInit; type: string } | null {
  if (json !== undefined) return { body: json, type: "application/json" };
  if (columns !== undefined) return { body: writeColumns(columns), type: ARROW_TYPE };
  return file === undefined ? null : { body: file, type: "application/octet-stream" };
}

async function parseBody<T>(response: Response, parse: Parse<T>): Promise<T> {
  // A connection may also break in the middle of a body.
  const bytes = await readBytes(response).catch(refuse);
  try {
    return parse(bytes);
  } catch (error) {
    throw new ApiError("answer", error instanceof Error ? error.message : String(error), "Reload the page.");
  }
}
