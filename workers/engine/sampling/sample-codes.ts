import { RandomStream } from '../../../src/domain/random';
import type { SyntheticTableConfiguration } from '../../../src/domain/synthetic-datasets';
import type { Backend, ModelSpec } from '../compute/backend';
import { type Group, planGroups } from './groups';

export interface SampleRequest {
  readonly rows: number;
  readonly seed: number;
  readonly configuration: Pick<
    SyntheticTableConfiguration,
    'samplingTemperature' | 'samplingTopP' | 'generationOrder' | 'sampling'
  >;
  /** Per sub-column: added to the logits; −Infinity forbids a code. Or null. */
  readonly logitBias: readonly (Float32Array | null)[];
  /** Rows per block at most; has no influence on the rows. */
  readonly blockRows: number;
}

/** Some consecutive rows of a generation. */
export interface CodeBlock {
  /** Absolute number of the first row. */
  readonly row0: number;
  readonly rows: number;
  /** [sub-column][row] */
  readonly codes: readonly Uint16Array[];
  /** Seconds the backend took for the group that ends with this block, else 0. */
  readonly seconds: number;
}

/** Draws rows group by group; memory is that of one group, whatever the number of rows. */
export async function* sampleCodes(
  backend: Backend,
  spec: ModelSpec,
  request: SampleRequest,
): AsyncGenerator<CodeBlock> {
  const groups = planGroups({
    rows: request.rows,
    columnCount: spec.columnCount,
    largestCardinality: Math.max(...spec.subColumns.map((part) => part.cardinality)),
    order: request.configuration.generationOrder,
    sampling: request.configuration.sampling,
    seed: request.seed,
  });
  for (const group of groups) {
    const started = performance.now();
    const codes = await drawGroup(backend, spec, group, request);
    const seconds = (performance.now() - started) / 1000;
    for (let from = 0; from < group.rows; from += request.blockRows) {
      const to = Math.min(from + request.blockRows, group.rows);
      yield {
        row0: group.row0 + from,
        rows: to - from,
        codes: codes.map((part) => part.subarray(from, to)),
        seconds: to === group.rows ? seconds : 0,
      };
    }
  }
}

async function drawGroup(
  backend: Backend,
  spec: ModelSpec,
  group: Group,
  request: SampleRequest,
): Promise<Uint16Array[]> {
  const { samplingTemperature, samplingTopP } = request.configuration;
  const balanced = group.sampling === 'balanced';
  const drawn = await backend.generate({
    rows: group.rows,
    row0: balanced ? 0 : group.row0,
    seed: group.seed,
    order: subColumnOrder(spec, group.columns),
    fixed: spec.subColumns.map(() => null),
    logitBias: request.logitBias,
    temperature: samplingTemperature,
    topP: samplingTopP,
    sampling: group.sampling,
    weights: 'average',
  });
  const parts = spec.subColumns.map((_, j) => drawn.subarray(j * group.rows, (j + 1) * group.rows));
  if (!balanced) return parts;
  // A balanced draw walks through the first column in steps of the golden ratio: neighbours would show it.
  const order = new RandomStream(group.seed, 'row order').permutation(group.rows);
  return parts.map((part) => {
    const shuffled = new Uint16Array(part.length);
    for (let i = 0; i < shuffled.length; i++) shuffled[i] = part[order[i]!]!;
    return shuffled;
  });
}

/** Sub-columns of the columns in drawing order; those of one column stay in table order. */
export function subColumnOrder(spec: ModelSpec, columns: readonly number[]): number[] {
  const parts: number[][] = Array.from({ length: spec.columnCount }, () => []);
  spec.subColumns.forEach((part, j) => {
    parts[part.column]!.push(j);
  });
  return columns.flatMap((column) => parts[column]!);
}

/** What keeps `forbidden` codes of each sub-column from being drawn; null where there are none. */
export function logitBiasOf(
  spec: ModelSpec,
  forbidden: readonly (readonly number[])[],
): (Float32Array | null)[] {
  return spec.subColumns.map(({ cardinality }, j) => {
    const codes = forbidden[j] ?? [];
    if (codes.length === 0) return null;
    const bias = new Float32Array(cardinality);
    for (const code of codes) bias[code] = Number.NEGATIVE_INFINITY;
    return bias;
  });
}
