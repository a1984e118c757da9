/** Background jobs of the server: polled until done, and canceled when the result is no longer needed. */
import { ApiError, type FailureKind, isAbort, networkFailure, readFailure } from "./failure";
import { FollowedJob, untilShown } from "./followed_jobs";

/** A job as documented in docs/http_api.md. */
export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly words: string;
  readonly state: "queued" | "running" | "done" | "failed" | "canceled";
  /** 0 to 1. */
  readonly progress: number;
  readonly seconds_left: number | null;
  /** A URL relative to the plugin's. */
  readonly result: string;
  /** A URL of a first part of the result, while the rest is being computed; null: there is none. */
  readonly first: string | null;
  readonly error: { kind: FailureKind; message: string; fix: string; file?: string; line?: number } | null;
}

export interface JobWatch {
  onProgress(job: Job): void;
  /** Resolves at once unless the user is away (see `Presence`), otherwise on return. */
  untilPresent(): Promise<void>;
}

/**
 * Polling interval, growing from `min` to `max` and falling to a fraction of the time left: jobs finish without delay,
 * and long ones are not disturbed.
 */
const POLL_MS = { min: 100, max: 1000, growth: 1.1, ofTimeLeft: 0.25 } as const;

/** Receives the first part of a job's result. */
type UseFirst = (response: Response) => void;
type FirstWatch = JobWatch & { onFirst: (job: Job) => void };

/**
 * The response to `send`, however long it takes: 200 is the response itself, 202 names a job that produces it. Polling
 * stops while the user is away, so that the server drops the job after its lease; it is requested again later. An abort
 * cancels the job. Throws ApiError, and AbortError.
 */
export async function awaitAnswer(
  send: () => Promise<Response>,
  base: string,
  watch: JobWatch,
  signal: AbortSignal,
  useFirst: UseFirst = () => {},
): Promise<Response> {
  for (;;) {
    const pending = requireOk(send());
    const response = await until(pending, signal).catch((error) => {
      if (isAbort(error)) cancelWhenKnown(pending, base);
      throw error;
    });
    if (response.status !== 202) return response;
    const { job } = (await response.json()) as { job: Job };
    const done = await followJob(job, base, { ...watch, onFirst: fetchFirst(base, signal, useFirst) }, signal);
    const result = done === null ? null : await fetchResult(new URL(done.result, base), signal);
    if (result !== null) return result;
    await until(untilShown(), signal);
  }
}

/** Null if the server has let the result go meanwhile, to make room for others: it is requested again. */
async function fetchResult(address: URL, signal: AbortSignal): Promise<Response | null> {
  const response = await fetch(address, { signal }).catch(refuse);
  const isGone = response.status === 404 || response.status === 409;
  return isGone ? null : requireOk(Promise.resolve(response));
}

/** Fetches a job's first part as soon as it is there, once. Without it, the whole result comes a little later. */
function fetchFirst(base: string, signal: AbortSignal, useFirst: UseFirst): (job: Job) => void {
  let isAsked = false;
  return ({ first }) => {
    if (first === null || isAsked) return;
    isAsked = true;
    requireOk(fetch(new URL(first, base), { signal })).then(useFirst, () => {});
  };
}

/** The request itself is never aborted, because only its response names the job to cancel. */
function cancelWhenKnown(pending: Promise<Response>, base: string): void {
  pending
    .then(async (response) => {
      if (response.status === 202) new FollowedJob(jobAddress((await response.json()).job, base)).cancel();
      else await response.body?.cancel();
    })
    .catch(() => {}); // It failed, and no caller is waiting.
}

function jobAddress(job: Job, base: string): URL {
  return new URL(`jobs/${encodeURIComponent(job.id)}`, base);
}

/** The finished job; null if the server no longer knows it, or the page has let go of it. */
async function followJob(started: Job, base: string, watch: FirstWatch, signal: AbortSignal): Promise<Job | null> {
  const followed = new FollowedJob(jobAddress(started, base));
  try {
    const job = await untilEnded(started, followed, watch, signal);
    return job === null || followed.isLetGo ? null : finished(job);
  } catch (error) {
    // What was under way as the page was left may have failed.
    if (followed.isLetGo && !signal.aborted) return null;
    if (isAbort(error)) followed.cancel();
    throw error;
  } finally {
    followed.end();
  }
}

/** Polls the job until it has ended; null: it has gone. */
async function untilEnded(
  started: Job,
  followed: FollowedJob,
  watch: FirstWatch,
  signal: AbortSignal,
): Promise<Job | null> {
  let job = started;
  let wait: number = POLL_MS.min;
  while (job.state === "queued" || job.state === "running") {
    watch.onProgress(job);
    watch.onFirst(job);
    await sleep(wait, signal);
    await until(watch.untilPresent(), signal);
    const next = followed.isLetGo ? null : await pollJob(followed.address, signal);
    if (next === null) return null;
    job = next;
    wait = nextWait(wait, job);
  }
  return job;
}

function nextWait(wait: number, { seconds_left }: Job): number {
  const atMost = seconds_left === null ? POLL_MS.max : POLL_MS.ofTimeLeft * 1000 * seconds_left;
  return Math.max(POLL_MS.min, Math.min(POLL_MS.max, wait * POLL_MS.growth, atMost));
}

async function pollJob(address: URL, signal: AbortSignal): Promise<Job | null> {
  const response = await fetch(address, { signal, cache: "no-store" }).catch(refuse);
  if (response.status === 404) return null;
  if (!response.ok) throw await readFailure(response);
  return ((await response.json()) as { job: Job }).job;
}

function finished(job: Job): Job {
  if (job.state === "done") return job;
  if (job.state === "failed" && job.error !== null) {
    const { kind, message, fix, file, line } = job.error;
    throw new ApiError(kind, message, fix, file ?? null, line ?? null);
  }
  throw new ApiError("canceled", `«${job.words}» was canceled, perhaps in another window.`, "Run it again.");
}

/** The response if it is successful; throws ApiError otherwise. */
export async function requireOk(request: Promise<Response>): Promise<Response> {
  const response = await request.catch(refuse);
  if (!response.ok) throw await readFailure(response);
  return response;
}

export function refuse(cause: unknown): never {
  throw isAbort(cause) ? cause : networkFailure(cause);
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return until(new Promise((resolve) => setTimeout(resolve, milliseconds)), signal);
}

/** Resolves like `promise`, unless aborted first. */
function until<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new DOMException("The request was canceled.", "AbortError"));
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
