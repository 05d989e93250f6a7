import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cellWriter } from '../../../src/domain/cell-writer';
import { parseTimeOfDay, timeOfDayText } from '../../../src/domain/time-of-day';
import { queryRows } from '../duckdb/arrow';
import { literal } from '../duckdb/sql';
import { sharedEngine } from '../testing/shared-engine';
import { Candidates } from './candidates';

const candidates = new Candidates({ decimal: '.', delimiter: ',' }, false);

/** Texts read by the first notation that takes them all, and written again in their form; null = it is no time. */
async function roundTrip(texts: readonly string[]): Promise<(string | null)[]> {
  const sql = await sharedEngine();
  const [parser] = candidates.of(texts, 'at');
  if (parser?.storageType !== 'time') return texts.map(() => null);
  const write = cellWriter('time', parser.format!(texts, 1));
  const values = texts.map((text) => `(${literal(text)})`).join(', ');
  const rows = await queryRows(
    sql,
    `SELECT (epoch_us(${parser.sql('t')}) / 1000.0)::DOUBLE AS v FROM (VALUES ${values}) AS x(t)`,
  );
  return rows.map(({ v }) => (v === null ? null : write(Number(v))));
}

const two = (value: number) => String(value).padStart(2, '0');
const moment = fc.integer({ min: 0, max: 86_399_999 });
/** One of the forms in which a column may have its times. */
const FORMS: Readonly<Record<string, (at: number) => string>> = {
  'HH:mm': (at) => `${two(Math.floor(at / 3_600_000))}:${two(Math.floor(at / 60_000) % 60)}`,
  'H:mm:ss': (at) =>
    `${Math.floor(at / 3_600_000)}:${two(Math.floor(at / 60_000) % 60)}:${two(Math.floor(at / 1000) % 60)}`,
  'HH:mm:ss.SSS': (at) => new Date(at).toISOString().slice(11, 23),
  'h:mm a.m.': (at) =>
    `${Math.floor(at / 3_600_000) % 12 || 12}:${two(Math.floor(at / 60_000) % 60)} ${at < 43_200_000 ? 'a.m.' : 'p.m.'}`,
  'hh:mm:ssAM': (at) =>
    `${two(Math.floor(at / 3_600_000) % 12 || 12)}:${two(Math.floor(at / 60_000) % 60)}:${two(Math.floor(at / 1000) % 60)}${at < 43_200_000 ? 'AM' : 'PM'}`,
};

beforeAll(async () => {
  await sharedEngine();
});

describe('times of day', () => {
  it.each(Object.keys(FORMS))('%s are read and written back as they are', async (form) => {
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { minLength: 3, maxLength: 20 }), async (moments) => {
        // Hours of one digit tell that none is padded.
        const texts = [3_723_004, ...moments].map(FORMS[form]!);
        expect(await roundTrip(texts)).toEqual(texts);
      }),
      { numRuns: 10 },
    );
  });

  it('are none where an hour, a minute or a second is too large', async () => {
    for (const wrong of ['24:10', '12:60', '12:30:75', '13:10 pm', '0:30 am', '1:2', '16:9'])
      expect(await roundTrip([wrong, wrong, wrong])).toEqual([null, null, null]);
  });

  it('have texts that read as the same moment', () => {
    fc.assert(
      fc.property(moment, (at) => {
        expect(parseTimeOfDay(timeOfDayText(at))).toBe(at);
      }),
    );
    expect(timeOfDayText(52_205_250)).toBe('14:30:05.25');
    expect(timeOfDayText(86_400_001)).toBe('23:59:59.999');
  });
});
