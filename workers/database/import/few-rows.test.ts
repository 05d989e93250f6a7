import { beforeAll, describe, expect, it } from 'vitest';
import { unreadSentence } from '../../../src/domain/evidence-words';
import type { SqlEngine } from '../duckdb/sql';
import { SqlTable } from '../tables';
import { sharedEngine } from '../testing/shared-engine';
import { importTable } from './import-table';
import { openHead } from './open-head';

let sql: SqlEngine;
beforeAll(async () => {
  sql = await sharedEngine();
});

const OPTIONS = { overrides: {}, onProgress: () => {}, checkpoint: () => {} };

/** A column of 60 usual values and some others, as a table in memory and as one converted in place. */
async function column(usual: (i: number) => string, others: readonly string[]) {
  const cells = [...Array.from({ length: 60 }, (_, i) => usual(i)), ...others];
  const file = new File([`id,x\n${cells.map((cell, i) => `${i},${cell}`).join('\n')}\n`], 'few.csv');
  const head = await openHead(file);
  const table = await importTable(sql, file, head, { ...OPTIONS, sqlTable: 'few' });
  const inPlace = await importTable(sql, file, head, {
    ...OPTIONS,
    sqlTable: 'few_in_place',
    inPlaceFrom: 0,
  });
  expect(inPlace).toEqual({ ...table, sqlTable: 'few_in_place' });
  const profile = table.columns[1]!;
  const read = async (name: string) => {
    const shown = new SqlTable(table.columns, table.rowCount, sql, name, [1]);
    return (await shown.preview(60, 100)).rows.map((row) => row[1]);
  };
  const isTyped = profile.nearMiss !== null && profile.storageType !== 'text';
  const shown = isTyped ? await read('few') : null;
  if (isTyped) expect(await read('few_in_place')).toEqual(shown);
  await sql.query('DROP TABLE few_in_place');
  return {
    type: profile.storageType,
    finer: profile.finer,
    nearMiss: profile.nearMiss,
    nulls: profile.nullCount,
    shown,
  };
}

const whole = (i: number) => String(i * 37);
const day = (i: number) => `2020-01-${String((i % 28) + 1).padStart(2, '0')}`;

describe('texts among values', () => {
  it.each([
    ['integer', whole, ['about 5', '?7']],
    ['float', (i: number) => (i + 0.5).toFixed(1), ['n.v.', '12 kg', '13 kg', '14 kg', '15 kg', '16 kg']],
    ['date', day, ['spring']],
    ['boolean', (i: number) => String(i % 2 === 0), ['maybe']],
    ['integer', whole, ['99999999999999999999999999']],
  ] as const)(
    'of fewer than 7 rows do not make a %s a text, and stay to be seen',
    async (type, usual, others) => {
      const { nearMiss, ...rest } = await column(usual, others);
      expect(rest).toEqual({ type, finer: undefined, nulls: others.length, shown: [...others] });
      expect(nearMiss).toMatchObject({ type, count: others.length, example: others[0], line: 62 });
    },
  );

  it.each([
    ['customer_id', 6, 'integer'],
    ['customer_id', 7, 'text'],
    // No people: of a kind each, or with a row each.
    ['account kind', 6, 'text'],
    ['user', 50, 'text'],
  ] as const)('in many rows of each %s, of %i with some, make it %s', async (name, odd, type) => {
    const isUnique = odd === 50;
    const rows = Array.from({ length: 400 }, (_, i) => {
      const person = i % 40;
      return `p${isUnique ? i : person},${person < odd && i >= 200 ? `unknown ${i % 3}` : whole(i)}`;
    });
    const file = new File([`${name},x\n${rows.join('\n')}\n`], 'people.csv');
    const { columns } = await importTable(sql, file, await openHead(file), {
      ...OPTIONS,
      sqlTable: 'people',
    });
    expect(columns[1]).toMatchObject({ storageType: type, nearMiss: { type: 'integer' } });
    if (type !== 'integer') return;
    expect(columns[1]!.nullCount).toBe(odd * 5);
    expect(unreadSentence(columns[1]!)).toContain('too few people to show');
  });

  it('of 7 rows make a text', async () => {
    const others = Array.from({ length: 7 }, (_, i) => `about ${i}`);
    expect(await column(whole, others)).toMatchObject({ type: 'text', nulls: 0, nearMiss: { count: 7 } });
  });

  it('of few values, whose range could not be shown, make a text', async () => {
    const file = new File(
      [`x\n${Array.from({ length: 15 }, (_, i) => i).join('\n')}\nabout 5\n`],
      'short.csv',
    );
    const { columns } = await importTable(sql, file, await openHead(file), { ...OPTIONS, sqlTable: 'short' });
    expect(columns[0]!.storageType).toBe('text');
  });
});

describe('a finer type than most rows need', () => {
  it.each([
    ['float', 'integer', whole, ['1.5', '2.25', '3.125']],
    ['float', 'integer', whole, ['7.0']],
    ['float', 'integer', whole, ['inf']],
    ['datetime', 'date', day, ['2020-02-03 04:05:06']],
  ] as const)('is kept as %s and counted against %s', async (type, coarser, usual, others) => {
    const { finer, ...rest } = await column(usual, others);
    expect(rest).toMatchObject({ type, nearMiss: null, nulls: 0 });
    expect(finer).toEqual({ coarser, count: others.length });
  });

  it('is that of the column where 7 rows and more need it', async () => {
    const others = Array.from({ length: 7 }, (_, i) => `${i}.5`);
    expect(await column(whole, others)).toMatchObject({ type: 'float', finer: undefined });
    expect(await column((i) => `${i}.0`, [])).toMatchObject({ type: 'float', finer: undefined });
    expect(await column((i) => `${day(i)} 10:00`, [])).toMatchObject({ type: 'datetime', finer: undefined });
  });

  it('and texts may come together', async () => {
    expect(await column(whole, ['1.5', 'about 5'])).toMatchObject({
      type: 'float',
      finer: { coarser: 'integer', count: 1 },
      nearMiss: { count: 1 },
      shown: ['1.5', 'about 5'],
    });
  });
});
