import { z } from './zod';

/**
 * Rules that rows of a table keep: relations between columns that hold in every row of the original, or nearly. They are
 * found in the data or added by a person, and generated rows keep them (docs/rules.md). Columns are named by their unique
 * names. Cells of dates are epoch milliseconds UTC; booleans are the texts `true` and `false`; null = missing.
 */

/** A value as a rule names it. */
export const Cell = z.union([z.string(), z.number(), z.null()]);
export type Cell = z.infer<typeof Cell>;

const Column = z.string().min(1);

/** `determinant` decides `dependent`: all rows with the same values of the one have the same value of the other. */
const FunctionalDependency = z.object({
  kind: z.literal('functional-dependency'),
  /** One or two columns. */
  determinant: z.array(Column).min(1).max(2),
  dependent: Column,
  /** The dependent decides the determinant, too. */
  oneToOne: z.boolean(),
});

/** Only combinations that occur in the data occur (FixedCombinations of the MOSTLY AI SDK and of SDV). */
const FixedCombinations = z.object({
  kind: z.literal('fixed-combinations'),
  columns: z.array(Column).min(2),
});

/** Combinations of two few-valued columns that never occur although chance would bring them often. */
const ExcludedCombinations = z.object({
  kind: z.literal('excluded-combinations'),
  columns: z.tuple([Column, Column]),
  combinations: z.array(z.tuple([Cell, Cell])).min(1),
});

/** low ≤ high, or low < high where both are present (Inequality of the MOSTLY AI SDK and of SDV). */
const Inequality = z.object({
  kind: z.literal('inequality'),
  low: Column,
  high: Column,
  strict: z.boolean(),
});

/** How a computed number was rounded. */
export const Rounding = z.enum(['nearest', 'down', 'up']);
export type Rounding = z.infer<typeof Rounding>;

const computed = {
  /** The column that is computed. */
  target: Column,
  /** Decimals that the result is rounded to; null = not rounded. Dates count milliseconds. */
  decimals: z.number().int().min(-9).max(15).nullable(),
  rounding: Rounding,
  /**
   * Decimals of each input, if the inputs were rounded after the target was computed from them: the target may be off by
   * what their last half units amount to.
   */
  inputDecimals: z.array(z.number().int().min(-9).max(15)).optional(),
};

/** target = Σ factor · column + constant: equal columns, constant factors, sums, differences, days between dates. */
const Linear = z.object({
  kind: z.literal('linear'),
  ...computed,
  terms: z.array(z.object({ column: Column, factor: z.number() })).min(1),
  constant: z.number(),
  /** A missing part counts as 0, unless all are missing: the income of who has no partner. */
  missingAsZero: z.boolean().optional(),
});

/** A column of a product, or with `per` what adds or takes off a share of it: 1 + per · column, to a power. */
const Factor = z.object({
  column: Column,
  /** 1, −1 for a divisor, 2 for a square, 0.5 for a root. */
  power: z
    .number()
    .min(-3)
    .max(3)
    .refine((power) => power !== 0, 'a power must not be 0'),
  /** 0.01 adds percents, −0.01 takes them off; 1 and −1 do so with shares. */
  per: z
    .number()
    .refine((per) => per !== 0, 'the share of a factor must not be 0')
    .optional(),
});
export type Factor = z.infer<typeof Factor>;

/** target = factor · Π column^power: products, ratios and powers; with percents added or taken off. */
const Product = z.object({
  kind: z.literal('product'),
  ...computed,
  factors: z.array(Factor).min(1),
  factor: z.number(),
});

export const DatePart = z.enum([
  'year',
  'quarter',
  'month',
  'day',
  'weekday',
  'hour',
  'minute',
  'second',
  'date',
  'week',
  'day-of-year',
  'year-month',
]);
export type DatePart = z.infer<typeof DatePart>;

/** target is a part of a date: its year, month, … `date` = the day without its time, `week` = of ISO 8601.
 * Weekdays count from Monday = 0. */
const PartOfDate = z.object({
  kind: z.literal('date-part'),
  target: Column,
  column: Column,
  part: DatePart,
  /** What the column holds for each value of the part: [value of the part, cell]; null = the part itself. */
  cells: z.array(z.tuple([z.number(), Cell])).nullable(),
});

