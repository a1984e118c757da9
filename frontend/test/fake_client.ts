/** A client without a server: a test makes the answers, as they are once parsed. */
import { Client, type ServerRequest } from "../src/api/client";
import type { JobWatch } from "../src/api/jobs";

interface Waiting {
  readonly watch: JobWatch;
  readonly signal: AbortSignal;
  /** Receives a first part of the answer. */
  useFirst(first: unknown): void;
}

type Answer = (request: ServerRequest, waiting: Waiting) => unknown;

export class FakeClient extends Client {
  /** @param answers by method and route: «GET runs». */
  constructor(private readonly answers: Readonly<Record<string, Answer>>) {
    super("http://any/");
  }

  override async send(request: ServerRequest): Promise<Response> {
    await this.#answer(request);
    return new Response();
  }

  override getJson<T>(request: ServerRequest): Promise<T> {
    return this.#answer(request) as Promise<T>;
  }

  override getParsed<T>(request: ServerRequest): Promise<T> {
    return this.#answer(request) as Promise<T>;
  }

  override awaitParsed<T>(
    request: ServerRequest,
    _parse: unknown,
    watch: JobWatch,
    signal: AbortSignal,
    useFirst: (first: T) => void = () => {},
  ): Promise<T> {
    return this.#answer(request, { watch, signal, useFirst: (first) => useFirst(first as T) }) as Promise<T>;
  }

  async #answer(request: ServerRequest, waiting?: Waiting): Promise<unknown> {
    const { json, columns, file } = request;
    const usual = json === undefined && columns === undefined && file === undefined ? "GET" : "POST";
    const what = `${request.method ?? usual} ${request.route}`;
    const answer = this.answers[what];
    if (answer === undefined) throw new Error(`The test has no answer to ${what}.`);
    return answer(request, waiting!);
  }
}
