/**
 * Which inputs a target keeps. First-layer weights grow with the square of the columns; with a list of
 * the most informative ones per target they grow with the columns.
 */
import { RandomStream } from '../../../../../src/domain/random';
import type { SubColumnFacts } from '../network/initialise';
import type { ModelSpec } from '../network/network-backend';
import { gainOf, groupRows, informationOf, type Levels, levelsOf } from './mutual-information';

/** How far the inputs of a target are limited; measured in `bench/quality-log.md` ("Inputs kept"). */
export interface InputLimit {
  /** Sub-columns of other columns that a target keeps: this share of them all, … */
  readonly share: number;
  /** … but no fewer than these … */
  readonly fewest: number;
  /** … and no more than these. */
  readonly most: number;
}

/** Whatever a target sees beyond serves to tell single rows apart, and costs memory in a wide table. */
export const INPUT_LIMIT: InputLimit = { share: 0.85, fewest: 10, most: 32 };

/** Rows that the choice looks at. */
const SAMPLE_ROWS = 10_000;
/** Fewer where there are so many pairs that the choice would take more than seconds. */
const FEWEST_SAMPLE_ROWS = 2_000;
const MOST_COUNTS = 1.5e9;
/** Rows for what very many categories tell: of these each needs some. */
const MANY_ROWS = 100_000;

export interface CodeTable {
  /** Column-major [sub-column][row]. */
  readonly codes: Uint16Array;
  /** Rows to look at: the first of each column. */
  readonly trainingRows: number;
  readonly facts: readonly SubColumnFacts[];
}

/** Called every now and then while inputs are chosen, with pairs of sub-columns compared so far and in all. */
export type InputRest = (compared: number, pairs: number) => Promise<void>;

/**
 * The model with a list of inputs per target; as it is if every target keeps all. A target keeps the columns whose codes
 * tell most about its own column: mutual information on a sample of the training rows (of very many categories the
 * part that other rows confirm, on more rows), largest over their sub-columns, so that the low digits of a value come
 * with the high ones. All sub-columns of a column keep the same, and those before them of their own.
 */
export async function limitInputs(
  spec: ModelSpec,
  table: CodeTable,
  seed: number,
  rest: InputRest,
  { share, fewest, most }: InputLimit = INPUT_LIMIT,
): Promise<ModelSpec> {
  const parts = spec.subColumns;
  const kept = Math.min(most, Math.max(fewest, Math.round(share * (parts.length - 1))));
  if (parts.length - 1 <= kept) return spec;
  const ties = await columnTies(spec, table, seed, rest);
  const membersOf: number[][] = Array.from({ length: spec.columnCount }, () => []);
  parts.forEach(({ column }, j) => {
    membersOf[column]!.push(j);
  });
  const chosen = membersOf.map((_, column) => {
    const ranked = rankColumns(ties, spec.columnCount, column);
    const inputs: number[] = [];
    for (const other of ranked) {
      if (inputs.length >= kept) break;
      inputs.push(...membersOf[other]!);
    }
    return inputs;
  });
  const subColumns = parts.map((part, j) => {
    const before = membersOf[part.column]!.filter((i) => i < j);
    return { ...part, inputs: [...chosen[part.column]!, ...before].sort((a, b) => a - b) };
  });
  return { ...spec, subColumns };
}

/** Other columns, the most informative first, equal ones in table order. */
function rankColumns(ties: Float64Array, columnCount: number, column: number): number[] {
  const row = ties.subarray(column * columnCount, (column + 1) * columnCount);
  const others = Array.from(row.keys()).filter((other) => other !== column);
  return others.sort((a, b) => row[b]! - row[a]! || a - b);
}

/** [column][column] mutual information in nats, largest over pairs of their sub-columns. */
async function columnTies(
  spec: ModelSpec,
  table: CodeTable,
  seed: number,
  rest: InputRest,
): Promise<Float64Array> {
  const { subColumns: parts, columnCount } = spec;
  const pairs = (parts.length * (parts.length - 1)) / 2;
  const restFirst = () => rest(0, pairs);
  const affordable = Math.max(FEWEST_SAMPLE_ROWS, Math.floor((2 * MOST_COUNTS) / parts.length ** 2));
  const sample = await sampleOf(spec, table, Math.min(SAMPLE_ROWS, affordable), seed, restFirst);
  const isMany = parts.map(({ classes }, j) => classes !== undefined && !table.facts[j]!.ordinal);
  const large = isMany.includes(true) ? await sampleOf(spec, table, MANY_ROWS, seed, restFirst) : sample;
  const groups = parts.map(({ cardinality }, j) =>
    isMany[j] ? groupRows(codesOf(spec, table, j), large.rows, cardinality) : null,
  );
  const gain = (from: number, to: number) => (groups[from] ? gainOf(groups[from], large.levels[to]!) : 0);
  const ties = new Float64Array(columnCount * columnCount);
  for (const [j, { column }] of parts.entries()) {
    for (let i = 0; i < j; i++) {
      const other = parts[i]!.column;
      if (other === column) continue;
      const information =
        isMany[i] || isMany[j]
          ? Math.max(gain(i, j), gain(j, i))
          : informationOf(sample.levels[i]!, sample.levels[j]!);
      const at = column * columnCount + other;
      ties[at] = Math.max(ties[at]!, information);
      ties[other * columnCount + column] = ties[at]!;
      if (isMany[i]) await rest((j * (j - 1)) / 2 + i + 1, pairs);
    }
    await rest((j * (j + 1)) / 2, pairs);
  }
  return ties;
}

function codesOf({ subColumns }: ModelSpec, { codes }: CodeTable, j: number): Uint16Array {
  const stride = codes.length / subColumns.length;
  return codes.subarray(j * stride, (j + 1) * stride);
}

interface Sample {
  readonly rows: Uint32Array;
  /** Per sub-column. */
  readonly levels: readonly Levels[];
}

async function sampleOf(
  spec: ModelSpec,
  table: CodeTable,
  most: number,
  seed: number,
  rest: () => Promise<void>,
): Promise<Sample> {
  const count = Math.min(table.trainingRows, most);
  const rows = new RandomStream(seed, 'rows to choose inputs by').spreadRows(table.trainingRows, count);
  const levels: Levels[] = [];
  for (const [j, { cardinality }] of spec.subColumns.entries()) {
    levels.push(levelsOf(codesOf(spec, table, j), rows, cardinality, table.facts[j]!.ordinal));
    if (j % 16 === 15) await rest();
  }
  return { rows, levels };
}
