/** Requests that a test answers when it likes, in any order. */
import type { ServerRequest } from "../src/api/client";

interface Asked {
  readonly request: ServerRequest;
  answer(content: unknown): void;
  refuse(error: Error): void;
}

export class LateAnswers {
  /** The requests so far, answered or not. */
  readonly asked: Asked[] = [];

  /** For a `FakeClient`. */
  readonly wait = (request: ServerRequest): Promise<unknown> =>
    new Promise((answer, refuse) => this.asked.push({ request, answer, refuse }));

  /** One parameter of each request, in order. */
  parameters(name: string): unknown[] {
    return this.asked.map(({ request }) => request.parameters![name]);
  }
}