/** target = full years between two dates, or to a fixed one. */
const Age = z.object({
  kind: z.literal('age'),
  target: Column,
  from: Column,
  /** A date column, or an instant in epoch milliseconds. */
  to: z.union([Column, z.number()]),
});

/** Three columns make a date that exists. */
const CalendarDate = z.object({ kind: z.literal('calendar-date'), year: Column, month: Column, day: Column });

/** target counts full units of time up to a date: a number of the day or week, seconds since 1970. */
const DateCount = z.object({
  kind: z.literal('date-count'),
  target: Column,
  /** A column of dates, or columns of numbers for year, month and day, perhaps hour. */
  date: z
    .array(Column)
    .min(1)
    .max(4)
    .refine(({ length }) => length !== 2, 'a date is one column, or year, month and day, perhaps hour'),
  /** Milliseconds. */
  unit: z.number().positive(),
  /** Epoch milliseconds at which the count is 0. */
  origin: z.number(),
});

/**
 * target is decided by the interval that a number or date lies in: `cells[i]` between `thresholds[i − 1]` and
 * `thresholds[i]`. Of targets that hold another cell nothing is said.
 */
const Thresholds = z
  .object({
    kind: z.literal('thresholds'),
    target: Column,
    /** Numbers or dates. */
    column: Column,
    /** … or their difference to those of another column; of dates in milliseconds. */
    minus: Column.optional(),
    /** Ascending. */
    thresholds: z.array(z.number()).min(1),
    cells: z.array(z.union([z.string(), z.number()])).min(2),
    /** A threshold itself belongs to the interval below it, else to the one above. */
    inclusive: z.boolean(),
  })
  .refine(
    ({ thresholds, cells }) => cells.length === thresholds.length + 1,
    'thresholds need a cell for each interval: one more than thresholds',
  )
  .refine(
    ({ thresholds }) => thresholds.every((threshold, k) => k === 0 || threshold > thresholds[k - 1]!),
    'thresholds must be in ascending order',
  );

/**
 * target is the largest or the smallest of several numbers or dates; with `cells`, it names the column that is: `cells[i]`
 * stands for `columns[i]`. Of targets that hold another cell nothing is said; of equal columns any may be named.
 */
const Extreme = z
  .object({
    kind: z.literal('extreme'),
    target: Column,
    columns: z.array(Column).min(2).max(12),
    end: z.enum(['largest', 'smallest']),
    cells: z.array(z.union([z.string(), z.number()])).optional(),
  })
  .refine(
    ({ columns, cells }) => cells === undefined || cells.length === columns.length,
    'cells need one for each column',
  );

/** Exactly one of the columns is 1 or true, the others 0 or false (OneHotEncoding of SDV). */
const OneHot = z.object({ kind: z.literal('one-hot'), columns: z.array(Column).min(2) });

/** The columns hold each of the same values once: ranks. */
const Permutation = z.object({ kind: z.literal('permutation'), columns: z.array(Column).min(2) });

/** Present in the same rows. */
const MissingTogether = z.object({ kind: z.literal('missing-together'), columns: z.array(Column).min(2) });

/** `column` holds `cell` wherever `by` holds one of `values`: missing, zero, or a fixed answer (skip patterns). */
const Implied = z.object({
  kind: z.literal('implied-value'),
  column: Column,
  cell: Cell,
  by: Column,
  values: z.array(Cell).min(1),
  /** … and nowhere else. */
  exactly: z.boolean(),
});

/** Two columns are equal far more often than chance would have it, though not always: the share is kept. */
const OftenEqual = z.object({ kind: z.literal('often-equal'), columns: z.tuple([Column, Column]) });

/** Numbers counted up row by row: start, start + step, … */
const RunningNumber = z.object({
  kind: z.literal('running-number'),
  column: Column,
  start: z.number(),
  step: z.number(),
});

/**
 * Numbers or dates within fixed bounds, null = none: min ≤ column ≤ max, or < where strict (Positive, Negative,
 * ScalarInequality and ScalarRange of SDV).
 */
