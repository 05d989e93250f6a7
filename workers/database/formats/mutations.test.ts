import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors';
import { RandomStream } from '../../../src/domain/random';
import { queryRows } from '../duckdb/arrow';
import { importFile } from '../import/import-file';
import { sharedEngine } from '../testing/shared-engine';
import { INPUTS } from './testing/inputs';
import { mutate } from './testing/mutate';

/** Of each input; more were run by hand (bench/quality-log.md). */
const MUTATIONS = 25;

describe('damaged files', () => {
  it.each(Object.keys(INPUTS))(
    '%s is read or refused in a sentence, and leaves nothing behind',
    async (name) => {
      const sql = await sharedEngine();
      const random = new RandomStream(1, `mutations ${name}`);
      const options = {
        overrides: {},
        sqlTable: 'damaged',
        onProgress: () => undefined,
        checkpoint: () => undefined,
      };
      for (let k = 0; k < MUTATIONS; k++) {
        const file = new File([mutate(INPUTS[name]!, random)], name);
        const outcome = await importFile(sql, file, options).then(
          ({ rowCount }) => rowCount,
          (error: unknown) => error,
        );
        if (typeof outcome !== 'number') {
          expect([k, outcome]).toEqual([k, expect.any(UserError)]);
          expect((outcome as UserError).message).toMatch(/^[“A-Z].*\.$/s);
        }
        const tables = await queryRows(
          sql,
          "SELECT table_name AS t FROM duckdb_tables() WHERE table_name LIKE 'damaged%'",
        );
        expect(tables.map(({ t }) => t)).toEqual(typeof outcome === 'number' ? ['damaged'] : []);
        await sql.query('DROP TABLE IF EXISTS damaged');
      }
    },
  );
});
