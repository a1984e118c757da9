/** What can go wrong between the page and the server, in one shape: what happened, and how to mend it. */

/** The kinds of docs/http_api.md, and three of the page's own. */
export type FailureKind =
  | "bad_parameter"
  | "forbidden"
  | "not_found"
  | "method"
  | "stale"
  | "over_limit"
  | "content_type"
  | "bad_data"
  | "no_space"
  | "busy"
  | "internal"
  | "cancelled"
  | "network"
  | "answer";

export class ApiError extends Error {
  override name = "ApiError";

  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly fix: string,
    readonly file: string | null = null,
    readonly line: number | null = null,
  ) {
    super(message);
  }
}

/** The error of an answer that is not a good one. */
export async function readFailure(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => "");
  try {
    const { kind, message, fix, file, line } = JSON.parse(text).error;
    return new ApiError(kind, message, fix, file ?? null, line ?? null);
  } catch {
    const said = `The server answered ${response.status} ${response.statusText}`.trim();
    return new ApiError("internal", `${said}.`, "Its log, in the terminal where TensorBoard runs, says more.");
  }
}

/** The error of a request that got no answer. */
export function networkFailure(cause: unknown): ApiError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new ApiError(
    "network",
    `TensorBoard does not answer (${said}).`,
    "Look whether it still runs, and whether the connection to it is up; then try again.",
  );
}

/** An abort is somebody's wish, not a failure. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
