import { Rule } from '../../../../src/domain/rules';
import { z } from '../../../../src/domain/zod';
import type { Artefact } from '../artefact';
import { brokenModel, checkedPart, must } from '../stored/broken-model';
import { checkFeatures, StoredFeatures } from '../stored/check-features';
import { StoredTie } from '../stored/check-rules';
import type { ArgnContent } from './artefact';
import { MIN_KEPT_SHARE } from './discriminator/discriminator';
import { factorParts } from './factors/factor-coding';
import { ArgnConfiguration } from './family';
import { createLayout } from './network/weight-layout';

const Count = z.number().int().min(0);
const Codes = z.array(z.number().int().min(0).max(65_535));
const Share = z.number().min(0).max(1);
/** A tree has at most so many inner nodes, and changes the log-odds by so much. */
const MAX_NODES = 4095;
const MAX_ODDS_CHANGE = 50;

const Content = z.object({
  configuration: ArgnConfiguration,
  spec: z.object({
    subColumns: z
      .array(
        z.object({
          cardinality: Count,
          dimension: Count,
          hidden: Count,
          column: Count,
          inputs: Codes.optional(),
          classes: Codes.min(1).optional(),
        }),
      )
      .min(1),
    columnCount: Count,
    factorCount: Count.optional(),
  }),
  orders: z.object({ natural: Share, rotated: Share }),
  features: StoredFeatures,
  relations: z.array(
    z.object({
      members: z.array(z.object({ part: Count, groups: Codes.nullable() })).min(1),
      tuples: Codes,
    }),
  ),
  computed: z.array(Rule),
  ties: z.array(StoredTie),
  factors: z
    .object({
      scores: z.array(z.array(z.number()).nullable()),
      factors: z
        .array(z.object({ weights: z.array(z.number()), edges: z.array(z.number()).max(65_534) }))
        .min(1),
    })
    .nullable(),
  codedByValue: z.literal(true).optional(),
  starts: z.array(Count).min(1).optional(),
  discriminator: z
    .object({
      trees: z.array(
        z.object({
          parts: z.array(z.number().int().min(-1)).max(MAX_NODES),
          codes: Codes,
          values: z.array(z.number().min(-MAX_ODDS_CHANGE).max(MAX_ODDS_CHANGE)),
        }),
      ),
      keptShare: z.number().min(MIN_KEPT_SHARE).max(1),
    })
    .optional(),
});

/**
 * Checks what a stored model holds: forms, shapes, cardinalities and indices, so that drawing meets nothing it cannot take.
 * @throws UserError `not-found` that says what is wrong
 */
export function checkStored({
  content: stored,
  tensors,
  output,
}: Pick<Artefact, 'content' | 'tensors' | 'output'>): void {
  checkedPart(Content, 'content', stored);
  const content = stored as ArgnContent;
  const { features, spec, starts } = content;
  checkFeatures(features, output);
  checkNetwork(content, tensors['weights']);
  must(
    (starts ?? []).every((start) => start < spec.columnCount),
    'begins rotations at a column that it does not have',
  );
  checkRelations(content);
  checkDiscriminator(content);
}

/** The network has a sub-column for each code of the columns and factors, and a weight for each of its parameters. */
function checkNetwork({ spec, features, factors }: ArgnContent, weights: Float32Array | undefined): void {
  const own = features.map(({ encoding }) => encoding.subColumns);
  const parts = own.flat();
  if (factors) {
    const { scores, factors: sums } = factors;
    must(
      scores.length === parts.length &&
        scores.every((score, i) => score === null || score.length === parts[i]!.cardinality) &&
        sums.every(({ weights: each }) => each.length === parts.length),
      'has factors of other columns',
    );
  }
  const columns = [...own, ...(factors ? factorParts(factors) : [])];
  const expected = columns.flatMap((subColumns, column) =>
    subColumns.map(({ cardinality }) => `${column}:${cardinality}`),
  );
  must(
    spec.columnCount === columns.length &&
      (spec.factorCount ?? 0) === (factors?.factors.length ?? 0) &&
      spec.subColumns.map(({ column, cardinality }) => `${column}:${cardinality}`).join() === expected.join(),
    'has a network of other columns',
  );
  let total: number;
  try {
    total = createLayout(spec).total;
  } catch {
    throw brokenModel('has a network that cannot be built');
  }
  must(weights?.length === total, 'has other weights than its network');
  must(
    weights.every((value) => Number.isFinite(value)),
    'has weights that are no numbers',
  );
}

function checkRelations({ relations, spec: { subColumns } }: ArgnContent): void {
  for (const { members, tuples } of relations) {
    const sizes = members.map(({ part, groups }) => {
      const codes = subColumns[part]?.cardinality ?? 0;
      must(
        codes > 0 && (groups === null || groups.length === codes),
        'has a relation of codes it does not have',
      );
      return codes;
    });
    must(
      new Set(members.map(({ part }) => part)).size === members.length &&
        tuples.length % members.length === 0 &&
        tuples.every((group, at) => group < sizes[at % sizes.length]!) &&
        members.every(({ groups }, m) => groups === null || groups.every((group) => group < sizes[m]!)),
      'has a relation that lists codes it does not have',
    );
  }
}

/** Trees are whole and of one size. */
function checkDiscriminator({ discriminator, spec: { subColumns } }: ArgnContent): void {
  const inner = discriminator?.trees[0]?.parts.length ?? 0;
  must((inner & (inner + 1)) === 0, 'has trees that are not whole');
  for (const { parts, codes, values } of discriminator?.trees ?? [])
    must(
      parts.length === inner &&
        codes.length === inner &&
        values.length === inner + 1 &&
        parts.every((part) => part < subColumns.length),
      'has trees that are not whole',
    );
}
