import { DAY } from '../../../../src/domain/calendar';
import { StorageType } from '../../../../src/domain/columns';
import { MAX_CHARACTERS } from '../../../../src/domain/decide-encoding';
import { UserError } from '../../../../src/domain/errors';
import { z } from '../../../../src/domain/zod';
import { PART_RANGES } from '../../encoding/date-parts';
import { type ColumnEncoding, decodeColumn } from '../../encoding/encoder';
import { partedCodes } from '../../encoding/parted-codes';
import { isHeld } from '../../encoding/rare-texts';
import { brokenModel, checkedPart, must } from './broken-model';
import { StoredLattice } from './check-rules';

const Count = z.number().int().min(0);
const Numbers = z.array(z.number());
const Share = z.number().min(0).max(1.000001);
/** Instants and days that dates can have: up to the end of the last day that begins in time (`date-bounds.ts`). */
const Instant = z
  .number()
  .min(-8.64e15)
  .max(8.64e15 + DAY);
const Part = z.number().int().min(-200_000_000).max(200_000_000);

const SubColumn = z.object({
  name: z.string(),
  cardinality: z.number().int().min(1).max(65_535),
  ordinal: z.boolean(),
  classes: z.array(Count).optional(),
});
const common = { storageType: StorageType, subColumns: z.array(SubColumn).min(1) };

const Invented = z
  .object({
    values: z.array(z.string()).min(1),
    holders: z.array(Count).min(1).max(10_000),
    rows: z
      .number()
      .int()
      .min(1)
      .max(2 ** 31),
    stretches: z.number().int().min(1).max(1000).optional(),
    drawnAs: Count.optional(),
    isNumbered: z.literal(true).optional(),
  })
  .refine(({ values, stretches = 1 }) => values.length % stretches === 0, {
    error: 'not as many values a stretch',
  })
  .refine(({ holders }) => isHeld(holders), { error: 'nobody holds a value, or too many do' });

const Bin = z
  .object({
    kind: z.literal('bin'),
    lower: Numbers.min(1),
    upper: Numbers,
    share: z.array(Share),
    mass: Share.optional(),
    values: Numbers.optional(),
    valueShare: z.array(Share).optional(),
    lattice: z.array(Count).min(1).optional(),
    latticeShare: z.array(Share).optional(),
  })
  .refine(
    ({ lower, upper, share, values, valueShare, lattice, latticeShare }) =>
      upper.length === lower.length &&
      share.length === lower.length &&
      values?.length === valueShare?.length &&
      lattice?.length === latticeShare?.length &&
      lower.every((from, i) => from <= upper[i]!),
    { error: 'its cells do not go together' },
  );

const StoredSplit = z.object({
  axis: z.union([z.literal(0), z.literal(1)]),
  at: z.number(),
  below: z.number().int(),
  above: z.number().int(),
});

const Encoding = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('TABULAR_CATEGORICAL'),
    ...common,
    hasNull: z.boolean(),
    categories: z.array(z.string()),
    rareCategories: Count,
    emitsRare: z.boolean(),
    invented: Invented.optional(),
  }),
  z.object({
    type: z.literal('TABULAR_NUMERIC_DISCRETE'),
    ...common,
    hasNull: z.boolean(),
    values: z.array(z.union([z.number(), z.literal('Infinity'), z.literal('-Infinity')])),
    hiddenValues: Count.optional(),
    fallbackCode: Count,
  }),
  z.object({
    type: z.literal('TABULAR_NUMERIC_BINNED'),
    ...common,
    decimals: z.number().int().min(-400).max(400).nullable(),
    lattices: z.array(StoredLattice),
    tokens: z
      .array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('null') }),
          z.object({ kind: z.literal('infinity'), sign: z.union([z.literal(1), z.literal(-1)]) }),
          z.object({ kind: z.literal('point'), units: z.number() }),
          Bin,
        ]),
      )
      .min(1),
    fallbackCode: Count,
    hidden: z.looseObject({ rows: z.number(), sum: z.number(), deviation: z.number() }).nullable(),
  }),
  z.object({
    type: z.literal('TABULAR_DATETIME'),
    ...common,
    hasNull: z.boolean(),
    specials: z.array(Instant),
    bounds: z
      .object({ min: Instant, max: Instant })
      .refine(({ min, max }) => min <= max, { error: 'they are not in order' })
      .nullable(),
    parts: z.array(z.array(Part)),
    seed: z.number(),
    dayCoding: z.enum(['dates', 'month days', 'weekdays']),
    marks: z.array(z.number().int().min(0).max(32)),
    hiddenRows: Count.optional(),
  }),
  z.object({
    type: z.literal('TABULAR_NUMERIC_DIGIT'),
    ...common,
    hasNull: z.boolean(),
    decimals: z.number().int().min(-400).max(400),
    bounds: z
      .object({ low: z.number(), high: z.number() })
      .refine(({ low, high }) => low <= high, { error: 'they are not in order' })
      .nullable(),
    digits: z.array(z.array(z.number().int().min(0).max(9)).max(10)).max(40),
    hidden: z.looseObject({ rows: z.number(), sum: z.number(), deviation: z.number() }).nullable(),
    seed: z.number(),
  }),
  z.object({
    type: z.literal('TABULAR_CHARACTER'),
    ...common,
    hasNull: z.boolean(),
    characters: z.array(z.array(z.string().max(2))).max(MAX_CHARACTERS),
    hiddenValues: Count,
    seed: z.number(),
  }),
  z
    .object({
      type: z.literal('TABULAR_LAT_LONG'),
      ...common,
      hasNull: z.boolean(),
      codes: z.array(z.union([z.string(), z.tuple([z.number(), z.number(), z.number(), z.number()])])),
      splits: z.array(StoredSplit).nullable(),
      cellCodes: z.array(Count),
      frame: z.tuple([z.string(), z.string(), z.string()]),
      decimals: z.number().int().min(0).max(20),
      isPadded: z.boolean(),
      hiddenValues: Count,
      fallbackCode: Count,
    })
    .refine(
      ({ codes, splits, cellCodes, fallbackCode }) => {
        const isCode = (code: number) => code < codes.length;
        // A tree: each node leads to later ones or to cells.
        const leads = (node: number) => (to: number) =>
          to < 0 ? -1 - to < cellCodes.length : to > node && to < splits!.length;
        return (
          cellCodes.every(isCode) &&
          (codes.length === 0 || isCode(fallbackCode)) &&
          (splits === null) === (cellCodes.length === 0) &&
          (splits ?? []).every(({ below, above }, node) => [below, above].every(leads(node)))
        );
      },
      { error: 'its cells do not go together' },
    ),
]);

