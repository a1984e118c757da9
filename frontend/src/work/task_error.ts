/** A task that cannot be done as requested: why, and how to fix it. `Tasks` displays it. */
export class TaskError extends Error {
  override name = "TaskError";

  constructor(
    message: string,
    readonly fix: string,
  ) {
    super(message);
  }
}
