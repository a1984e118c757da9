/** The module that TensorBoard imports. It calls `render()` and shows a blank page when that fails, so `render` never does. */

/** Puts the whole page into the document. */
export function render(): void {
  document.body.textContent = "Starting…";
}
