import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, joinInstant } from '../../../../../src/domain/calendar';
import { RandomStream } from '../../../../../src/domain/random';
import { analyseDatetime, decodeDatetime } from '../../../encoding/datetime';
import { analyseDiscrete } from '../../../encoding/numeric-discrete';
import type { EncodedFeature } from '../../coded-columns';
import { periodOf } from '../../period-of-day';
import { isAllowed, restrictRows } from '../network/restrictions';
import { periodRelations } from './period-relations';

const ROWS = 600;
const OPTIONS = {
  valueProtection: false,
  rareCategoryReplacementMethod: 'SAMPLE',
  seed: 1,
  fineBins: false,
} as const;

function feature(name: string, encoding: EncodedFeature['encoding']): EncodedFeature {
  return {
    schema: { name, originalName: name, storageType: encoding.storageType },
    outputIndex: 0,
    encoding,
  };
}

const numbers = (values: number[], nulls: number[] | null = null) => ({
  kind: 'number' as const,
  values: Float64Array.from(values),
  nulls: nulls && Uint8Array.from(nulls),
});

/** Periods of all days between the first and the last, and features of the period and of its date. */
const scenario = fc
  .record({
    seed: fc.nat(10_000),
    span: fc.integer({ min: 40, max: 900 }),
    asParts: fc.boolean(),
    hasNull: fc.boolean(),
    noWeekends: fc.boolean(),
  })
  .map(({ seed, span, asParts, hasNull, noWeekends }) => {
    const stream = new RandomStream(seed, 'days');
    const first = 16_000 + stream.below(3000);
    const days = Array.from({ length: ROWS }, () => first + stream.below(span)).filter(
      (day) => !noWeekends || (day + 3) % 7 < 5,
    );
    const starts = [0.3, 0.5, 0.8].map((share) => first + Math.round(share * span));
    const nulls = hasNull ? days.map((_, row) => Number(row % 9 === 0)) : null;
    const periods = numbers(
      days.map((day) => periodOf(day, starts)),
      nulls,
    );
    const period = feature('period', analyseDiscrete(periods, 'integer', OPTIONS));
    const dates = days.map((day) => new Date(day * DAY));
    const part = (name: string, of: (date: Date) => number) =>
      feature(name, analyseDiscrete(numbers(dates.map(of), nulls), 'integer', OPTIONS));
    const own = asParts
      ? [
          part('year', (date) => date.getUTCFullYear()),
          part('month', (date) => date.getUTCMonth() + 1),
          part('day', (date) => date.getUTCDate()),
        ]
      : [
          feature(
            'date',
            analyseDatetime(
              numbers(
                days.map((day) => day * DAY),
                nulls,
              ),
              'date',
              OPTIONS,
            ),
          ),
        ];
    const columns = asParts ? (['year', 'month', 'day'] as const) : (['date'] as const);
    return { seed, starts, features: [period, ...own], tie: { period: 'period', columns, starts } };
  });

/** Number of the period, and the day, that codes stand for; null = missing. */
function decoded(
  features: readonly EncodedFeature[],
  codes: readonly number[],
): [number | null, number | null] {
  const value = (index: number, code: number): number | null => {
    const { encoding } = features[index]!;
    if (encoding.type !== 'TABULAR_NUMERIC_DISCRETE') throw new TypeError('not discrete');
    const at = code - Number(encoding.hasNull);
    return at < 0 ? null : Number(encoding.values[at]);
  };
  const period = value(0, codes[0]!);
  const [, first] = features;
  if (first!.encoding.type === 'TABULAR_DATETIME') {
    const parts = codes.slice(1).map((code) => Uint16Array.of(code));
    const { values, nulls } = decodeDatetime(first!.encoding, parts);
    return [period, nulls?.[0] ? null : values[0]! / DAY];
  }
  const parts = [1, 2, 3].map((index) => value(index, codes[index]!));
  if (parts.includes(null)) return [period, null];
  return [period, joinInstant(Int32Array.from([...parts.map(Number), 0, 0, 0, 0, 0, 0])) / DAY];
}

describe('periodRelations', () => {
  it('make the drawn period and the drawn date agree in every order', () => {
    fc.assert(
      fc.property(scenario, ({ seed, starts, features, tie }) => {
        const relations = periodRelations([tie], features);
        expect(relations).toHaveLength(1);
        const cardinalities = features.flatMap(({ encoding }) =>
          encoding.subColumns.map(({ cardinality }) => cardinality),
        );
        const stream = new RandomStream(seed, 'draws');
        for (let draw = 0; draw < 20; draw++) {
          const codes = new Uint16Array(cardinalities.length);
          const known: number[] = [];
          for (const part of stream.permutation(cardinalities.length)) {
            const cardinality = cardinalities[part]!;
            const restricted = restrictRows(relations, part, cardinality, known, codes, 1);
            const mask = restricted && restricted.masks[restricted.maskOf[0]!]!;
            const open = Array.from({ length: cardinality }, (_, code) => code).filter(
              (code) => !mask || isAllowed(mask, code),
            );
            codes[part] = open[stream.below(open.length)]!;
            known.push(part);
          }
          const [period, day] = decoded(features, [...codes]);
          expect(period).toBe(day === null ? null : periodOf(day, starts));
        }
      }),
      { numRuns: 60 },
    );
  });
});
