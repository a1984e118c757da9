/** Jobs of a real HTTP server: asked about, canceled, forgotten, failed. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer, text } from "node:stream/consumers";
import { tableFromIPC } from "apache-arrow";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Client } from "../../../src/api/client";
import { isAbort } from "../../../src/api/failure";
import { letGoOfJobs, takeUpJobs } from "../../../src/api/followed_jobs";
import type { Job } from "../../../src/api/jobs";
import { fetchProjection } from "../../../src/api/shared_requests";
import type { NeighborGraph } from "../../../src/data/graph";
import type { Shown } from "../../../src/data/runs";
import { projectAxes } from "../../../src/features/axes/requests";
import { fetchGraph } from "../../../src/features/layout/requests";
import { measureQuality } from "../../../src/features/quality/requests";
import { arrowBytes } from "../arrow_bytes";
import { graphBytes } from "../graph_bytes";

const SHOWN = {
  run: { name: "train", embeddings: [] },
  embedding: { name: "e" },
  step: { step: 7, version: "tv", shape: [3, 4], dtype: "float32", file: "f" },
} as unknown as Shown;
const STORED = { spherize: false, subset: null };
const QUERY = { k: 2, metric: "cosine" } as const;
const GRAPH = graphBytes(2, Int32Array.of(1, 2, 0, 2, 0, 1), new Float32Array(6));

let server: Server;
let base: string;
let client: Client;
/** «GET /graph», in order. */
let received: string[];
/** Answers by method and last part of the path. */
let answers: Record<string, (response: ServerResponse, request: IncomingMessage, url: URL) => void>;
let reported: Job[];
const watch = { onProgress: (job: Job) => void reported.push(job), untilPresent: () => Promise.resolve() };
const never = new AbortController().signal;

