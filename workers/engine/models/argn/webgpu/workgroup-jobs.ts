/**
 * What the kernels know of a model: one array of words with the offsets of every sub-column's weights and with lists of
 * jobs, one job per workgroup, so that one dispatch covers all targets whatever their shapes.
 */

import type { OutputLevels } from '../network/output-levels';
import type { Layout } from '../network/weight-layout';
import { type Push, pushUpdates } from './update-jobs';

/** Words per sub-column, named in `wgsl/kernel.ts`. */
export const PART_WORDS = 16;
/** Words per class of codes; the class of every code follows those of all classes. */
export const CLASS_WORDS = 3;
/** Words per pair of a target and one of its inputs. */
export const PAIR_WORDS = 5;
export const JOB_WORDS = 2;

/** Edges of the tiles of one workgroup. */
export const CODE_TILE = 32;
export const UNIT_TILE = 16;

export interface JobRange {
  readonly first: number;
  readonly count: number;
}

/** Kinds of head jobs, in the upper bits of a job's first word. */
export const HEAD_KIND = { output: 0, bias: 1, outputBias: 2, loss: 3 } as const;
/** Kinds of logit jobs: of the first softmax (of classes, or of all codes), and of the members of each row's class. */
export const LOGIT_KIND = { first: 0, members: 1 } as const;
/** Members and units (the output bias counts as one) of a job of `memberGradient`. */
export const MEMBER_TILE = 16;
export const MEMBER_UNITS = 64;

export type JobList =
  | 'materialise'
  | 'hidden'
  | 'logits'
  | 'softmax'
  | 'hiddenGradient'
  | 'head'
  | 'memberGradient'
  | 'loss'
  | 'table'
  | 'pair'
  | 'projection'
  | 'update'
  | 'trained';

export interface ModelTables {
  readonly words: Uint32Array<ArrayBuffer>;
  /** Word where jobs begin. */
  readonly jobsAt: number;
  readonly jobs: Readonly<Record<JobList, JobRange>>;
  /** Jobs of one target in the lists `hidden` and `logits`, the latter in two parts; no `members` without classes. */
  readonly ofTarget: Readonly<Record<'hidden' | 'logits' | 'members', readonly JobRange[]>>;
  /** Feature rows of activations. Logits of members are held of each row's own class only. */
  readonly hiddenTotal: number;
  readonly logitTotal: number;
  readonly hiddenAt: readonly number[];
  readonly logitAt: readonly number[];
  /** Pairs of a target and one of its inputs. */
  readonly pairs: number;
  /** Floats of all tables T_ij. */
  readonly tableTotal: number;
}

/** Columns of V_j in the first softmax, pads included: the classes, or all. */
function firstWidth(layout: Layout, j: number): number {
  return layout.levels(j)?.classWidth ?? layout.outputWidth(j);
}

/** Logits held per row of target j. */
export function logitWidth(layout: Layout, j: number): number {
  return firstWidth(layout, j) + (layout.levels(j)?.largest ?? 0);
}

/** Lays the words out: parts, pairs in the order of targets and their inputs, classes, jobs. */
export function buildTables(layout: Layout): ModelTables {
  const parts = layout.spec.subColumns;
  const n = parts.length;
  const pairs = sum(parts.map((_, j) => layout.inputs(j).length));
  const head = new Uint32Array(n * PART_WORDS + pairs * PAIR_WORDS);
  const hiddenAt: number[] = [];
  const logitAt: number[] = [];
  let hiddenTotal = 0;
  let logitTotal = 0;
  let tableTotal = 0;
  let pair = 0;
  const classes: number[] = [];
  parts.forEach(({ cardinality, dimension, hidden }, j) => {
    hiddenAt.push(hiddenTotal);
    logitAt.push(logitTotal);
    const words = [cardinality, dimension, hidden, layout.embeddingWidth(j), layout.outputWidth(j)];
    words.push(layout.output(j), layout.bias(j), layout.outputBias(j), hiddenTotal, logitTotal);
    words.push(pair, layout.inputs(j).length);
    const levels = layout.levels(j);
    const held = logitWidth(layout, j);
    words.push(firstWidth(layout, j), levels?.classes ?? 0, head.length + classes.length, held);
    if (levels) pushClasses(classes, levels);
    head.set(words, j * PART_WORDS);
    hiddenTotal += hidden;
    logitTotal += held;
    for (const i of layout.inputs(j)) {
      const at = n * PART_WORDS + pair++ * PAIR_WORDS;
      head.set([layout.embedding(j, i), layout.projection(j, i), tableTotal, i, j], at);
      tableTotal += parts[i]!.cardinality * hidden;
    }
  });
  const { list, jobs, ofTarget } = listJobs(layout);
  const jobsAt = head.length + classes.length;
  const words = new Uint32Array(jobsAt + list.length);
  words.set(head);
  words.set(classes, head.length);
  words.set(list, jobsAt);
  const totals = { hiddenTotal, logitTotal, tableTotal };
  return { words, jobsAt, jobs, ofTarget, ...totals, hiddenAt, logitAt, pairs };
}

