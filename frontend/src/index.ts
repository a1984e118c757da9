/**
 * The module that TensorBoard imports. It calls only `render()`, and shows a blank page if that fails: so this file is
 * small, requests `/runs` while the page's code is still loading, and displays every startup failure itself.
 */

/** Renders the whole page into the document. */
export async function render(): Promise<void> {
  try {
    const runs = fetch(new URL("runs", document.baseURI));
    runs.catch(() => {}); // The page reports it once loaded.
    const { start } = await import("./app");
    start(runs);
  } catch (error) {
    showFailure(error);
  }
}

function showFailure(error: unknown): void {
  const message = document.createElement("pre");
  message.setAttribute("role", "alert");
  message.style.cssText = "padding: 24px; white-space: pre-wrap; font: 13px/20px system-ui, sans-serif; color: #b3261e";
  const details = error instanceof Error ? `${error.message}\n\n${error.stack ?? ""}` : String(error);
  message.textContent = `The Embeddings tab could not start. Reload the page; if that does not help, report this:\n\n${details}`;
  document.body.replaceChildren(message);
}