beforeEach(async () => {
  received = [];
  reported = [];
  server = createServer((request, response) => {
    const url = new URL(request.url!, "http://any");
    const what = `${request.method} ${url.pathname.replace("/base/", "")}`;
    received.push(what);
    answers[what]!(response, request, url);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`;
  client = new Client(base);
});
afterEach(() => {
  takeUpJobs();
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

function jobOf(patch: Partial<Job> = {}): Job {
  const job = { id: "5d", kind: "graph", words: "Neighbors of 3 × 4", state: "running", progress: 0.25 } as const;
  return { ...job, seconds_left: 3, result: "graph?k=2&done=1", first: null, error: null, ...patch };
}

const sendJob = (response: ServerResponse, job: Job, status = 200) =>
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify({ job }));
const notFound = (response: ServerResponse) =>
  response.writeHead(404).end(JSON.stringify({ error: { kind: "not_found", message: "No such.", fix: "Again." } }));
const untilReceived = (what: string) => expect.poll(() => received, { interval: 10 }).toContain(what);

it("an answer that is there comes at once, and names its space only where that is not the usual", async () => {
  const searches: string[] = [];
  answers = { "GET graph": (response, _, url) => searches.push(url.search) && response.end(GRAPH) };
  expect((await fetchGraph(client, SHOWN, QUERY, STORED, watch, never)).k).toBe(2);
  await fetchGraph(client, SHOWN, QUERY, { spherize: true, subset: null }, watch, never);
  const usual = "?run=train&name=e&step=7&v=tv&k=2&metric=cosine";
  expect(searches).toEqual([usual, `${usual}&spherize=1`]);
  expect(reported).toEqual([]);
});

it("a job is asked about until it is done, and says how far it is", async () => {
  const states = [jobOf({ progress: 0.5 }), jobOf({ state: "done", progress: 1 })];
  answers = {
    "GET graph": (response, _, url) =>
      url.searchParams.has("done") ? response.end(GRAPH) : sendJob(response, jobOf(), 202),
    "GET jobs/5d": (response) => sendJob(response, states.shift()!),
  };
  const graph = await fetchGraph(client, SHOWN, QUERY, STORED, watch, never);
  expect(graph.rows).toBe(3);
  expect(reported.map((job) => job.progress)).toEqual([0.25, 0.5]);
  expect(received).toEqual(["GET graph", "GET jobs/5d", "GET jobs/5d", "GET graph"]);
});

it("a first part of the result is fetched once, while the job goes on", async () => {
  const first = "jobs/5d/first";
  const delivered: NeighborGraph[] = [];
  answers = {
    "GET graph": (response, _, url) =>
      url.searchParams.has("done") ? response.end(GRAPH) : sendJob(response, jobOf(), 202),
    "GET jobs/5d/first": (response) => response.end(graphBytes(1, Int32Array.of(1, 0, 0), new Float32Array(3))),
    // Done two answers after it was delivered.
    "GET jobs/5d": (response) => {
      const isDone = delivered.length > 0 && reported.length > 3;
      sendJob(response, jobOf(isDone ? { state: "done" } : { first, seconds_left: 0.1 }));
    },
  };
  const useFirst = (graph: NeighborGraph) => void delivered.push(graph);
  const graph = await fetchGraph(client, SHOWN, QUERY, STORED, watch, never, useFirst);
  expect([graph.k, delivered.map(({ k }) => k)]).toEqual([2, [1]]);
  expect(received.filter((what) => what === `GET ${first}`)).toHaveLength(1);
});

it("a first part that is gone again is no failure", async () => {
  const states = [jobOf({ first: "jobs/5d/first" }), jobOf({ state: "done" })];
  answers = {
    "GET graph": (response, _, url) =>
      url.searchParams.has("done") ? response.end(GRAPH) : sendJob(response, jobOf(), 202),
    "GET jobs/5d/first": notFound,
    "GET jobs/5d": (response) => sendJob(response, states.shift()!),
  };
  expect((await fetchGraph(client, SHOWN, QUERY, STORED, watch, never)).k).toBe(2);
});

it("an abort cancels the job on the server, whether it was asked about already or not", async () => {
  let aborted = Promise.resolve();
  answers = {
    "GET graph": (response) => aborted.then(() => sendJob(response, jobOf(), 202)),
    "GET jobs/5d": (response) => sendJob(response, jobOf()),
    "DELETE jobs/5d": (response) => sendJob(response, jobOf({ state: "canceled" })),
  };
  for (const when of ["GET graph", "GET jobs/5d"]) {
    received = [];
    const abort = new AbortController();
    // The server names the job only after the abort, or before it.
    if (when === "GET graph")
      aborted = new Promise((resolve) => abort.signal.addEventListener("abort", () => resolve()));
    else aborted = Promise.resolve();
    const request = fetchGraph(client, SHOWN, QUERY, STORED, watch, abort.signal).catch((error) => error);
    await untilReceived(when);
    abort.abort();
    expect(isAbort(await request)).toBe(true);
    await untilReceived("DELETE jobs/5d");
  }
});

const deletes = () => received.filter((what) => what.startsWith("DELETE"));

it("a page that is left cancels its jobs, one for each request, and none that has ended or been canceled", async () => {
  let asked = 0;
  const ended = jobOf({ id: "0", state: "done" });
  answers = {
    "GET graph": (response, _, url) =>
      url.searchParams.has("done") ? response.end(GRAPH) : sendJob(response, ++asked === 1 ? ended : jobOf(), 202),
    "GET jobs/5d": (response) => sendJob(response, jobOf()),
    "DELETE jobs/5d": (response) => sendJob(response, jobOf({ state: "canceled" })),
    "GET mark": (response) => response.end(),
  };
  const fetched = vi.spyOn(globalThis, "fetch");
  await fetchGraph(client, SHOWN, QUERY, STORED, watch, never);
  const aborts = Array.from({ length: 3 }, () => new AbortController());
  const following = new Set<AbortController>();
  const requests = aborts.map((abort) => {
    const noting = { ...watch, onProgress: () => void following.add(abort) };
    return fetchGraph(client, SHOWN, QUERY, STORED, noting, abort.signal).catch((error) => error);
  });
  await expect.poll(() => following.size, { interval: 10 }).toBe(3);
  aborts[0]!.abort();
  await untilReceived("DELETE jobs/5d");
  letGoOfJobs();
  await expect.poll(deletes).toHaveLength(3);
  for (const abort of aborts) abort.abort();
  expect((await Promise.all(requests)).every(isAbort)).toBe(true);
  letGoOfJobs();
  await fetch(new URL("mark", base)); // It comes after whatever was sent before it.
  expect(deletes()).toHaveLength(3);
  const inits = fetched.mock.calls.map(([, init]) => init).filter((init) => init?.method === "DELETE");
  expect(inits.every((init) => init?.keepalive)).toBe(true);
});

it.each(["running", "canceled", "not found", "lost"] as const)(
  "a page that comes back asks anew for what it has let go of; the answer on its way is «%s»",
  async (question) => {
    let isCanceled = false;
    let answerLate = () => {};
    answers = {
      "GET graph": (response) => (isCanceled ? response.end(GRAPH) : sendJob(response, jobOf(), 202)),
      "GET jobs/5d": (response) => {
        answerLate = () => {
          if (question === "lost") response.destroy();
          else if (question === "not found") notFound(response);
          else sendJob(response, jobOf({ state: question }));
        };
      },
      "DELETE jobs/5d": (response) => {
        isCanceled = true;
        sendJob(response, jobOf({ state: "canceled" }));
      },
      "GET mark": (response) => response.end(),
    };
    let result: NeighborGraph | null = null;
    const request = fetchGraph(client, SHOWN, QUERY, STORED, watch, never).then((graph) => {
      result = graph;
    });
    await untilReceived("GET jobs/5d");
    letGoOfJobs();
    await untilReceived("DELETE jobs/5d");
    answerLate();
    for (let mark = 0; mark < 3; mark++) await fetch(new URL("mark", base)); // What is sent meanwhile is heard.
    expect([result, received.filter((what) => what === "GET graph")]).toEqual([null, ["GET graph"]]);
    takeUpJobs();
    await request;
    expect(result!.k).toBe(2);
    expect(deletes()).toHaveLength(1);
  },
);

it("a job that failed, and one that another window canceled, say so", async () => {
  const error = { kind: "stale", message: "The file changed.", fix: "Reload.", file: "train/t.tsv", line: 3 } as const;
  answers = { "GET graph": (response) => sendJob(response, jobOf({ state: "failed", error }), 202) };
  await expect(fetchGraph(client, SHOWN, QUERY, STORED, watch, never)).rejects.toMatchObject(error);
  answers = { "GET graph": (response) => sendJob(response, jobOf({ state: "canceled" }), 202) };
  await expect(fetchGraph(client, SHOWN, QUERY, STORED, watch, never)).rejects.toMatchObject({ kind: "canceled" });
});

it("while nobody looks nothing is asked; a job that the server dropped meanwhile is asked for anew", async () => {
  let comeBack = () => {};
  const away = new Promise<void>((resolve) => {
    comeBack = resolve;
  });
  let isStarted = false;
  answers = {
    "GET graph": (response) => (isStarted ? response.end(GRAPH) : sendJob(response, jobOf(), 202)),
    "GET mark": (response) => response.end(),
    "GET jobs/5d": (response) => {
      isStarted = true;
      notFound(response);
    },
  };
  let waits = 0;
  const untilPresent = () => {
    waits++;
    return away;
  };
  const request = fetchGraph(client, SHOWN, QUERY, STORED, { ...watch, untilPresent }, never);
  // The client waits for somebody to look instead of asking: a request that came before this one would be heard first.
  await expect.poll(() => waits).toBe(1);
  await fetch(new URL("mark", base));
  expect([received, waits]).toEqual([["GET graph", "GET mark"], 1]);
  comeBack();
  expect((await request).k).toBe(2);
  expect(received).toEqual(["GET graph", "GET mark", "GET jobs/5d", "GET graph"]);
});

it("a subset that the server has forgotten is sent to it again", async () => {
  const subset = { name: "3f", rows: Int32Array.of(0, 2), words: "" };
  let known = false;
  let body = new Uint8Array(0);
  answers = {
    "GET graph": (response) => (known ? response.end(GRAPH) : notFound(response)),
    "POST subsets": async (response, request) => {
      body = new Uint8Array(await buffer(request));
      known = true;
      response.end(JSON.stringify({ subset: "3f", rows: 2 }));
    },
  };
  await fetchGraph(client, SHOWN, QUERY, { spherize: false, subset }, watch, never);
  expect(received).toEqual(["GET graph", "POST subsets", "GET graph"]);
  expect([...tableFromIPC(body).getChild("row")!]).toEqual([0, 2]);
});

it("coordinates go as columns, those of a subset alone; the result is where the job says", async () => {
  const estimate = { value: 1, low: 1, high: 1 };
  const quality = { k: 15, metric: "cosine", trustworthiness: estimate, continuity: estimate, kept: 1 };
  let body = new Uint8Array(0);
  let type = "";
  answers = {
    "POST quality": async (response, request) => {
      type = request.headers["content-type"]!;
      body = new Uint8Array(await buffer(request));
      sendJob(response, jobOf({ state: "done", result: "jobs/5d/result" }), 202);
    },
    "GET jobs/5d/result": (response) => response.end(arrowBytes({ kept: Float32Array.of(1, 1) }, { quality })),
  };
  const coordinates = { x: Float32Array.of(1, 2, 3), y: Float32Array.of(4, 5, 6), z: null };
  const subset = { name: "3f", rows: Int32Array.of(0, 2), words: "" };
  const measured = await measureQuality(
    client,
    SHOWN,
    coordinates,
    { k: 15, metric: "cosine" },
    { spherize: false, subset },
    watch,
    never,
  );
  expect(measured.keptByRow).toEqual(Float32Array.of(1, 1));
  expect(type).toBe("application/vnd.apache.arrow.stream");
  const table = tableFromIPC(body);
  expect(table.schema.fields.map((field) => `${field.name} ${field.type}`)).toEqual(["x Float32", "y Float32"]);
  expect([...table.getChild("x")!]).toEqual([1, 3]);
});

it("axes name few rows one by one and many as a subset", async () => {
  let body = "";
  answers = {
    "POST subsets": (response) => response.end(JSON.stringify({ subset: "many", rows: 20_000 })),
    "POST projections": async (response, request) => {
      body = await text(request);
      const projection = { axes: [], rows: 3, finite_rows: 3, space: "as stored" };
      response.end(arrowBytes({ axis1: new Float32Array(3) }, { projection }));
    },
  };
  const many = Int32Array.from({ length: 20_000 }, (_, row) => row);
  const axes = [{ add: Int32Array.of(1, 2), subtract: many }, { add: Int32Array.of(3), subtract: null }, { random: 7 }];
  await projectAxes(client, SHOWN, axes, STORED, watch, never);
  expect(JSON.parse(body)).toEqual({
    ...{ run: "train", name: "e", step: 7, method: "axes", spherize: false, subset: null },
    axes: [{ add: [1, 2], subtract: "many" }, { add: [3] }, { random: 7 }],
  });
});

it("a projection that takes long is a job, which an abort cancels", async () => {
  const job = jobOf({ kind: "projection", words: "Computing PCA of 3 × 4", result: "jobs/5d/result" });
  const abort = new AbortController();
  let isCanceled = false;
  answers = {
    "GET projections": (response) => sendJob(response, job, 202),
    "GET jobs/5d": (response) => {
      sendJob(response, { ...job, progress: 0.5 });
      abort.abort();
    },
    "DELETE jobs/5d": (response) => {
      isCanceled = true;
      sendJob(response, { ...job, state: "canceled" });
    },
  };
  const failure = await fetchProjection(client, SHOWN, 3, STORED, watch, abort.signal).catch((error) => error);
  expect(isAbort(failure)).toBe(true);
  expect(reported[0]).toMatchObject({ words: "Computing PCA of 3 × 4", progress: 0.25 });
  await expect.poll(() => isCanceled).toBe(true);
});

it("a result that the server has let go meanwhile is requested again", async () => {
  const projection = { components: 1, rows: 3, finite_rows: 3, explained_variance_ratio: [1], space: "as stored" };
  const bytes = arrowBytes({ pc1: new Float32Array(3) }, { projection });
  let asked = 0;
  answers = {
    "GET projections": (response) =>
      ++asked === 1 ? sendJob(response, jobOf({ result: "jobs/5d/result" }), 202) : response.end(bytes),
    "GET jobs/5d": (response) => sendJob(response, jobOf({ state: "done", progress: 1, result: "jobs/5d/result" })),
    "GET jobs/5d/result": (response) =>
      response.writeHead(409).end(JSON.stringify({ error: { kind: "stale", message: "Gone.", fix: "Again." } })),
  };
  expect((await fetchProjection(client, SHOWN, 1, STORED, watch, never)).rows).toBe(3);
});
