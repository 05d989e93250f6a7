import { z } from '../../../src/domain/zod';
import type { ArchiveForm } from '../protocol';
import { refused } from './refused';

/** The entry that says what the others are. */
export const MANIFEST = 'manifest.json';
/** Of one text, unpacked: it is read into memory. */
export const MAX_TEXT_BYTES = 64 << 20;
/** Of all texts together. */
export const MAX_TEXTS_BYTES = 512 << 20;

const Part = z.object({
  path: z.string().min(1).max(256),
  bytes: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Part = z.infer<typeof Part>;

const Manifest = z.looseObject({
  format: z.string(),
  version: z.number().int().min(1),
  parts: z.array(Part),
});

/**
 * Reads what an archive says of itself.
 * @throws UserError `archive/refused` if it is of another format, of a later version, or says nothing that can be read
 */
export function readManifest(file: string, text: string, form: ArchiveForm): z.infer<typeof Manifest> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw refused(file, `has a ${MANIFEST} that cannot be read`, cause);
  }
  const { format, version } = z.looseObject({}).catch({}).parse(json);
  if (format !== form.format)
    throw refused(file, `holds no ${form.noun}, but “${String(format).slice(0, 80)}”`);
  if (typeof version === 'number' && version > form.version) {
    throw refused(
      file,
      `was written by a later version of Doppelgrid (archives of version ${version}; this one reads ${form.version}), so reload the page to get that version`,
    );
  }
  const checked = Manifest.safeParse(json);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw refused(file, `has a ${MANIFEST} that is not valid at ${issue!.path.join('.')} (${issue!.message})`);
}
