/** Invalid layout input: states what was received, what was expected and how to fix it. */
export class LayoutError extends Error {
  override readonly name = "LayoutError";
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}
