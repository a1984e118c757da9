/** What the card of a point asks the app for. */

export interface CardActions {
  /** The address of a file that the metadata names by a path; null while nothing is shown. */
  assetUrl(path: string): string | null;
  /** Why such a file is not shown, in a sentence. */
  explainAsset(path: string): Promise<string>;
}
