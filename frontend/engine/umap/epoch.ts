/**
 * One epoch: every due edge is followed, in the order of rows. Finding and following edges alternate in large batches:
 * if interleaved, each branch misprediction on which edges are due would also stall the memory loads of the forces (a
 * third of the time for a million rows).
 */
import { offsetOf, tails } from "./arrays";
import { followEdge } from "./forces";
import { dueEdges, negativesDue } from "./schedule";

const LENGTH: u32 = 4096;
/** Due edges: head, tail and number of pushes, u32 each. */
const queue = memory.data(4096 * 12, 16);
let queued: u32 = 0;

/** Follows the edges of rows [`first`, `last`) that are due in this epoch, counted from 1. */
export function runEpoch(epoch: u32, rate: f32, negativesPerSample: u32, first: u32, last: u32): void {
  for (let head = first; head < last; ++head) {
    const end = offsetOf(head + 1);
    for (let edge = offsetOf(head); edge < end; edge += 4) {
      if (queued > LENGTH - 4) followQueue(rate);
      for (let due = dueEdges(edge, end, epoch); due !== 0; due &= due - 1) {
        enqueue(head, edge + ctz(due), epoch, negativesPerSample);
      }
    }
  }
  followQueue(rate);
}

function enqueue(head: u32, edge: u32, epoch: u32, negativesPerSample: u32): void {
  const entry = queue + <usize>queued * 12;
  store<u32>(entry, head);
  store<u32>(entry + 4, load<u32>(tails + ((<usize>edge) << 2)));
  store<u32>(entry + 8, negativesDue(edge, epoch, negativesPerSample));
  ++queued;
}

function followQueue(rate: f32): void {
  const end = queue + <usize>queued * 12;
  for (let entry = queue; entry < end; entry += 12) {
    followEdge(load<u32>(entry), load<u32>(entry + 4), load<i32>(entry + 8), rate);
  }
  queued = 0;
}
