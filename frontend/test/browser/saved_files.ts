/** The files that the page saves, noted instead of downloaded. */
import { vi } from "vitest";

export interface SavedFile {
  readonly name: string;
  readonly content: Blob;
}

/** Until the mocks are restored: a list that grows with each file. */
export function noteSavedFiles(): SavedFile[] {
  const saved: SavedFile[] = [];
  const contents: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((content) => {
    contents.push(content as Blob);
    return "blob:any";
  });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, content: contents.at(-1)! });
  });
  return saved;
}
