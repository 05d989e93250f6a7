import { beforeAll, expect, it } from 'vitest';
import { cellWriter } from '../../../src/domain/cell-writer';
import { queryRows } from '../duckdb/arrow';
import { literal } from '../duckdb/sql';
import { sharedEngine } from '../testing/shared-engine';
import { Candidates } from './candidates';

const candidates = new Candidates({ decimal: '.', delimiter: ',' }, false);

beforeAll(async () => {
  await sharedEngine();
});

/** The instants of the texts, and the texts that their column writes for them. */
async function read(texts: readonly string[]): Promise<[string | null, string | null][]> {
  const sql = await sharedEngine();
  const [parser] = candidates.of(texts, 'sent');
  expect(parser?.id).toBe('rfc-2822');
  const write = cellWriter('datetime', parser!.format!(texts, 1));
  const values = texts.map((text) => `(${literal(text)})`).join(', ');
  const rows = await queryRows(
    sql,
    `SELECT epoch_ms(${parser!.sql('t')})::DOUBLE AS v FROM (VALUES ${values}) AS x(t)`,
  );
  return rows.map(({ v }) =>
    v === null ? [null, null] : [new Date(Number(v)).toISOString(), write(Number(v))],
  );
}

it('reads dates of e-mail with their zones, and writes them as they stand', async () => {
  const texts = ['Mon, 02 Jan 2006 15:04:05 -0700', 'Tue, 31 Dec 2019 23:59:59 -0700'];
  expect(await read(texts)).toEqual([
    ['2006-01-02T22:04:05.000Z', texts[0]],
    ['2020-01-01T06:59:59.000Z', texts[1]],
  ]);
});

it('reads the names of zones that the standard fixes', async () => {
  const texts = ['4 Jul 2021 09:30 EST', '14 Jul 2021 19:05 EST', '9 Jan 2021 00:00 PST'];
  expect(await read(texts)).toEqual([
    ['2021-07-04T14:30:00.000Z', texts[0]],
    ['2021-07-15T00:05:00.000Z', texts[1]],
    ['2021-01-09T08:00:00.000Z', '9 Jan 2021 03:00 EST'],
  ]);
});

it('reads Greenwich time', async () => {
  const texts = ['Sun, 06 Nov 1994 08:49:37 GMT', 'Wed, 09 Nov 1994 08:49:37 GMT'];
  expect((await read(texts)).map(([, text]) => text)).toEqual(texts);
});

it('takes no date whose day, zone or month is none', () => {
  for (const wrong of ['Mon, 42 Jan 2006 15:04:05 GMT', '2 Jan 2006 15:04:05 CET', '2 Foo 2006 15:04 GMT'])
    expect(candidates.of([wrong], 'sent').map(({ id }) => id)).not.toContain('rfc-2822');
});
