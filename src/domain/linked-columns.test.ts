import { describe, expect, it } from 'vitest';
import type { ColumnProfile, ModelEncodingType } from './columns';
import { readCoordinates } from './coordinate-texts';
import { decideColumns } from './decide-encoding';
import { coordinateColumns, holdsCoordinates, linkColumns } from './linked-columns';

function profile(name: string, overrides: Partial<ColumnProfile> = {}): ColumnProfile {
  return {
    ...{ index: 0, originalName: name, name, storageType: 'float', rowCount: 1000, nullCount: 0 },
    ...{ distinctCount: 900, nonRareShare: 0.1, uniqueShare: 0.8, nonRareDistinct: 5, infiniteCount: 0 },
    ...{ min: -40, median: 5, mean: 5, max: 60, maxLength: 10, fixedLength: false, looksLikeUuid: false },
    ...{ exceedsSafeInteger: false, topValues: [], histogram: [], nearMiss: null, subject: null },
    ...overrides,
  };
}

const date = (name: string, median: number) => profile(name, { storageType: 'date', median });

function settings(types: Readonly<Record<string, ModelEncodingType>>) {
  const columns = Object.entries(types).map(([name, modelEncodingType]) => ({
    ...{ name, modelEncodingType, included: true },
  }));
  return { columns, primaryKey: null, subjectColumns: [], valueProtection: true };
}

describe('pairs of coordinates', () => {
  it.each([
    ['lat', 'lon'],
    ['Latitude', 'Longitude'],
    ['pickup_latitude', 'pickup_longitude'],
    ['startLat', 'startLng'],
    ['Breitengrad', 'Längengrad'],
  ])('%s and %s are offered and coded together', (a, b) => {
    const profiles = [profile(a), profile(b), profile('price')];
    expect([...coordinateColumns(profiles)]).toEqual([a, b]);
    const decisions = decideColumns(
      profiles,
      settings({ [a]: 'TABULAR_LAT_LONG', [b]: 'AUTO', price: 'AUTO' }),
    );
    expect(decisions.map(({ decision }) => decision.pairedWith)).toEqual([b, a, undefined]);
    expect(decisions[0]!.decision).toMatchObject({ encodingType: 'TABULAR_NUMERIC_BINNED' });
    expect(decisions[0]!.decision.evidence).toContain(`Coded together with “${b}”`);
  });

  it('are told apart by the rest of their names', () => {
    const profiles = ['from_lat', 'from_lon', 'to_lat', 'to_lon'].map((name) => profile(name));
    const types = Object.fromEntries(profiles.map(({ name }) => [name, 'TABULAR_LAT_LONG' as const]));
    const links = linkColumns(profiles, settings(types).columns);
    expect([...links].map(([name, link]) => `${name} ${link.pairedWith}`).sort()).toEqual([
      'from_lat from_lon',
      'from_lon from_lat',
      'to_lat to_lon',
      'to_lon to_lat',
    ]);
  });

  it('are no numbers beyond the earth, nor words that only contain such a name', () => {
    const names = [profile('lat', { max: 95 }), profile('lon'), profile('platform'), profile('belong')];
    expect(coordinateColumns(names).size).toBe(0);
    const [{ decision } = { decision: null }] = decideColumns(names, settings({ lat: 'TABULAR_LAT_LONG' }));
    expect(decision).toMatchObject({ encodingType: 'TABULAR_NUMERIC_BINNED' });
    expect(decision?.evidence).toContain('no second column of coordinates');
  });

  it('may have any names where exactly two are chosen', () => {
    const profiles = [profile('x'), profile('y'), profile('z')];
    const chosen = settings({ x: 'TABULAR_LAT_LONG', y: 'TABULAR_LAT_LONG', z: 'AUTO' });
    expect(linkColumns(profiles, chosen.columns).get('y')).toEqual({ pairedWith: 'x' });
  });
});

