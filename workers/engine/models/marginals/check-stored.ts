import { StorageType } from '../../../../src/domain/columns';
import { RareCategoryReplacementMethod } from '../../../../src/domain/model-settings';
import { z } from '../../../../src/domain/zod';
import type { Artefact } from '../artefact';
import { checkedPart, must } from '../stored/broken-model';
import { checkLearnedColumns } from '../stored/check-learned-columns';
import { codesOf } from './column-domain';
import type { LearnedMarginals } from './learned-marginals';

const Count = z.number().int().min(0);
const Weights = z.array(z.number().min(0));
/** Steps of a grid: whole, and as far out as its cells reach (`number-domain.ts`), which noise may say are there. */
const Step = z
  .number()
  .min(-(2 ** 61))
  .max(2 ** 61)
  .refine(Number.isInteger, { error: 'no whole number' });

const Domain = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('category'),
    values: z.array(z.string()).max(65_533),
    counts: z.array(z.number()),
    sigma: z.number(),
  }),
  z
    .object({
      kind: z.literal('number'),
      unit: z.number().positive(),
      decimals: z.number().int().min(-30).max(30),
      bins: z.array(Step).min(1).max(65_534),
      end: Step,
    })
    .refine(({ bins, end }) => bins.every((from, k) => from < (bins[k + 1] ?? end)), {
      error: 'the bins are not in order',
    }),
]);

const Content = z.looseObject({
  columns: z
    .array(
      z.object({
        schema: z.looseObject({ name: z.string(), storageType: StorageType }),
        numeric: z.boolean(),
        outputIndex: Count,
        domain: Domain,
        groups: z.array(Count),
        counts: Weights,
        hiddenAs: RareCategoryReplacementMethod,
      }),
    )
    .min(1),
  nodes: z.array(z.object({ column: Count, parent: z.number().int().min(-1), counts: Weights })),
  factors: z.array(z.object({ a: Count, b: Count, factors: Weights })),
});

/**
 * Checks what a stored model holds: forms, shapes and indices, so that drawing meets nothing it cannot take.
 * @throws UserError `not-found` that says what is wrong
 */
export function checkStored({ content, output }: Pick<Artefact, 'content' | 'output'>): void {
  checkedPart(Content, 'content', content);
  const { columns, nodes, factors } = content as LearnedMarginals;
  const sizes = columns.map(({ groups, counts, domain }) => {
    const codes = codesOf(domain);
    must(groups.length === codes && counts.length === codes, 'has groups of codes it does not have');
    const there = new Set(groups);
    const size = groups.reduce((top, group) => Math.max(top, group), 0) + 1;
    must(there.size === size, 'has a group without codes');
    return size;
  });
  checkLearnedColumns(columns, output);
  for (const column of columns) checkTypes(column);
  const drawn = new Set<number>();
  for (const { column, parent, counts } of nodes) {
    must(
      column < columns.length && !drawn.has(column) && (parent < 0 || drawn.has(parent)),
      'draws its columns in no order',
    );
    must(counts.length === sizes[column]! * (parent < 0 ? 1 : sizes[parent]!), 'has counts of other groups');
    drawn.add(column);
  }
  must(drawn.size === columns.length, 'does not draw every column');
  for (const { a, b, factors: weights } of factors)
    must(
      a !== b && a < columns.length && b < columns.length && weights.length === sizes[a]! * sizes[b]!,
      'has pairs of other groups',
    );
}

/** The values of a column are of its type. */
function checkTypes({ schema, domain, numeric }: LearnedMarginals['columns'][number]): void {
  const isText = schema.storageType === 'text' || schema.storageType === 'boolean';
  must(
    isText !== numeric && (domain.kind === 'category' || numeric),
    `has a column “${schema.name.slice(0, 80)}” of two types`,
  );
  must(
    !numeric || domain.kind !== 'category' || domain.values.every((value) => !Number.isNaN(Number(value))),
    `has texts in a column “${schema.name.slice(0, 80)}” of numbers`,
  );
}
