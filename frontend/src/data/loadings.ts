/** The weight of each dimension in each principal component. */
import { ArrowAnswer } from "./arrow_answer";

export interface Loadings {
  /** One array per component, one number per dimension; each array is a unit vector. */
  readonly components: readonly Float32Array[];
  readonly dims: number;
  readonly space: string;
}

/** Parses the response of `/projections?method=pca&loadings=1`. */
export function parseLoadings(bytes: Uint8Array): Loadings {
  const answer = new ArrowAnswer(bytes);
  const fields = answer.document<{ components: number; space: string }>("projection");
  const components = Array.from({ length: fields.components }, (_, index) => answer.floats(`pc${index + 1}`));
  return { components, dims: answer.rows, space: fields.space };
}

/** A table for spreadsheets: one line per dimension, one column per component. */
export function writeLoadings({ components, dims }: Loadings): string {
  const head = ["dimension", ...components.map((_, index) => `pc${index + 1}`)].join("\t");
  const lines = Array.from({ length: dims }, (_, dim) =>
    [dim, ...components.map((component) => component[dim])].join("\t"),
  );
  return `${[head, ...lines].join("\n")}\n`;
}
