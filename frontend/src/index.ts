/**
 * The module that TensorBoard imports. It calls `render()` and nothing else, and shows a blank page when that fails: so this
 * file is small, asks for `/runs` while the page's code is still on its way, and shows every failure to start itself.
 */

/** Puts the whole page into the document. */
export async function render(): Promise<void> {
  try {
    const runs = fetch(new URL("runs", document.baseURI));
    runs.catch(() => {}); // The page tells of it, once it is there.
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
  const said = error instanceof Error ? `${error.message}\n\n${error.stack ?? ""}` : String(error);
  message.textContent = `The Embeddings tab could not start. Reload the page; if that does not help, report this:\n\n${said}`;
  document.body.replaceChildren(message);
}