function pushClasses(words: number[], { starts, sizes, columns, classOf }: OutputLevels): void {
  starts.forEach((start, k) => {
    words.push(start, sizes[k]!, columns[k]!);
  });
  for (const k of classOf) words.push(k);
}

function listJobs(layout: Layout): Pick<ModelTables, 'jobs' | 'ofTarget'> & { list: number[] } {
  const parts = layout.spec.subColumns;
  const list: number[] = [];
  const collect = (fill: (push: Push) => void): JobRange => {
    const first = list.length / JOB_WORDS;
    fill((a, b) => list.push(a, b));
    return { first, count: list.length / JOB_WORDS - first };
  };
  const perTarget = (tiles: (j: number) => number, kind = 0) => {
    const ranges = parts.map((_, j) =>
      collect((push) => {
        for (let tile = 0; tile < tiles(j); tile++) push(j | (kind << 16), tile);
      }),
    );
    return { ranges, all: { first: ranges[0]!.first, count: sum(ranges.map((range) => range.count)) } };
  };
  const pairs = (visit: (j: number, i: number, pair: number) => void) => {
    let pair = 0;
    for (let j = 0; j < parts.length; j++) for (const i of layout.inputs(j)) visit(j, i, pair++);
  };
  const hidden = perTarget((j) => parts[j]!.hidden / 4);
  const logits = perTarget((j) => Math.ceil(firstWidth(layout, j) / UNIT_TILE), LOGIT_KIND.first);
  const members = perTarget(
    (j) => Math.ceil((layout.levels(j)?.largest ?? 0) / UNIT_TILE),
    LOGIT_KIND.members,
  );
  const hiddenGradient = perTarget((j) => Math.ceil(parts[j]!.hidden / UNIT_TILE));
  const softmax = perTarget(() => 1);
  const materialise = collect((push) =>
    pairs((j, i, pair) => {
      const quads = (parts[i]!.cardinality * parts[j]!.hidden) / 4;
      for (let first = 0; first < quads; first += 64) push(pair, first);
    }),
  );
  const head = collect((push) =>
    parts.forEach((part, j) => {
      const codes = firstWidth(layout, j) / 4;
      const tiles = (part.hidden / 4) * codes;
      for (let tile = 0; tile < tiles; tile++) push(j, tile);
      const lists = [
        [HEAD_KIND.bias, Math.ceil(part.hidden / 16)],
        [HEAD_KIND.outputBias, Math.ceil(codes / 4)],
      ] as const;
      for (const [kind, count] of lists)
        for (let tile = 0; tile < count; tile++) push(j | (kind << 16), tile);
      push(j | (HEAD_KIND.loss << 16), 0);
    }),
  );
  const memberGradient = collect((push) =>
    parts.forEach(({ hidden }, j) => {
      layout.levels(j)?.sizes.forEach((size, k) => {
        if (size > 1) pushMembers(push, j, hidden, k, size);
      });
    }),
  );
  const loss = collect((push) =>
    parts.forEach((_, j) => {
      push(j | (HEAD_KIND.loss << 16), 0);
    }),
  );
  const table = collect((push) =>
    pairs((j, i, pair) => {
      const unitTiles = Math.ceil(parts[j]!.hidden / UNIT_TILE);
      const tiles = Math.ceil(parts[i]!.cardinality / CODE_TILE) * unitTiles;
      for (let tile = 0; tile < tiles; tile++) push(pair, tile);
    }),
  );
  const embedding = collect((push) =>
    pairs((_, i, pair) => {
      const quads = (parts[i]!.cardinality * layout.embeddingWidth(i)) / 4;
      for (let first = 0; first < quads; first += 64) push(pair, first);
    }),
  );
  const projection = collect((push) =>
    pairs((j, i, pair) => {
      const quads = (parts[i]!.dimension * parts[j]!.hidden) / 4;
      for (let first = 0; first < quads; first += 64) push(pair, (first | 0x8000_0000) >>> 0);
    }),
  );
  const embeddings = collect((push) => pushUpdates(push, layout, 'embeddings'));
  const trained = collect((push) => pushUpdates(push, layout, 'trained'));
  return {
    list,
    jobs: {
      materialise,
      hidden: hidden.all,
      logits: { first: logits.all.first, count: logits.all.count + members.all.count },
      softmax: softmax.all,
      hiddenGradient: hiddenGradient.all,
      head,
      memberGradient,
      loss,
      table,
      pair: { first: embedding.first, count: embedding.count + projection.count },
      projection,
      update: { first: embeddings.first, count: (embeddings.count + trained.count) / 2 },
      trained: { first: trained.first, count: trained.count / 2 },
    },
    ofTarget: { hidden: hidden.ranges, logits: logits.ranges, members: members.ranges },
  };
}

/** Gradients of class k's columns of V and c: tiles of members by tiles of units. */
function pushMembers(push: Push, j: number, hidden: number, k: number, size: number): void {
  const unitTiles = Math.ceil((hidden + 1) / MEMBER_UNITS);
  for (let units = 0; units < unitTiles; units++)
    for (let tile = 0; tile < size / MEMBER_TILE; tile++)
      push((j | (units << 16)) >>> 0, (k | (tile << 16)) >>> 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