const Range = z
  .object({
    kind: z.literal('range'),
    column: Column,
    min: z.number().nullable(),
    max: z.number().nullable(),
    strict: z.boolean(),
  })
  .refine(({ min, max }) => min !== null || max !== null, 'a range needs a lower or an upper bound')
  .refine(
    ({ min, max, strict }) => min === null || max === null || min < max || (min === max && !strict),
    'the lower bound of a range must lie below the upper one',
  );

/** Multiples of an increment (FixedIncrements of SDV). */
const Increments = z.object({
  kind: z.literal('increments'),
  column: Column,
  increment: z.number().positive(),
});

export const Rule = z.discriminatedUnion('kind', [
  FunctionalDependency,
  FixedCombinations,
  ExcludedCombinations,
  Inequality,
  Linear,
  Product,
  PartOfDate,
  Age,
  CalendarDate,
  DateCount,
  Thresholds,
  Extreme,
  OneHot,
  Permutation,
  MissingTogether,
  Implied,
  OftenEqual,
  RunningNumber,
  Range,
  Increments,
]);
export type Rule = z.infer<typeof Rule>;
export type RuleKind = Rule['kind'];

/** Share of rows that a rule which nearly always holds may fail. */
export const NEARLY = 0.005;

/** A rule of one kind. */
export type RuleOf<Kind extends RuleKind> = Extract<Rule, { readonly kind: Kind }>;

/** A rule and how the rows of a table keep it. */
export interface CheckedRule {
  readonly rule: Rule;
  /** Rows that it says something about: with all values present, say. */
  readonly applicable: number;
  /** Of these, the rows that keep it. */
  readonly kept: number;
}

/** What a person decides about the rules of a table. */
export const RuleSettings = z.object({
  /** Look for rules in the data. */
  find: z.boolean().default(true),
  /** Ids of found rules that are not to be kept (`idOfRule`). */
  off: z.array(z.string()).default([]),
  /** Rules that a person added. */
  added: z.array(Rule).default([]),
});
export type RuleSettings = z.infer<typeof RuleSettings>;

/** A rule of a generator's table. */
export interface TableRule extends CheckedRule {
  readonly source: 'found' | 'added';
  /**
   * `kept`: every generated row keeps it. `off`: switched off. `partly`: not all rows of the original keep it, so
   * generated ones need not. `unkept`: the model cannot keep it by force.
   */
  readonly state: 'kept' | 'off' | 'partly' | 'unkept';
}

/** Names of the columns of a rule, each once. */
export function columnsOfRule(rule: Rule): readonly string[] {
  switch (rule.kind) {
    case 'functional-dependency':
      return [...rule.determinant, rule.dependent];
    case 'inequality':
      return [rule.low, rule.high];
    case 'linear':
      return unique([rule.target, ...rule.terms.map(({ column }) => column)]);
    case 'product':
      return unique([rule.target, ...rule.factors.map(({ column }) => column)]);
    case 'date-part':
      return [rule.target, rule.column];
    case 'age':
      return typeof rule.to === 'string' ? [rule.target, rule.from, rule.to] : [rule.target, rule.from];
    case 'date-count':
      return [rule.target, ...rule.date];
    case 'thresholds':
      return rule.minus === undefined ? [rule.target, rule.column] : [rule.target, rule.column, rule.minus];
    case 'extreme':
      return [rule.target, ...rule.columns];
    case 'calendar-date':
      return [rule.year, rule.month, rule.day];
    case 'implied-value':
      return [rule.column, rule.by];
    case 'running-number':
    case 'range':
    case 'increments':
      return [rule.column];
    default:
      return rule.columns;
  }
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

/** The same for the same rule, whatever was measured of it: to switch rules off by. */
export function idOfRule(rule: Rule): string {
  const parts: (string | number)[] = [rule.kind, ...columnsOfRule(rule)];
  if (rule.kind === 'date-part') parts.push(rule.part);
  if (rule.kind === 'product') {
    for (const { column, power, per } of rule.factors) {
      if (per !== undefined) parts.push(column, power, per);
      else if (Math.abs(power) !== 1) parts.push(column, power);
    }
  }
  if (rule.kind === 'extreme') parts.push(rule.end);
  if (rule.kind === 'implied-value') parts.push(String(rule.cell));
  if (rule.kind === 'range') parts.push(String(rule.min), String(rule.max));
  if (rule.kind === 'increments') parts.push(rule.increment);
  return JSON.stringify(parts);
}
