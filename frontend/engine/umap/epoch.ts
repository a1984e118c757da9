/**
 * One epoch: every due edge is followed, in the order of rows. Finding and following edges alternate in large batches:
 * if interleaved, each branch misprediction on which edges are due would also stall the memory loads of the forces (a
 * third of the time for a million rows).
 */
import { offsetOf, tails } from "./arrays";
import { followEdge } from "./forces";
import { dueEdges, negativesDue } from "./schedule";

const LENGTH: u32 = 4096;
/** Due edges: head and number, u32 each. */
const queue = memory.data(4096 * 8, 16);
let queued: u32 = 0;

/** Follows the edges of rows [`first`, `last`) that are due in this epoch, counted from 1. */
export function runEpoch(epoch: u32, rate: f32, negativesPerSample: u32, first: u32, last: u32): void {
  for (let head = first; head < last; ++head) {
    const end = offsetOf(head + 1);
    for (let edge = offsetOf(head); edge < end; edge += 4) {
      if (queued > LENGTH - 4) followQueue(epoch, rate, negativesPerSample);
      enqueue(head, edge, dueEdges(edge, end, epoch));
    }
  }
  followQueue(epoch, rate, negativesPerSample);
}

/** Branch-free, since the branch is unpredictable: an edge that is not due is overwritten by the next. */
function enqueue(head: u32, edge: u32, due: u32): void {
  for (let i: u32 = 0; i < 4; ++i) {
    const entry = queue + ((<usize>queued) << 3);
    store<u32>(entry, head);
    store<u32>(entry + 4, edge + i);
    queued += (due >>> i) & 1;
  }
}

/** Alternates between two distant edges, so that neither waits for the position that the other has just written. */
function followQueue(epoch: u32, rate: f32, negativesPerSample: u32): void {
  const half = queued >>> 1;
  for (let i: u32 = 0; i < half; ++i) {
    follow(i, epoch, rate, negativesPerSample);
    follow(half + i, epoch, rate, negativesPerSample);
  }
  if (queued & 1) follow(queued - 1, epoch, rate, negativesPerSample);
  queued = 0;
}

function follow(index: u32, epoch: u32, rate: f32, negativesPerSample: u32): void {
  const entry = queue + ((<usize>index) << 3);
  const edge = load<u32>(entry + 4);
  const tail = load<u32>(tails + ((<usize>edge) << 2));
  followEdge(load<u32>(entry), tail, negativesDue(edge, epoch, negativesPerSample), rate);
}