/** What texts are coded as. */
const TEXT_TYPES: readonly string[] = ['TABULAR_CATEGORICAL', 'TABULAR_CHARACTER', 'TABULAR_LAT_LONG'];

/** Values decoded at once. */
const TRIAL = { seed: 0, column: 0 } as const;

/**
 * Checks how a stored model writes a column: its form, that every code stands for something, and that all of them become
 * values.
 * @param part its path in the model
 * @throws UserError `not-found` that says what is wrong
 */
export function checkEncoding(part: string, stored: unknown): void {
  const encoding = checkedPart(Encoding, part, stored) as ColumnEncoding;
  const codes = codesOf(encoding);
  must(
    encoding.subColumns.length === codes.length &&
      encoding.subColumns.every(({ cardinality }, i) => cardinality <= codes[i]!),
    `has codes of “${part}” that stand for nothing`,
  );
  const isText = encoding.storageType === 'text' || encoding.storageType === 'boolean';
  must(!isText || TEXT_TYPES.includes(encoding.type), `has texts in “${part}” that are coded as numbers`);
  if (encoding.type === 'TABULAR_NUMERIC_BINNED') checkGrid(part, encoding);
  const rows = Math.max(...encoding.subColumns.map(({ cardinality }) => cardinality));
  const all = encoding.subColumns.map(({ cardinality }) =>
    Uint16Array.from({ length: rows }, (_, row) => row % cardinality),
  );
  try {
    const data = decodeColumn(encoding, all, TRIAL, 0);
    if (data.kind === 'number')
      must(
        data.values.every((value, row) => !Number.isNaN(value) || data.nulls?.[row] === 1),
        `has codes of “${part}” that are no numbers`,
      );
    else
      must(
        data.codes.every((code) => code < data.dictionary.length),
        `has codes of “${part}” that stand for nothing`,
      );
  } catch (error) {
    throw error instanceof UserError ? error : brokenModel(`has a column “${part}” that cannot be drawn`);
  }
}

/** Codes that stand for something, of each sub-column. */
function codesOf(encoding: ColumnEncoding): number[] {
  switch (encoding.type) {
    case 'TABULAR_CATEGORICAL':
      return [1 + Number(encoding.hasNull) + encoding.categories.length];
    case 'TABULAR_NUMERIC_DISCRETE':
      return [Number(encoding.hasNull) + encoding.values.length];
    case 'TABULAR_NUMERIC_BINNED':
      return [encoding.tokens.length];
    case 'TABULAR_NUMERIC_DIGIT':
      return partedCodes({ hasNull: encoding.hasNull, sizes: encoding.digits.map(({ length }) => length) });
    case 'TABULAR_CHARACTER':
      return partedCodes({
        hasNull: encoding.hasNull,
        sizes: encoding.characters.map(({ length }) => length),
      });
    case 'TABULAR_LAT_LONG':
      return [Number(encoding.hasNull) + encoding.codes.length];
    case 'TABULAR_DATETIME': {
      const { hasNull, specials, bounds, parts } = encoding;
      const state = 1 + Number(hasNull) + specials.length;
      if (!bounds) return [state];
      must(parts.length === PART_RANGES.length, 'has dates of other parts');
      const varying = parts.filter((values) => values.length > 1).map((values) => values.length);
      const codes = [...(state > 1 ? [state] : []), ...varying];
      return codes.length > 0 ? codes : [1];
    }
  }
}

/** Bins of a grid name lattices that are there, and are of numbers that a step changes. */
function checkGrid(part: string, { lattices, tokens }: Extract<ColumnEncoding, { tokens: unknown }>): void {
  for (const token of tokens) {
    if (token.kind !== 'bin') continue;
    must(
      (token.lattice ?? []).every((index) => index < lattices.length),
      `has a bin of “${part}” that names a lattice which is not there`,
    );
    const ends = [token.lower[0]!, token.upper[token.upper.length - 1]!];
    must(
      lattices.length === 0 || ends.every((end) => Math.abs(end) < 2 ** 53),
      `has a bin of “${part}” beyond its grid`,
    );
  }
}
