import { describe, expect, it } from 'vitest';
import { readCoordinates } from '../../../src/domain/coordinate-texts';
import { RandomStream } from '../../../src/domain/random';
import { analyseLatLong, decodeLatLong, encodeLatLong } from './lat-long';
import { cells, options, repeat, tally, textColumn } from './testing';

const DRAWS = { seed: 3, column: 0 };

function roundTrip(values: readonly (string | null)[], overrides = {}) {
  const data = textColumn(values);
  const analysed = analyseLatLong(data, 'text', options(overrides));
  const encoding = JSON.parse(JSON.stringify(analysed)) as typeof analysed;
  const codes = encodeLatLong(encoding, data);
  expect(codes.every((code) => code < encoding.subColumns[0]!.cardinality)).toBe(true);
  return { encoding, codes, out: cells(decodeLatLong(encoding, codes, DRAWS, 0)) };
}

/** Points around two towns that are far apart. */
function towns(rows: number, decimals = 5): string[] {
  const stream = new RandomStream(4, 'towns');
  return Array.from({ length: rows }, (_, row) => {
    const [latitude, longitude] = row % 2 === 0 ? [48.2, 16.37] : [-33.87, 151.2];
    const at = [latitude!, longitude!].map((value) => (value + 0.05 * stream.normal()).toFixed(decimals));
    return at.join(', ');
  });
}

describe('TABULAR_LAT_LONG', () => {
  it('puts each point near where it was, and no point on a row', () => {
    const values = towns(2000);
    const { out, encoding } = roundTrip(values);
    expect(encoding.subColumns[0]!.cardinality).toBeGreaterThan(30);
    const far = out.filter((text, row) => {
      const [a, b] = [readCoordinates(text as string)!, readCoordinates(values[row]!)!];
      return Math.hypot(a.latitude - b.latitude, a.longitude - b.longitude) > 0.3;
    });
    expect(far.length).toBeLessThan(20);
    expect(out.filter((text) => values.includes(text as string)).length).toBeLessThan(3);
  });

  it('every cell holds at least 20 rows, and nothing far out that few rows hold shows', () => {
    const { codes, encoding, out } = roundTrip([
      ...towns(1000),
      '80.00000, -170.00000',
      '79.00000, -171.00000',
    ]);
    const counts = tally([...codes]);
    encoding.codes.forEach((code, i) => {
      if (typeof code !== 'string') expect(counts.get(i)).toBeGreaterThanOrEqual(20);
    });
    expect(Math.max(...out.map((text) => readCoordinates(text as string)!.latitude))).toBeLessThan(49);
  });

  it('gives back locations that enough rows share, and other texts that do', () => {
    const values = [...repeat(['48.20849, 16.37208', '47.07000,15.44000', 'unknown'], 30), ...towns(300)];
    const { out } = roundTrip(values);
    expect(out.slice(0, 90)).toEqual(values.slice(0, 90));
  });

  it('writes as most rows are written: frame, digits, zeros at the end', () => {
    const write = (text: string) => `(${text.replace(', ', ' ')})`;
    const out = roundTrip(towns(300, 3).map(write)).out as string[];
    expect(out.every((text) => /^\(-?\d+\.\d{3} -?\d+\.\d{3}\)$/.test(text))).toBe(true);
    const trimmed = towns(300).map((text) => text.replace(/0+(?=,|$)/g, ''));
    const short = roundTrip(trimmed).out as string[];
    expect(short.some((text) => !/0(,|$)/.test(text))).toBe(true);
    expect(short.every((text) => !/\.\d*0(,|$)/.test(text))).toBe(true);
  });

  it.each(['ERR', ',,,,', 'A,B,C,', '95.0, 10.0', '10, 200', '', 'NaN, 1'])('“%s” is no location', (text) => {
    expect(readCoordinates(text)).toBeNull();
    const { out } = roundTrip([...towns(100), text, ...repeat<string | null>([null], 30)]);
    expect(out[100]).toBeNull();
  });

  it('shows nothing of a few points', () => {
    expect(new Set(roundTrip(towns(15)).out)).toEqual(new Set([null]));
    expect(roundTrip([]).out).toEqual([]);
  });

  it('counts subjects: the home of one person does not show however often it comes', () => {
    const home = '10.12345, 20.12345';
    const values = [...repeat([home], 200), ...towns(400)];
    const subjects = Uint32Array.from(values, (value, row) => (value === home ? 0 : row));
    const { encoding, out } = roundTrip(values, { subjects });
    expect(encoding.codes).not.toContain(home);
    expect(out).not.toContain(home);
  });

  it('a cell of many rows is split, and many locations get classes of neighbours', () => {
    const values = repeat(
      Array.from({ length: 500 }, (_, i) => `${(i / 10).toFixed(2)}, ${(i / 20).toFixed(2)}`),
      MAX_ROWS,
    );
    const { encoding, out } = roundTrip(values);
    expect(encoding.subColumns[0]!.classes?.length).toBeGreaterThan(10);
    expect(out).toEqual(values);
  });
});

/** Rows of a location that always shows. */
const MAX_ROWS = 12;
