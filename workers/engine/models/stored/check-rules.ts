import type { ColumnSchema } from '../../../../src/domain/column-data';
import { StorageType } from '../../../../src/domain/columns';
import { Cell, columnsOfRule, Rule } from '../../../../src/domain/rules';
import { z } from '../../../../src/domain/zod';
import { Writer } from '../../writers/writer';
import type { KeptRules } from '../kept-rules';
import { checkedPart, must } from './broken-model';

const Name = z.string();
const Share = z.number().min(0).max(1);
const Code = z.number().int();
const Decimals = z.number().int().min(-400).max(400);
const Box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const Ascending = z
  .array(z.number())
  .refine((values) => values.every((value, i) => i === 0 || value >= values[i - 1]!), {
    error: 'not in order',
  });
const DateColumns = z.union([z.tuple([Name]), z.tuple([Name, Name, Name])]);

const Schema = z.object({ name: Name, originalName: Name, storageType: StorageType });
const Output = z
  .array(
    z.object({
      role: z.enum(['feature', 'primary-key', 'written']),
      schema: Schema,
      writer: Writer.optional(),
    }),
  )
  .min(1)
  .refine((columns) => new Set(columns.map(({ schema }) => schema.name)).size === columns.length, {
    error: 'a name is there twice',
  })
  .refine((columns) => columns.every(({ role, writer }) => role !== 'written' || writer !== undefined), {
    error: 'a column has nothing to write it',
  });

/** Numbers offset + k · step of a grid. */
export const StoredLattice = z
  .object({ step: z.number().int().min(1), offset: z.number().int().min(0) })
  .refine(({ step, offset }) => offset < step, { error: 'the offset is not below the step' });

export const StoredTie = z.union([
  z.object({ from: Name, to: Name, ratio: Name, tolerance: z.number().min(0) }),
  z.object({ from: Name, to: Name, flag: Name }),
  z.object({ from: Name, to: Name, cell: Name, boxes: z.array(Box).min(1) }),
  z.object({ period: Name, columns: DateColumns, starts: Ascending }),
]);

/** The splits after a split are those below it: no walk goes in a circle. */
const PlaneCells = z
  .object({
    splits: z.array(
      z.object({ axis: z.union([z.literal(0), z.literal(1)]), at: z.number(), below: Code, above: Code }),
    ),
    boxes: z.array(Box).min(1),
  })
  .refine(
    ({ splits, boxes }) =>
      splits.every(({ below, above }, i) =>
        [below, above].every((next) => (next < 0 ? -next <= boxes.length : next > i && next < splits.length)),
      ),
    { error: 'the splits are no tree' },
  );

const Measure = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('gap'), unit: z.number().positive() }),
  z.object({ kind: z.literal('ratio'), tolerance: z.number().positive(), by: Name.optional() }),
  z.object({ kind: z.literal('quotient') }),
  z.object({ kind: z.literal('rate'), rates: z.array(z.number()).min(1), unit: z.number().positive() }),
  z.object({
    kind: z.literal('rest'),
    terms: z.array(z.object({ column: Name, factor: z.number() })).min(1),
    tolerance: z.number().min(0),
    decimals: Decimals,
  }),
  z.object({ kind: z.literal('equal') }),
  z.object({ kind: z.literal('cell'), cells: PlaneCells }),
  z.object({ kind: z.literal('period'), columns: DateColumns, starts: Ascending }),
]);

const Axis = z.object({ decimals: Decimals.nullable(), lattices: z.array(StoredLattice) });
const LevelLattice = z.object({ cell: Cell, step: z.number().positive(), offset: z.number() });

