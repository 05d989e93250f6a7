import { z } from '../domain/zod';

/** The app's files that are fetched on first use, or while nothing else is to do. */
export const OfflineFiles = z.array(
  z.object({
    /** Relative to the page. */
    path: z.string(),
    bytes: z.number(),
  }),
);
export type OfflineFiles = z.infer<typeof OfflineFiles>;

/**
 * What a cache lacks of the files, the smallest first, and which of its addresses no file has any more.
 * @param base of the app; addresses outside it belong to another app of the origin
 */
export function compareWithCache(
  files: OfflineFiles,
  base: string,
  cached: Iterable<string>,
): { readonly missing: OfflineFiles; readonly outdated: readonly string[] } {
  const present = new Set(cached);
  const wanted = new Set(files.map(({ path }) => new URL(path, base).href));
  return {
    missing: files
      .filter(({ path }) => !present.has(new URL(path, base).href))
      .toSorted((a, b) => a.bytes - b.bytes),
    outdated: [...present].filter((address) => address.startsWith(base) && !wanted.has(address)),
  };
}

/** Bytes of all files. */
export function totalBytes(files: OfflineFiles): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
