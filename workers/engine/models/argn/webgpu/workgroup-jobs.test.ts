import { describe, expect, it } from 'vitest';
import { noisyStart } from '../network/gradient-noise';
import type { OutputLevels } from '../network/output-levels';
import { createLayout, roundUp } from '../network/weight-layout';
import { specOf, withLists } from '../testing/samples';
import { UPDATE_FLOATS } from './update-jobs';
import {
  buildTables,
  CODE_TILE,
  HEAD_KIND,
  JOB_WORDS,
  type JobList,
  MEMBER_TILE,
  MEMBER_UNITS,
  PAIR_WORDS,
  PART_WORDS,
  UNIT_TILE,
} from './workgroup-jobs';

const SPEC = specOf([
  [7, 5, 8, 0],
  [33, 9, 20, 1],
  [70, 3, 24, 1],
  [1, 1, 4, 2],
]);
const PARTS = SPEC.subColumns;
const layout = createLayout(SPEC);
const tables = buildTables(layout);

function jobsOf(name: JobList): (readonly [number, number])[] {
  const { first, count } = tables.jobs[name];
  return Array.from({ length: count }, (_, k) => {
    const at = tables.jobsAt + (first + k) * JOB_WORDS;
    return [tables.words[at]!, tables.words[at + 1]!] as const;
  });
}

/** Counts the numbers of V and c (as unit 68) that a job writes. */
function touch(touched: Uint8Array, levels: OutputLevels, name: JobList, upper: number, tile: number): void {
  const { classWidth, columns, sizes, width } = levels;
  const quads = classWidth / 4;
  const count = (unit: number, from: number, end: number) => {
    for (let column = from; column < end; column++) touched[unit * width + column]!++;
  };
  if (name === 'memberGradient') {
    const k = tile & 0xffff;
    const member = (tile >>> 16) * MEMBER_TILE;
    const end = Math.min(roundUp(sizes[k]!, 4), member + MEMBER_TILE);
    const first = upper * MEMBER_UNITS;
    for (let unit = first; unit < Math.min(first + MEMBER_UNITS, 69); unit++)
      count(unit, columns[k]! + member, columns[k]! + end);
  } else if (upper === HEAD_KIND.output) {
    const first = 4 * Math.floor(tile / quads);
    for (let unit = first; unit < first + 4; unit++) count(unit, 4 * (tile % quads), 4 * (tile % quads) + 4);
  } else if (upper === HEAD_KIND.outputBias) {
    count(68, 16 * tile, Math.min(classWidth, 16 * tile + 16));
  }
}

