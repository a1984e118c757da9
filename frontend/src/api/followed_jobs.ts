/**
 * The jobs whose results this page awaits. A page that is closed or reloaded can no longer cancel them: without a word
 * from it, the server would go on with each until its lease has run out, and count a request of nobody.
 */

/** One request for a job; several may share it, and each is counted by the server. */
export class FollowedJob {
  /** The page has been left meanwhile: the job is no longer this request's. */
  isLetGo = false;

  constructor(readonly address: URL) {
    FOLLOWED.add(this);
  }

  /** Tells the server that this request no longer needs the job. */
  cancel(): void {
    this.end();
    if (this.isLetGo) return; // The server has been told; it would count this for another request.
    // `keepalive` lets the request complete while the page is being closed.
    fetch(this.address, { method: "DELETE", keepalive: true }).catch(() => {});
  }

  /** Its result is there, or will never be. */
  end(): void {
    FOLLOWED.delete(this);
  }
}

const FOLLOWED = new Set<FollowedJob>();
let isLeft = false;
let waiting: (() => void)[] = [];

/** Cancels all: the page is being left. */
export function letGoOfJobs(): void {
  isLeft = true;
  for (const job of [...FOLLOWED]) {
    job.cancel();
    job.isLetGo = true;
  }
}

/** The page is shown, perhaps again, from the browser's memory: the jobs that it has canceled are requested again. */
export function takeUpJobs(): void {
  isLeft = false;
  const resolvers = waiting;
  waiting = [];
  for (const resolve of resolvers) resolve();
}

/** Resolves at once unless the page is being left: what it asked for then would be of use to nobody. */
export function untilShown(): Promise<void> {
  return isLeft ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
}
