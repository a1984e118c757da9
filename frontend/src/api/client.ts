/** One method for each route of docs/http_api.md. Addresses hang off the page's base, wherever TensorBoard lives. */
import { type Metadata, parseMetadata } from "../data/metadata";
import { type Metric, type Neighborhood, parseNeighborhood } from "../data/neighborhood";
import { type Projection, parseProjection } from "../data/projection";
import type { Runs, Shown } from "../data/runs";
import { ApiError, isAbort, networkFailure, readFailure } from "./failure";

type Parameters = Record<string, string | number | null>;

export class Client {
  constructor(private readonly base: string = document.baseURI) {}

  fetchRuns(signal?: AbortSignal): Promise<Runs> {
    return this.readRuns(fetch(this.#address("runs", {}), { signal: signal ?? null }));
  }

  /** The answer to a request for `/runs` that was sent already. */
  async readRuns(asked: Promise<Response>): Promise<Runs> {
    return (await readGood(asked)).json();
  }

  fetchProjection(shown: Shown, components: number, signal?: AbortSignal): Promise<Projection> {
    const parameters = { ...tensorOf(shown), method: "pca", components };
    return this.#getParsed("projections", parameters, parseProjection, signal);
  }

  fetchMetadata(shown: Shown, signal?: AbortSignal): Promise<Metadata> {
    const parameters = { ...namesOf(shown), v: shown.embedding.metadata?.version ?? null };
    return this.#getParsed("metadata", parameters, parseMetadata, signal);
  }

  fetchNeighborhood(
    shown: Shown,
    query: { row: number; k: number; metric: Metric },
    signal?: AbortSignal,
  ): Promise<Neighborhood> {
    return this.#getParsed("neighbors", { ...tensorOf(shown), ...query }, parseNeighborhood, signal);
  }

  /** The address of the sheet, for whoever loads images. */
  spriteUrl(shown: Shown): string {
    const v = shown.embedding.sprite?.version ?? null;
    return this.#address("sprites", { run: shown.run.name, name: shown.embedding.name, v });
  }

  async #getParsed<T>(
    route: string,
    parameters: Parameters,
    parse: (bytes: Uint8Array) => T,
    signal?: AbortSignal,
  ): Promise<T> {
    const response = await readGood(fetch(this.#address(route, parameters), { signal: signal ?? null }));
    const bytes = new Uint8Array(await readBody(response));
    try {
      return parse(bytes);
    } catch (error) {
      throw new ApiError("answer", error instanceof Error ? error.message : String(error), "Reload the page.");
    }
  }

  #address(route: string, parameters: Parameters): string {
    const url = new URL(route, this.base);
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== null) url.searchParams.set(name, String(value));
    }
    return url.href;
  }
}

async function readGood(asked: Promise<Response>): Promise<Response> {
  const response = await asked.catch(refuse);
  if (!response.ok) throw await readFailure(response);
  return response;
}

/** A connection may break in the middle of a body, too. */
function readBody(response: Response): Promise<ArrayBuffer> {
  return response.arrayBuffer().catch(refuse);
}

function refuse(cause: unknown): never {
  throw isAbort(cause) ? cause : networkFailure(cause);
}

function namesOf(shown: Shown): Parameters {
  return { run: shown.run.name, name: shown.embedding.name, step: shown.step.step };
}

function tensorOf(shown: Shown): Parameters {
  return { ...namesOf(shown), v: shown.step.version };
}
