/** Work that cannot be done as it was asked for: why, and how to mend it. `Tasks` puts it on the screen. */
export class TaskError extends Error {
  override name = "TaskError";

  constructor(
    message: string,
    readonly fix: string,
  ) {
    super(message);
  }
}
