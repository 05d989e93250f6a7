import type { Workers } from './workers';

/** SHA-256 of files of the workspace, by their ids. Files that it does not keep are left out. */
export async function hashesOf(
  workers: Workers,
  wanted: readonly ({ readonly file?: string | undefined } | null)[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(wanted.flatMap((each) => (each?.file === undefined ? [] : [each.file])));
  if (ids.size === 0) return new Map();
  const { files } = await (await workers.workspace()).usage();
  return new Map(files.filter(({ id }) => ids.has(id)).map(({ id, sha256 }) => [id, sha256]));
}