describe('buildTables', () => {
  it('updates every weight once, and knows which decay', () => {
    const { first, count } = tables.jobs.update;
    const touched = new Uint8Array(layout.total);
    const decayed = new Uint8Array(layout.total);
    for (let job = 0; job < count; job++) {
      const at = tables.jobsAt + first * JOB_WORDS + 4 * job;
      const [start, end, boundary] = tables.words.subarray(at, at + 3);
      expect(end! - start!).toBeLessThanOrEqual(UPDATE_FLOATS);
      for (let k = start!; k < end!; k++) {
        touched[k]!++;
        decayed[k] = Number(k < boundary!);
      }
    }
    expect(touched.every((times) => times === 1)).toBe(true);
    PARTS.forEach((_, j) => {
      const start = layout.blockStart(j);
      for (let k = 0; k < layout.blockSize(j); k++)
        expect(decayed[start + k]).toBe(Number(k < layout.decayedSize(j)));
    });
  });

  it('updates all but embeddings once in private, in blocks of 16 that no two jobs share', () => {
    const { first, count } = tables.jobs.trained;
    const touched = new Uint8Array(layout.total);
    const blocks: number[] = [];
    for (let job = 0; job < count; job++) {
      const at = tables.jobsAt + first * JOB_WORDS + 4 * job;
      const [start, end, decayed] = tables.words.subarray(at, at + 3);
      const [from, to] = [Math.floor(start! / 16), Math.ceil(end! / 16)];
      // A workgroup has 64 times 16 floats.
      expect(to - from).toBeLessThanOrEqual(UPDATE_FLOATS / 16);
      for (let block = from; block < to; block++) blocks.push(block);
      touched.fill(1, start, end);
      const j = PARTS.findLastIndex((_, part) => layout.blockStart(part) <= start!);
      const boundary = layout.blockStart(j) + layout.decayedSize(j);
      for (let k = start!; k < end!; k++) expect(k < decayed!).toBe(k < boundary);
    }
    expect(new Set(blocks).size).toBe(blocks.length);
    PARTS.forEach((_, j) => {
      const start = layout.blockStart(j);
      const trained = start + noisyStart(layout, j);
      expect(touched.subarray(start, trained).every((times) => times === 0)).toBe(true);
      expect(touched.subarray(trained, start + layout.blockSize(j)).every((times) => times === 1)).toBe(true);
    });
  });

  it('lists the projections as the last of the pairs', () => {
    const { first, count } = tables.jobs.projection;
    expect(first + count).toBe(tables.jobs.pair.first + tables.jobs.pair.count);
    for (const [, word] of jobsOf('projection')) expect(word >>> 31).toBe(1);
    const embeddings = jobsOf('pair').slice(0, -count);
    expect(embeddings.length).toBeGreaterThan(0);
    for (const [, word] of embeddings) expect(word >>> 31).toBe(0);
  });

  it('covers the tables of all pairs', () => {
    let quads = 0;
    let tiles = 0;
    PARTS.forEach((target, j) => {
      PARTS.forEach((input, i) => {
        if (i === j) return;
        quads += Math.ceil((input.cardinality * target.hidden) / 256);
        tiles += Math.ceil(input.cardinality / CODE_TILE) * Math.ceil(target.hidden / UNIT_TILE);
      });
    });
    expect(jobsOf('materialise')).toHaveLength(quads);
    expect(jobsOf('table')).toHaveLength(tiles);
    expect(tables.tableTotal).toBe(
      PARTS.reduce((sum, { hidden }, j) => {
        return (
          sum + hidden * PARTS.reduce((codes, { cardinality }, i) => codes + (i === j ? 0 : cardinality), 0)
        );
      }, 0),
    );
  });

  it('knows the pairs of listed inputs, and no others', () => {
    const listed = createLayout(withLists(SPEC, 5));
    const { words, pairs } = buildTables(listed);
    let pair = 0;
    PARTS.forEach((_, j) => {
      expect([...words.subarray(j * PART_WORDS + 10, j * PART_WORDS + 12)]).toEqual([
        pair,
        listed.inputs(j).length,
      ]);
      for (const i of listed.inputs(j)) {
        const at = PARTS.length * PART_WORDS + pair++ * PAIR_WORDS;
        expect([words[at], words[at + 1]]).toEqual([listed.embedding(j, i), listed.projection(j, i)]);
        expect([words[at + 3], words[at + 4]]).toEqual([i, j]);
      }
    });
    expect(pairs).toBe(pair);
    expect(pairs).toBeLessThan(PARTS.length * (PARTS.length - 1));
  });

  it('has one head job per tile of V and one loss per target', () => {
    const kinds = jobsOf('head').map(([word]) => word >>> 16);
    const tiles = PARTS.reduce((sum, { hidden }, j) => sum + (hidden * layout.outputWidth(j)) / 16, 0);
    expect(kinds.filter((kind) => kind === HEAD_KIND.output)).toHaveLength(tiles);
    expect(kinds.filter((kind) => kind === HEAD_KIND.loss)).toHaveLength(PARTS.length);
    expect(jobsOf('loss').map(([word]) => word & 0xffff)).toEqual(PARTS.map((_, j) => j));
  });

  it('covers every column of V with classes by one job, and holds logits of one class of members', () => {
    const spec = specOf([
      [3, 2, 8, 0],
      [70, 3, 68, 1],
    ]);
    const classes = [0, 1, 3, 40, 41, 42];
    const classed = createLayout({
      ...spec,
      subColumns: [spec.subColumns[0]!, { ...spec.subColumns[1]!, classes }],
    });
    const levels = classed.levels(1)!;
    const { words, jobs, jobsAt, logitTotal, ofTarget } = buildTables(classed);
    expect(logitTotal).toBe(4 + levels.classWidth + levels.largest);
    expect(ofTarget.members.map(({ count }) => count)).toEqual([0, Math.ceil(levels.largest / UNIT_TILE)]);
    expect(jobs.logits.count).toBe(1 + 1 + ofTarget.members[1]!.count);
    const touched = new Uint8Array(69 * levels.width);
    for (const name of ['head', 'memberGradient'] as const) {
      for (let job = jobs[name].first; job < jobs[name].first + jobs[name].count; job++) {
        const [word, tile] = words.subarray(jobsAt + JOB_WORDS * job);
        if ((word! & 0xffff) === 1) touch(touched, levels, name, word! >>> 16, tile!);
      }
    }
    expect(touched.every((times) => times === 1)).toBe(true);
  });

  it('lists the jobs of one target as a part of all', () => {
    for (const name of ['hidden', 'logits'] as const) {
      const total = tables.ofTarget[name].reduce((sum, { count }) => sum + count, 0);
      expect(tables.jobs[name]).toEqual({ first: tables.ofTarget[name][0]!.first, count: total });
      tables.ofTarget[name].forEach(({ first }, j) => {
        expect(tables.words[tables.jobsAt + first * JOB_WORDS]).toBe(j);
      });
    }
  });
});
