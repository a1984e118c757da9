/** Parameters of requests: which tensor they are about, and in which space. */
import type { Shown } from "../data/runs";
import type { Space } from "../data/space";

/** Those that are null are left out. */
export type Parameters = Readonly<Record<string, string | number | null>>;

export function embeddingOf(shown: Shown): Parameters {
  return { run: shown.run.name, name: shown.embedding.name };
}

export function namesOf(shown: Shown): Parameters {
  return { ...embeddingOf(shown), step: shown.step.step };
}

/** With the version, so that the response can be cached. */
export function tensorOf(shown: Shown): Parameters {
  return { ...namesOf(shown), v: shown.step.version };
}

/** Omits defaults, so that default requests keep the URLs that are in the browser's cache. */
export function spaceParameters({ spherize, subset }: Space): Parameters {
  return { spherize: spherize ? 1 : null, subset: subset?.name ?? null };
}

/** The fields of a JSON body that name a space. */
export function spaceFields({ spherize, subset }: Space): { spherize: boolean; subset: string | null } {
  return { spherize, subset: subset?.name ?? null };
}
