/** Byte addresses through which the host reads and writes. */
import { attractions, conditionals, joints, labels, neighbors, offsets, positions, repulsions, tails } from "./arrays";

export function addressOfNeighbors(): usize {
  return neighbors;
}
export function addressOfConditionals(): usize {
  return conditionals;
}
export function addressOfLabels(): usize {
  return labels;
}
export function addressOfOffsets(): usize {
  return offsets;
}
export function addressOfTails(): usize {
  return tails;
}
export function addressOfJoints(): usize {
  return joints;
}
export function addressOfPositions(): usize {
  return positions;
}
export function addressOfAttractions(): usize {
  return attractions;
}
export function addressOfRepulsions(): usize {
  return repulsions;
}
