/** Images, sound and film that a cell names by a relative path. */

export type MediaKind = "image" | "audio" | "video";

/** What the server tells by its first bytes, and browsers show. */
const EXTENSIONS: Record<MediaKind, readonly string[]> = {
  image: ["png", "jpg", "jpeg", "gif", "webp", "avif", "bmp"],
  audio: ["wav", "mp3", "ogg", "oga", "opus", "flac", "m4a"],
  video: ["mp4", "webm", "ogv", "m4v"],
};
const KIND_OF = new Map(
  (Object.keys(EXTENSIONS) as MediaKind[]).flatMap((kind) => EXTENSIONS[kind].map((end) => [end, kind] as const)),
);
/** Longer than any file system's paths. */
const LONGEST_PATH = 4096;

/** What a cell names; null for one that is no path to a medium. An address elsewhere is none: nothing is loaded from there. */
export function mediaKind(cell: string): MediaKind | null {
  if (cell.length > LONGEST_PATH || /^[a-z][a-z0-9+.-]*:|^\/\/|[\n\r\t]/i.test(cell)) return null;
  const end = /[^/\\]\.([a-z0-9]{2,4})$/i.exec(cell.trim())?.[1];
  return end === undefined ? null : (KIND_OF.get(end.toLowerCase()) ?? null);
}
