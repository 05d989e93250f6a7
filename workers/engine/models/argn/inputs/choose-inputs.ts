/**
 * Which inputs a target keeps. First-layer weights grow with the square of the number of columns; if each target keeps
 * its most informative inputs alone, they grow linearly.
 */
import { RandomStream } from '../../../../../src/domain/random';
import { TINY_ROWS } from '../../../../../src/domain/row-plan';
import type { SubColumnFacts } from '../network/initialise';
import type { ModelSpec } from '../network/network-backend';
import { gainOf, groupRows, informationOf, type Levels, levelsOf } from './mutual-information';

/** How many sub-columns of other columns a target keeps; measured in `bench/quality-log.md` ("Inputs kept"). */
export interface InputLimit {
  /** Of all others, … */
  readonly share: number;
  /** … but at least and … */
  readonly min: number;
  /** … at most so many. */
  readonly max: number;
}

/** Inputs beyond these mainly help to tell single rows apart, and cost memory in a wide table. */
export const INPUT_LIMIT: InputLimit = { share: 0.85, min: 10, max: 32 };

/** How fast the inputs kept grow with the rows of a tiny table: 41 % of a large table's at 300 rows, 22 % at 100. */
const TINY_GROWTH = 0.6;
/** Sub-columns that a target of a tiny table keeps at least. */
const TINY_MIN = 3;

/**
 * Inputs that a target keeps of a table of so many training rows. A combination of many columns tells one row of a tiny
 * table from all others. With fewer inputs a model learns longer before it memorises, and reaches more accuracy
 * (`bench/quality-log.md`, "Tiny tables with the privacy guard").
 * @param guarded the privacy guard is on; without it a tiny table is learned like a large one
 */
export function inputLimitOf(trainingRows: number, guarded: boolean): InputLimit {
  if (!guarded || trainingRows >= TINY_ROWS) return INPUT_LIMIT;
  const part = (trainingRows / TINY_ROWS) ** TINY_GROWTH;
  return {
    share: part * INPUT_LIMIT.share,
    min: Math.max(TINY_MIN, Math.round(part * INPUT_LIMIT.min)),
    max: Math.max(TINY_MIN, Math.round(part * INPUT_LIMIT.max)),
  };
}

/** Rows of the sample that inputs are chosen by. */
const MAX_SAMPLE_ROWS = 10_000;
const MIN_SAMPLE_ROWS = 2_000;
/** Rows counted over all pairs: the sample shrinks where more would take longer than seconds. */
const MAX_COUNTS = 1.5e9;
/** Rows for columns of very many categories, each of which needs some. */
const MANY_ROWS = 100_000;

export interface CodeTable {
  /** Column-major [sub-column][row]. */
  readonly codes: Uint16Array;
  /** The first rows of each column; only these are looked at. */
  readonly trainingRows: number;
  readonly facts: readonly SubColumnFacts[];
}

/** Lets the thread answer messages. Gets the pairs of sub-columns compared so far, and all there are. */
export type InputPause = (compared: number, pairs: number) => Promise<void>;

/**
 * The model with a list of inputs per target, or the same model if every target keeps all. A target keeps the columns
 * with the most information about its own. The measure is the mutual information on a sample of the training rows; of
 * very many categories, the part that other rows confirm, on more rows. The largest value over a column's sub-columns
 * counts, so that the low digits of a value come with the high ones. All sub-columns of a column keep the same
 * columns, and also those before them in their own.
 * @param pause called every now and then
 */
export async function limitInputs(
  spec: ModelSpec,
  table: CodeTable,
  seed: number,
  pause: InputPause,
  { share, min, max }: InputLimit = INPUT_LIMIT,
): Promise<ModelSpec> {
  const parts = spec.subColumns;
  const kept = Math.min(max, Math.max(min, Math.round(share * (parts.length - 1))));
  if (parts.length - 1 <= kept) return spec;
  const ties = await columnTies(spec, table, seed, pause);
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
  pause: InputPause,
): Promise<Float64Array> {
  const { subColumns: parts, columnCount } = spec;
  const pairs = (parts.length * (parts.length - 1)) / 2;
  const pauseBefore = () => pause(0, pairs);
  const affordable = Math.max(MIN_SAMPLE_ROWS, Math.floor((2 * MAX_COUNTS) / parts.length ** 2));
  const sample = await sampleOf(spec, table, Math.min(MAX_SAMPLE_ROWS, affordable), seed, pauseBefore);
  const isMany = parts.map(({ classes }, j) => classes !== undefined && !table.facts[j]!.ordinal);
  const large = isMany.includes(true) ? await sampleOf(spec, table, MANY_ROWS, seed, pauseBefore) : sample;
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
      if (isMany[i]) await pause((j * (j - 1)) / 2 + i + 1, pairs);
    }
    await pause((j * (j + 1)) / 2, pairs);
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
  maxRows: number,
  seed: number,
  pause: () => Promise<void>,
): Promise<Sample> {
  const count = Math.min(table.trainingRows, maxRows);
  const rows = new RandomStream(seed, 'rows to choose inputs by').spreadRows(table.trainingRows, count);
  const levels: Levels[] = [];
  for (const [j, { cardinality }] of spec.subColumns.entries()) {
    levels.push(levelsOf(codesOf(spec, table, j), rows, cardinality, table.facts[j]!.ordinal));
    if (j % 16 === 15) await pause();
  }
  return { rows, levels };
}
