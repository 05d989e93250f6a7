/** Files of projects that somebody has changed, for tests. */
import { unzipSync, type Zippable, zipSync } from 'fflate';

export type Forgery = (parts: Zippable, manifest: Record<string, unknown>) => void;

/** The file of a project with other parts, and hashes and sizes of a manifest that fit, as a forger would write them. */
export async function forgedProject(file: File, change: Forgery): Promise<File> {
  const parts: Zippable = unzipSync(new Uint8Array(await file.arrayBuffer()));
  const manifest = JSON.parse(new TextDecoder().decode(parts['manifest.json'] as Uint8Array));
  change(parts, manifest);
  delete parts['manifest.json'];
  manifest.parts = await Promise.all(
    Object.entries(parts).map(async ([path, part]) => {
      const bytes = part as Uint8Array<ArrayBuffer>;
      const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
      return { path, bytes: bytes.length, sha256: hash };
    }),
  );
  parts['manifest.json'] = new TextEncoder().encode(JSON.stringify(manifest));
  return new File([zipSync(parts) as Uint8Array<ArrayBuffer>], 'x-project.zip');
}

/** Path of the first part in a folder. */
export function partOf(parts: Zippable, folder: string): string {
  return Object.keys(parts).find((path) => path.startsWith(`${folder}/`))!;
}

/** Writes the text of that part again. */
export function rewritePart(parts: Zippable, folder: string, change: (text: string) => string): void {
  const path = partOf(parts, folder);
  parts[path] = new TextEncoder().encode(change(new TextDecoder().decode(parts[path] as Uint8Array)));
}
