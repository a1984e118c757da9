/** The bookmark files that are stored with the run. */
import type { Client } from "../../api/client";
import { embeddingOf } from "../../api/parameters";
import type { BookmarksAnswer } from "../../data/bookmark_file";
import type { Shown } from "../../data/runs";

export function fetchBookmarks(client: Client, shown: Shown): Promise<BookmarksAnswer> {
  return client.getJson({ route: "bookmarks", parameters: embeddingOf(shown) });
}

/** Saves a file; `version` is that of the file being replaced. Returns the new one. */
export async function putBookmarks(
  client: Client,
  shown: Shown,
  bookmark: string,
  version: string | null,
  json: string,
): Promise<string> {
  const parameters = { ...embeddingOf(shown), bookmark, version };
  const saved = await client.getJson<{ bookmark: { version: string } }>({
    ...{ route: "bookmarks", method: "PUT", parameters, json },
  });
  return saved.bookmark.version;
}

/** Removes a file of that version. */
export async function deleteBookmarks(client: Client, shown: Shown, bookmark: string, version: string): Promise<void> {
  await client.send({ route: "bookmarks", method: "DELETE", parameters: { ...embeddingOf(shown), bookmark, version } });
}
