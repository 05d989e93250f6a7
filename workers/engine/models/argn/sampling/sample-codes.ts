import { RandomStream } from '../../../../../src/domain/random';
import type {
  GenerationOrder,
  SyntheticTableConfiguration,
} from '../../../../../src/domain/synthetic-datasets';
import type { CodeSampler } from '../../../privacy/copy-search';
import type { SamplePoint } from '../../model';
import type { Backend, ModelSpec, SubColumnSpec } from '../network/network-backend';
import { outputLevels } from '../network/output-levels';
import type { CodeRelation } from '../network/restrictions';
import { type Ahead, type Group, planGroups } from './groups';

export interface SampleRequest {
  readonly rows: number;
  readonly seed: number;
  readonly configuration: Pick<
    SyntheticTableConfiguration,
    'samplingTemperature' | 'samplingTopP' | 'sampling'
  > & { readonly generationOrder: GenerationOrder };
  /** Columns that rotations begin at; absent = every one. */
  readonly starts?: readonly number[];
  /** Per sub-column: added to the logits; −Infinity forbids a code. Or null. */
  readonly logitBias: readonly (Float32Array | null)[];
  /** What goes together (`GenerationRequest`). Absent = anything. */
  readonly relations?: readonly CodeRelation[];
  /** Columns that are drawn before others (`planGroups`). */
  readonly ahead?: readonly Ahead[];
  /** Rows per block at most; does not affect the rows. */
  readonly blockRows: number;
  /** First row of the group to begin with; absent = 0. */
  readonly from?: number;
}

/** Some consecutive rows of a generation. */
export interface CodeBlock {
  /** Absolute number of the first row. */
  readonly row0: number;
  readonly rows: number;
  /** [sub-column][row] */
  readonly codes: readonly Uint16Array[];
  /**
   * Seconds from the end of the previous group to that of the group that ends with this block, else 0. An upper bound
   * where groups are drawn side by side: the reader may keep the thread from noticing that a group has ended.
   */
  readonly seconds: number;
  /** As in `RowBlock`. */
  readonly point?: SamplePoint;
}

/**
 * Draws rows group by group. Memory is that of the groups that the backend draws at once, whatever the number of rows.
 */
export async function* sampleCodes(
  backend: Backend,
  spec: ModelSpec,
  request: SampleRequest,
): AsyncGenerator<CodeBlock> {
  const groups = planGroups({
    rows: request.rows,
    columnCount: spec.columnCount,
    factorCount: spec.factorCount,
    maxProbabilities: Math.max(...spec.subColumns.map(probabilitiesOf)),
    order: request.configuration.generationOrder,
    starts: request.starts,
    sampling: request.configuration.sampling,
    seed: request.seed,
    ahead: request.ahead,
  });
  for await (const { group, codes, seconds } of drawGroups(
    backend,
    spec,
    groupsFrom(groups, request.from ?? 0),
    request,
  )) {
    for (let from = 0; from < group.rows; from += request.blockRows) {
      const to = Math.min(from + request.blockRows, group.rows);
      yield {
        row0: group.row0 + from,
        rows: to - from,
        codes: codes.map((part) => part.subarray(from, to)),
        seconds: to === group.rows ? seconds : 0,
        // Each group is drawn for itself.
        ...(from === 0 && { point: { row0: group.row0 } }),
      };
    }
  }
}

function* groupsFrom(groups: Iterable<Group>, row0: number): Generator<Group> {
  for (const group of groups) if (group.row0 >= row0) yield group;
}

/** Probabilities of a row of one sub-column that are held at once: of all codes, or of classes or members. */
function probabilitiesOf(part: SubColumnSpec): number {
  const levels = outputLevels(part);
  return levels ? Math.max(levels.classes, levels.largest) : part.cardinality;
}

interface DrawnGroup {
  readonly group: Group;
  readonly codes: Uint16Array[];
  /** As in `CodeBlock`. */
  readonly seconds: number;
}

/**
 * Groups in order. A backend that computes on other threads or the GPU gets twice as many calls as it works on at once,
 * so that it never waits for this thread.
 */
async function* drawGroups(
  backend: Backend,
  spec: ModelSpec,
  groups: Iterator<Group>,
  request: SampleRequest,
): AsyncGenerator<DrawnGroup> {
  const concurrency = backend.concurrency ?? 1;
  const elsewhere = concurrency > 1 || backend.kind === 'webgpu';
  const limit = elsewhere ? 2 * concurrency : 1;
  const underway: Promise<{ group: Group; codes: Uint16Array[]; started: number; ended: number }>[] = [];
  const begin = (): boolean => {
    const { value: group, done } = groups.next();
    if (done) return false;
    const started = performance.now();
    const drawn = drawGroup(backend, spec, group, request).then((codes) => ({
      group,
      codes,
      started,
      ended: performance.now(),
    }));
    // A reader that stops never awaits the groups under way.
    drawn.catch(() => undefined);
    underway.push(drawn);
    return true;
  };
  let last = 0;
  while (underway.length > 0 || begin()) {
    while (underway.length < limit && begin());
    const { group, codes, started, ended } = await underway.shift()!;
    if (elsewhere) begin();
    const seconds = Math.max(0, ended - Math.max(started, last)) / 1000;
    last = Math.max(last, ended);
    yield { group, codes, seconds };
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
    relations: request.relations,
    temperature: samplingTemperature,
    topP: samplingTopP,
    sampling: group.sampling,
    weights: 'average',
  });
  const parts = spec.subColumns.map((_, j) => drawn.subarray(j * group.rows, (j + 1) * group.rows));
  if (!balanced) return parts;
  // Balanced draws of the first column step by the golden ratio, which neighbouring rows would show.
  const order = new RandomStream(group.seed, 'row order').permutation(group.rows);
  return parts.map((part) => {
    const shuffled = new Uint16Array(part.length);
    for (let i = 0; i < shuffled.length; i++) shuffled[i] = part[order[i]!]!;
    return shuffled;
  });
}

/** Sub-columns of columns in drawing order; those of one column stay in table order. */
export function subColumnOrder(spec: ModelSpec, columns: readonly number[]): number[] {
  const parts: number[][] = Array.from({ length: spec.columnCount }, () => []);
  spec.subColumns.forEach((part, j) => {
    parts[part.column]!.push(j);
  });
  return columns.flatMap((column) => parts[column]!);
}

/** Rows per block of a privacy check: the thread answers messages in between. */
const CHECKED_ROWS = 256;

/** Samples of the backend's averaged weights for a privacy check: independent rows at temperature 1. */
export function codeSampler(
  backend: Backend,
  spec: ModelSpec,
  watched: Pick<SampleRequest, 'logitBias' | 'relations' | 'starts'> & { readonly order: GenerationOrder },
): CodeSampler {
  const configuration = {
    samplingTemperature: 1,
    samplingTopP: 1,
    generationOrder: watched.order,
    sampling: 'independent' as const,
  };
  return (rows, seed) =>
    sampleCodes(backend, spec, { ...watched, rows, seed, configuration, blockRows: CHECKED_ROWS });
}

/** Logit biases that keep the `forbidden` codes of each sub-column from being drawn; null where there are none. */
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
