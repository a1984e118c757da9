/** Failures of requests to the server in one shape: what happened, and how to fix it. */

/** The kinds of docs/http_api.md, and three that only the page uses. */
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
  | "canceled"
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

/** Converts an error response. */
export async function readFailure(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => "");
  try {
    const { kind, message, fix, file, line } = JSON.parse(text).error;
    return new ApiError(kind, message, fix, file ?? null, line ?? null);
  } catch {
    const status = `The server answered ${response.status} ${response.statusText}`.trim();
    return new ApiError("internal", `${status}.`, "Its log, in the terminal where TensorBoard runs, says more.");
  }
}

/** Wraps the error of a request without a response. */
export function networkFailure(cause: unknown): ApiError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ApiError(
    "network",
    `TensorBoard does not answer (${reason}).`,
    "Check that TensorBoard is running and reachable, then try again.",
  );
}

/** An abort is intentional, not a failure. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
