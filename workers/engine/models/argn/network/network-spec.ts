import type { SubColumn } from '../../../encoding/contract';
import type { ModelSize } from '../family';
import type { Cost } from '../training/schedule';
import type { ModelSpec, SubColumnSpec } from './network-backend';
import { outputLevels, outputSegments } from './output-levels';
import { inputsOf } from './weight-layout';

interface Widths {
  readonly factor: number;
  readonly exponent: number;
  readonly hidden: number;
  /** Upper limit for the embedding of a sub-column with classes, whose codes have few rows each. */
  readonly manyCodes: number;
}

/** Embedding width min(card, max(10, factor·⌈card^exponent⌉)) and hidden units per unit of lnr(card). */
const WIDTHS: Readonly<Record<ModelSize, Widths>> = {
  S: { factor: 2, exponent: 0.15, hidden: 8, manyCodes: 8 },
  M: { factor: 3, exponent: 0.25, hidden: 16, manyCodes: 12 },
  L: { factor: 4, exponent: 0.33, hidden: 32, manyCodes: 24 },
};

/**
 * The network of a table: one hidden layer per sub-column (docs/model.md, Widths).
 * @param columns per modelled column its sub-columns, in table order
 */
export function buildSpec(columns: readonly (readonly SubColumn[])[], size: ModelSize): ModelSpec {
  const widths = WIDTHS[size];
  const subColumns = columns.flatMap((parts, column) =>
    parts.map(
      ({ cardinality, classes }): SubColumnSpec => ({
        cardinality,
        dimension: Math.min(
          embeddingDimension(cardinality, widths),
          classes ? widths.manyCodes : Number.POSITIVE_INFINITY,
        ),
        hidden: widths.hidden * logWidth(cardinality),
        column,
        ...(classes ? { classes } : {}),
      }),
    ),
  );
  return { subColumns, columnCount: columns.length };
}

/** Trainable numbers, without pads: E, W, V, b and c of every sub-column. */
export function countParameters(spec: ModelSpec): number {
  let total = 0;
  spec.subColumns.forEach((target, j) => {
    for (const i of inputsOf(spec, j)) {
      const input = spec.subColumns[i]!;
      total += input.dimension * (input.cardinality + target.hidden);
    }
    for (const { codes } of outputSegments(target, outputLevels(target)))
      total += (target.hidden + 1) * codes;
    total += target.hidden;
  });
  return total;
}

/** What training this network costs. */
export function costOf(spec: ModelSpec): Cost {
  let perRow = 0;
  let perUpdate = 0;
  spec.subColumns.forEach((target, j) => {
    const { hidden, cardinality, dimension } = target;
    const levels = outputLevels(target);
    perRow += hidden * (levels ? levels.classes + levels.largest : cardinality);
    // Batch sizes were measured with a target counted among its inputs.
    perUpdate += cardinality * dimension * hidden;
    for (const i of inputsOf(spec, j)) {
      const input = spec.subColumns[i]!;
      perUpdate += input.cardinality * input.dimension * hidden;
    }
  });
  return { perRow, perUpdate };
}

function embeddingDimension(cardinality: number, { factor, exponent }: Widths): number {
  return Math.min(cardinality, Math.max(10, factor * Math.ceil(cardinality ** exponent)));
}

/** lnr(card) of docs/model.md, Widths: round(ln(max(card, e))), at least 1. */
function logWidth(cardinality: number): number {
  return Math.round(Math.log(Math.max(cardinality, Math.E)));
}
