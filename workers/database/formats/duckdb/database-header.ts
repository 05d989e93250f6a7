import { UserError } from '../../../../src/domain/errors';
import { refused } from '../recognise';

/** As much as is read of a file elsewhere; positions beyond 2^31 were never tried. */
const MAX_BYTES = 2 * 2 ** 30;
/** Three headers of 4,096 bytes, before the first block (https://duckdb.org/docs/internals/storage). */
const HEADER_BYTES = 3 * 4_096;
const VERSION_AT = 12;
const FLAGS_AT = 20;
const IS_ENCRYPTED = 1n;
/** Versions of the storage that DuckDB 1.4.3 reads: those of DuckDB 0.9 to 1.4, whatever wrote them. */
const VERSIONS = { first: 64n, last: 67n };

/** How a table of a database that is not read here comes out of it. */
export const EXPORT = 'In DuckDB, run COPY name TO ‘name.parquet’ for each table, and read that file.';

/**
 * Checks what the header of a database says before anything else is read.
 * @throws UserError `source/too-large`, `source/unreadable`
 */
export async function checkHeader(file: File): Promise<void> {
  const details = { file: file.name };
  if (file.size > MAX_BYTES) {
    throw new UserError(
      'source/too-large',
      `“${file.name}” is larger than 2 GB, which is the most that can be read of a database. ${EXPORT}`,
      { details },
    );
  }
  if (file.size < HEADER_BYTES) {
    throw new UserError(
      'source/unreadable',
      `“${file.name}” is a DuckDB database of which only ${file.size.toLocaleString('en')} bytes are there. Copy it again: it was cut off.`,
      { details },
    );
  }
  const header = new DataView(await file.slice(0, 64).arrayBuffer());
  const version = header.getBigUint64(VERSION_AT, true);
  if (version < VERSIONS.first) {
    throw refused(
      file.name,
      `a DuckDB database as versions before 0.9 wrote it (storage version ${version})`,
      `Open it with the DuckDB that wrote it, and run COPY name TO ‘name.parquet’ for each table.`,
    );
  }
  if (version > VERSIONS.last) {
    throw refused(
      file.name,
      `a DuckDB database of a newer version than DuckDB 1.4 (storage version ${version})`,
      `${EXPORT} Or copy it to one that is attached with STORAGE_VERSION ‘v1.4.0’.`,
    );
  }
  if (header.getBigUint64(FLAGS_AT, true) & IS_ENCRYPTED)
    throw refused(file.name, 'an encrypted DuckDB database', EXPORT);
}
