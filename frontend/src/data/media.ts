/** Images, audio and video referenced by relative paths in cells. */

type MediaKind = "image" | "audio" | "video";

/** Formats that the server recognizes by their first bytes and browsers can display. */
const EXTENSIONS: Record<MediaKind, readonly string[]> = {
  image: ["png", "jpg", "jpeg", "gif", "webp", "avif", "bmp"],
  audio: ["wav", "mp3", "ogg", "oga", "opus", "flac", "m4a"],
  video: ["mp4", "webm", "ogv", "m4v"],
};
const KIND_OF = new Map(
  (Object.keys(EXTENSIONS) as MediaKind[]).flatMap((kind) => EXTENSIONS[kind].map((end) => [end, kind] as const)),
);
/** Maximum length: longer than any file system's paths. */
const MAX_PATH_CHARS = 4096;

/**
 * The kind of medium that a cell refers to; null if it is not such a path. Absolute URLs are excluded: nothing is
 * loaded from other sites.
 */
export function mediaKind(cell: string): MediaKind | null {
  if (cell.length > MAX_PATH_CHARS || /^[a-z][a-z0-9+.-]*:|^\/\/|[\n\r\t]/i.test(cell)) return null;
  const end = /[^/\\]\.([a-z0-9]{2,4})$/i.exec(cell.trim())?.[1];
  return end === undefined ? null : (KIND_OF.get(end.toLowerCase()) ?? null);
}