describe('texts of coordinates', () => {
  const texts = ['48.20849, 16.37208', '(47.1;15.2)', 'POINT(47.1 15.2)', '-33.9|151'];
  const column = (values: readonly string[]) =>
    profile('where', {
      ...{ storageType: 'text', min: null, max: null, nonRareShare: 0, nonRareDistinct: 0 },
      topValues: values.map((value) => ({ value, count: 1 })),
    });

  it('are read whatever stands around the numbers', () => {
    expect(texts.map((text) => readCoordinates(text)?.latitude)).toEqual([48.20849, 47.1, 47.1, -33.9]);
  });

  it('become coordinates by themselves where they would be left out as categories', () => {
    expect(holdsCoordinates(column(texts))).toBe(true);
    const [learned] = decideColumns([column(texts)], settings({ where: 'AUTO' }));
    expect(learned!.decision).toMatchObject({ included: true, encodingType: 'TABULAR_LAT_LONG' });
    const [other] = decideColumns(
      [column(['note 1', 'note 2', '1, 2'])],
      settings({ where: 'TABULAR_LAT_LONG' }),
    );
    expect(other!.decision.encodingType).toBeNull();
    expect(other!.decision.evidence).toContain('Its values are no coordinates');
  });
});

describe('relative dates', () => {
  it('are relative to the date that comes nearest before them', () => {
    const profiles = [date('born', 1e11), date('ordered', 1.6e12), date('shipped', 1.61e12)];
    const chosen = settings({ born: 'AUTO', ordered: 'AUTO', shipped: 'TABULAR_DATETIME_RELATIVE' });
    const [, , shipped] = decideColumns(profiles, chosen);
    expect(shipped!.decision).toMatchObject({ encodingType: 'TABULAR_DATETIME', relativeTo: 'ordered' });
    expect(shipped!.decision.evidence).toContain('Its distance to “ordered” is learned with it');
  });

  it('never lead in a circle, and say so where there is no other date', () => {
    const two = [date('a', 2), date('b', 1)];
    const both = settings({ a: 'TABULAR_DATETIME_RELATIVE', b: 'TABULAR_DATETIME_RELATIVE' });
    expect([...linkColumns(two, both.columns)]).toEqual([['b', { relativeTo: 'a' }]]);
    const [alone] = decideColumns([date('a', 2), profile('n')], both);
    expect(alone!.decision).toMatchObject({ encodingType: 'TABULAR_DATETIME' });
    expect(alone!.decision.relativeTo).toBeUndefined();
    expect(alone!.decision.evidence).toContain('no other date to be relative to');
  });
});

describe('digits and characters', () => {
  const typeOf = (one: ColumnProfile, type: ModelEncodingType) =>
    decideColumns([one], settings({ [one.name]: type }))[0]!.decision;

  it('are taken where they are chosen and fit', () => {
    expect(typeOf(profile('pay'), 'TABULAR_NUMERIC_DIGIT').encodingType).toBe('TABULAR_NUMERIC_DIGIT');
    const code = profile('code', { storageType: 'text', nonRareDistinct: 0, maxLength: 80 });
    const decision = typeOf(code, 'TABULAR_CHARACTER');
    expect(decision.encodingType).toBe('TABULAR_CHARACTER');
    expect(decision.evidence).toContain('texts are cut after 50 characters');
  });

  it('are replaced where they do not fit, and nothing is learned of a few values', () => {
    expect(typeOf(profile('pay'), 'TABULAR_CHARACTER').encodingType).toBe('TABULAR_NUMERIC_BINNED');
    expect(typeOf(date('day', 1), 'TABULAR_NUMERIC_DIGIT').encodingType).toBe('TABULAR_DATETIME');
    const few = profile('code', { storageType: 'text', rowCount: 19 });
    expect(typeOf(few, 'TABULAR_CHARACTER').included).toBe(false);
    expect(typeOf(profile('pay', { rowCount: 19 }), 'TABULAR_NUMERIC_DIGIT').included).toBe(false);
  });
});