const Step = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('compute'),
    share: Share,
    rules: z.array(Rule).min(1),
    increment: z.number().positive().optional(),
    alternatives: z.number().int().min(1).optional(),
  }),
  z.object({ kind: z.literal('gap'), low: Name, high: Name, gap: Name, unit: z.number().positive() }),
  z
    .object({
      kind: z.literal('look-up'),
      by: z.array(Name).min(1),
      target: Name,
      cells: z.array(z.tuple([z.array(Cell), Cell])),
      closed: z.array(z.array(z.string())).optional(),
      fills: z.boolean(),
      share: Share,
    })
    .refine(
      ({ by, cells, closed }) =>
        cells.every(([own]) => own.length === by.length) && (!closed || closed.length === by.length),
      { error: 'a combination has not as many cells as there are columns' },
    ),
  z.object({ kind: z.literal('equal'), from: Name, to: Name, flag: Name }),
  z.object({
    kind: z.literal('cell'),
    from: Name,
    to: Name,
    cell: Name,
    boxes: z.array(Box).min(1),
    axes: z.tuple([Axis, Axis]),
  }),
  z.object({ kind: z.literal('set'), target: Name, cell: Cell, by: Name, values: z.array(Cell) }),
  z.object({ kind: z.literal('snap'), target: Name, values: Ascending.min(1) }),
  z.object({
    kind: z.literal('lattice'),
    target: Name,
    by: Name,
    decimals: Decimals,
    lattices: z.array(LevelLattice).min(1),
  }),
  z.object({ kind: z.literal('round'), target: Name, increment: z.number().positive() }),
]);

const Kept = z.object({
  rules: z.array(Rule),
  checks: z.array(Rule),
  limits: z.array(Rule).optional(),
  nearly: z.array(z.object({ rule: Rule, share: Share })),
  equalShares: z.array(z.object({ rule: Rule, share: Share })).optional(),
  extras: z.array(
    z.object({
      schema: Schema,
      encodingType: z.enum([
        'TABULAR_CATEGORICAL',
        'TABULAR_NUMERIC_BINNED',
        'TABULAR_NUMERIC_DISCRETE',
        'TABULAR_DATETIME',
      ]),
      from: Name,
      to: Name,
      measure: Measure,
    }),
  ),
  ties: z.array(StoredTie),
  steps: z.array(Step),
});

/**
 * Checks the columns of a stored model and how its rows keep rules: forms, numbers that divide or count, and that every
 * column that is named is there.
 * @throws UserError `not-found` that says what is wrong
 */
export function checkRules(output: readonly { readonly schema: ColumnSchema }[], kept: KeptRules): void {
  checkedPart(Output, 'output', output);
  checkedPart(Kept, 'kept', kept);
  const known = new Set([...output, ...kept.extras].map(({ schema }) => schema.name));
  for (const name of columnsOfKept(kept))
    must(known.has(name), `has a rule of a column “${name.slice(0, 80)}” that it does not have`);
  for (const { rule } of kept.equalShares ?? [])
    must(rule.kind === 'often-equal', 'has a share of equal cells of another rule');
}

function columnsOfKept({
  rules,
  checks,
  limits,
  nearly,
  equalShares,
  extras,
  ties,
  steps,
}: KeptRules): string[] {
  const named = [...nearly, ...(equalShares ?? [])].map(({ rule }) => rule);
  const computing = steps.flatMap((step) => (step.kind === 'compute' ? step.rules : []));
  const ofRules = [...rules, ...checks, ...(limits ?? []), ...named, ...computing].flatMap(columnsOfRule);
  const ofMeasures = extras.flatMap(({ from, to, measure }) => [
    ...[from, to],
    ...(measure.kind === 'ratio' && measure.by !== undefined ? [measure.by] : []),
    ...(measure.kind === 'rest' ? measure.terms.map(({ column }) => column) : []),
    ...(measure.kind === 'period' ? measure.columns : []),
  ]);
  return [...ofRules, ...ofMeasures, ...ties.flatMap(namesIn), ...steps.flatMap(namesIn)];
}

const FIELDS = ['from', 'to', 'ratio', 'flag', 'cell', 'period', 'low', 'high', 'gap', 'target'] as const;

/** Columns of a tie or step. */
function namesIn(part: KeptRules['ties'][number] | KeptRules['steps'][number]): string[] {
  if ('kind' in part && part.kind === 'compute') return [];
  const fields = part as unknown as Readonly<Record<string, unknown>>;
  const { by, columns } = fields;
  const isSet = 'kind' in part && part.kind === 'set';
  return [
    ...FIELDS.filter((name) => !(isSet && name === 'cell')).map((name) => fields[name]),
    ...(Array.isArray(by) ? by : [by]),
    ...(Array.isArray(columns) ? columns : []),
  ].filter((name): name is string => typeof name === 'string');
}
