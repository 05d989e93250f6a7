/** What every two columns of a table tell about each other, on a sample of its training rows. */
import { RandomStream } from '../../../../../src/domain/random';
import { type CountedRows, independentRows } from '../network/independent-rows';
import type { SubColumnFacts } from '../network/initialise';
import type { ModelSpec } from '../network/network-backend';
import { gainOf, groupRows, informationOf, type Levels, levelsOf } from './mutual-information';
import { type Groups, groupsOf, logChance } from './significance';

/** Rows of the sample that inputs are chosen by. */
const MAX_SAMPLE_ROWS = 10_000;
const MIN_SAMPLE_ROWS = 2_000;
/** Rows counted over all pairs: the sample shrinks where more would take longer than seconds. */
const MAX_COUNTS = 1.5e9;
/** Rows for columns of very many categories, each of which needs some. */
const MANY_ROWS = 100_000;

/** A table whose first rows, those of the training, are looked at. */
export interface CodeTable extends CountedRows {
  /** Column-major [sub-column][row]. */
  readonly codes: Uint16Array;
  readonly facts: readonly SubColumnFacts[];
}

/** Lets the thread answer messages. Gets the pairs of sub-columns compared so far, and all there are. */
export type InputPause = (compared: number, pairs: number) => Promise<void>;

/** [column][column] */
export interface Ties {
  /** Mutual information in nats, largest over pairs of their sub-columns. */
  readonly information: Float64Array;
  /** Logarithm of the probability that independent columns look as dependent. */
  readonly chances: Float64Array;
}

/**
 * The largest value over the sub-columns of two columns counts, so that the low digits of a value come with the high
 * ones. Of very many categories, it is the part that other rows confirm, on more rows; their gain in likelihood stands
 * for the logarithm of the chance.
 */
export async function columnTies(
  spec: ModelSpec,
  table: CodeTable,
  seed: number,
  pause: InputPause,
): Promise<Ties> {
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
  const chances = new Float64Array(columnCount * columnCount);
  const sizes = new Uint32Array(columnCount);
  for (const { column } of parts) sizes[column]!++;
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
      const chance =
        isMany[i] || isMany[j]
          ? -information * large.rows.length
          : logChance(sample.groups[i]!, sample.groups[j]!);
      chances[at] = Math.min(chances[at]!, chance + Math.log(sizes[column]! * sizes[other]!));
      chances[other * columnCount + column] = chances[at]!;
      if (isMany[i]) await pause((j * (j - 1)) / 2 + i + 1, pairs);
    }
    await pause((j * (j + 1)) / 2, pairs);
  }
  return { information: ties, chances };
}

function codesOf({ subColumns }: ModelSpec, { codes }: CodeTable, j: number): Uint16Array {
  const stride = codes.length / subColumns.length;
  return codes.subarray(j * stride, (j + 1) * stride);
}

interface Sample {
  readonly rows: Uint32Array;
  /** Per sub-column. */
  readonly levels: readonly Levels[];
  readonly groups: readonly Groups[];
}

async function sampleOf(
  spec: ModelSpec,
  table: CodeTable,
  maxRows: number,
  seed: number,
  pause: () => Promise<void>,
): Promise<Sample> {
  const rows = independentRows(table, maxRows, new RandomStream(seed, 'rows to choose inputs by'));
  const levels: Levels[] = [];
  const groups: Groups[] = [];
  for (const [j, { cardinality }] of spec.subColumns.entries()) {
    levels.push(levelsOf(codesOf(spec, table, j), rows, cardinality, table.facts[j]!.ordinal));
    groups.push(groupsOf(codesOf(spec, table, j), rows, cardinality, table.facts[j]!.ordinal));
    if (j % 16 === 15) await pause();
  }
  return { rows, levels, groups };
}
