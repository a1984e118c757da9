/** Computes the repulsions of a t-SNE layout in another thread, while the layout computes its attractions. */
export interface Repeller {
  /**
   * Repulsions [rows × 2] at these positions [rows × 2], and Z; both arrays stay with their owners, and the result is
   * valid until the next call. Null: there is no other thread anymore.
   */
  repel(positions: Float32Array): Promise<Repulsion | null>;
}

export interface Repulsion {
  readonly repulsions: Float32Array;
  /** 0: there was not enough memory. */
  readonly normalization: number;
}
