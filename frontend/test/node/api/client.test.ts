/** The client against a real HTTP server. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Client } from "../../../src/api/client";
import { type ApiError, isAbort } from "../../../src/api/failure";
import { Latest } from "../../../src/api/latest";
import { fetchProjection } from "../../../src/api/shared_requests";
import type { Shown } from "../../../src/data/runs";
import { fetchMetadata, fetchRuns, postVectors, spriteUrl } from "../../../src/features/data/requests";
import { fetchNeighborhood } from "../../../src/features/neighbors/requests";
import { neighborBytes, projectionBytes } from "../arrow_bytes";

const SHOWN = {
  run: { name: "a & b", embeddings: [] },
  embedding: {
    name: "layer/kernel:0",
    metadata: { file: "m.tsv", version: "mv", bytes: 1 },
    sprite: { version: "sv" },
  },
  step: { step: 7, version: "tv", shape: [3, 4], dtype: "float32", file: "f" },
} as unknown as Shown;

const STORED = { spherize: false, subset: null };

let server: Server;
let client: Client;
let requested: URL[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

const watch = { onProgress: () => {}, untilPresent: () => Promise.resolve() };
const never = new AbortController().signal;

beforeEach(async () => {
  requested = [];
  server = createServer((request, response) => {
    requested.push(new URL(request.url!, "http://any"));
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  client = new Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}/prefix/data/plugin/embeddings/`);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const failureOf = async (promise: Promise<unknown>): Promise<ApiError> =>
  promise.then(
    () => expect.fail("it went well"),
    (error) => error,
  );

describe("addresses", () => {
  it("hang off the base and name the version", async () => {
    answer = (_, response) => response.end(projectionBytes());
    expect((await fetchProjection(client, SHOWN, 3, STORED, watch, never)).rows).toBe(3);
    expect(requested[0]!.pathname).toBe("/prefix/data/plugin/embeddings/projections");
    expect(Object.fromEntries(requested[0]!.searchParams)).toEqual({
      run: "a & b",
      name: "layer/kernel:0",
      step: "7",
      v: "tv",
      method: "pca",
      components: "3",
    });
    answer = (_, response) => response.end(neighborBytes());
    await fetchNeighborhood(
      client,
      { ...SHOWN, step: { ...SHOWN.step, step: null } },
      { row: 7, k: 2, metric: "cosine" },
      STORED,
    );
    expect(Object.fromEntries(requested[1]!.searchParams)).toEqual({
      run: "a & b",
      name: "layer/kernel:0",
      v: "tv",
      row: "7",
      k: "2",
      metric: "cosine",
    });
    expect(new URL(spriteUrl(client, SHOWN)).searchParams.get("v")).toBe("sv");
  });
});

it("a request is sent with the method, the kind of body and the headers that it has", async () => {
  const sent: (string | undefined)[][] = [];
  answer = ({ method, headers }, response) => {
    sent.push([method, headers["content-type"], headers.range]);
    response.end("{}");
  };
  await postVectors(client, new File(["1\t2"], "v.tsv"));
  await client.send({ route: "bookmarks", method: "PUT", json: "[]" });
  await client.send({ route: "bookmarks", method: "DELETE" });
  await client.send({ route: "assets", headers: { Range: "bytes=0-0" } });
  await client.send({ route: "assets", json: "{}", headers: { Range: "bytes=0-0" } });
  expect(sent).toEqual([
    ["POST", "application/octet-stream", undefined],
    ["PUT", "application/json", undefined],
    ["DELETE", undefined, undefined],
    ["GET", undefined, "bytes=0-0"],
    ["POST", "application/json", "bytes=0-0"],
  ]);
  expect(requested[0]!.search).toBe("?file=v.tsv");
});

describe("failures", () => {
  it("of the server come with kind, fix and place", async () => {
    const error = {
      kind: "bad_data",
      message: "The file is short.",
      fix: "Write it again.",
      file: "train/m.tsv",
      line: 9,
    };
    answer = (_, response) => response.writeHead(422).end(JSON.stringify({ error }));
    expect(await failureOf(fetchMetadata(client, SHOWN))).toMatchObject(error);
  });

  it("that are not JSON still say something", async () => {
    answer = (_, response) => response.writeHead(502, "Bad Gateway").end("<html>");
    expect(await failureOf(fetchRuns(client))).toMatchObject({
      kind: "internal",
      message: "The server answered 502 Bad Gateway.",
    });
  });

  it("of an answer that is cut off, of one that is not Arrow, and of no server are distinguished", async () => {
    answer = (_, response) => {
      response.writeHead(200, { "Content-Length": "1000" });
      response.write("x", () => response.destroy());
    };
    expect((await failureOf(fetchProjection(client, SHOWN, 3, STORED, watch, never))).kind).toBe("network");
    answer = (_, response) => response.end("<html>");
    expect((await failureOf(fetchProjection(client, SHOWN, 3, STORED, watch, never))).kind).toBe("answer");
    server.close();
    server.closeAllConnections();
    const fix = "Check that TensorBoard is running and reachable, then try again.";
    expect(await failureOf(fetchRuns(client))).toMatchObject({ kind: "network", fix });
  });

  it("are not made of an abort", async () => {
    answer = () => {};
    const abort = new AbortController();
    const failure = failureOf(fetchProjection(client, SHOWN, 3, STORED, watch, abort.signal));
    abort.abort();
    expect(isAbort(await failure)).toBe(true);
  });
});

describe("the latest", () => {
  it("wins, whatever comes back first", async () => {
    const latest = new Latest();
    let finish = (_value: string) => {};
    const old = latest.run(
      () =>
        new Promise<string>((resolve) => {
          finish = resolve;
        }),
    );
    const young = latest.run(async () => "young");
    finish("old");
    expect([await old, await young]).toEqual([undefined, "young"]);
  });

  it("throws its own error and swallows that of a task it replaced", async () => {
    const latest = new Latest();
    await expect(latest.run(() => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
    const old = latest.run(
      (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("old")))),
    );
    latest.cancel();
    expect(await old).toBeUndefined();
  });
});
