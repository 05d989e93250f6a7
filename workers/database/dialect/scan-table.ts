import { type ScannedHead, scanHead } from '../csv/scan-text';
import type { Separators } from '../csv/scanned-record';
import { usualFields } from './usual-fields';

/**
 * The first records of UTF-8 bytes as an import reads them: those that break the rules of quoting, leniently where that
 * gives as many fields as the others have.
 */
export function scanTable(
  bytes: Uint8Array,
  separators: Separators,
  complete: boolean,
  limit: number,
): ScannedHead {
  const strict = scanHead(bytes, separators, complete, limit);
  const { fields } = usualFields(strict.records);
  const isRegular = strict.malformed === 0 && strict.records.every(({ cells }) => cells.length === fields);
  if (isRegular || fields === 0) return strict;
  return scanHead(bytes, separators, complete, limit, { columns: fields, minimum: fields });
}
