/** A layout that cannot be: what was received and what was expected, and how to mend it. */
export class LayoutError extends Error {
  override readonly name = "LayoutError";
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}
