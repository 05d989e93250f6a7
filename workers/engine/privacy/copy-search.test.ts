import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { copiedShare } from './copied-share';
import { type CodeSampler, CopySearch } from './copy-search';
import { isAcceptable } from './guard';

const ROWS = 1500;
const TRAINING = 1200;
const SAMPLES = 2000;
const CARDINALITIES = [90, 40, 40, 20, 12, 12, 12, 6, 6, 6, 4, 3];

/** Columns of independent codes. */
function draw(rows: number, seed: number): Uint16Array[] {
  const stream = new RandomStream(seed, 'people');
  return CARDINALITIES.map((codes) =>
    Uint16Array.from({ length: rows }, () => Math.floor(codes * stream.uniform() ** 1.5)),
  );
}

/** With columns that the others determine: another name of one, its group, and the group of another. */
function withRelations(columns: readonly Uint16Array[]): Uint16Array[] {
  const [first, second] = [columns[0]!, columns[1]!];
  return [
    ...columns,
    first.map((code) => 89 - code),
    first.map((code) => code >> 3),
    second.map((code) => code >> 2),
  ];
}

const PEOPLE = draw(ROWS, 1);
const FRESH = draw(SAMPLES, 2);

/** The fresh rows with a share of copies of training rows in which some columns are changed. */
function copying(share: number, changes: number): Uint16Array[] {
  const stream = new RandomStream(7, 'copies');
  const drawn = FRESH.map((column) => column.slice());
  for (let i = 0; i < SAMPLES; i++) {
    if (stream.uniform() >= share) continue;
    const row = stream.below(TRAINING);
    const changed = stream.permutation(drawn.length).subarray(0, changes);
    drawn.forEach((column, j) => {
      if (!changed.includes(j)) column[i] = PEOPLE[j]![row]!;
    });
  }
  return drawn;
}

function look(
  table: readonly Uint16Array[],
  drawn: readonly Uint16Array[],
  owners?: Uint32Array,
): Promise<Float64Array> {
  const codes = Uint16Array.from(table.flatMap((column) => [...column]));
  const rowCount = table[0]!.length;
  const rows = Uint32Array.from({ length: rowCount }, (_, i) => i);
  const sample: CodeSampler = async function* (count) {
    yield { rows: count, codes: drawn };
  };
  const request = { samples: drawn[0]!.length, seed: 1 };
  const search = new CopySearch({ codes, rowCount }, rows, 3, owners);
  return search.attracted(sample, request, async () => undefined);
}

async function found(table: readonly Uint16Array[], drawn: readonly Uint16Array[]) {
  return copiedShare(await look(table, drawn), TRAINING, TRAINING, SAMPLES);
}

describe('CopySearch', () => {
  it('finds the same with and without columns that others determine', async () => {
    for (const drawn of [FRESH, copying(0.05, 0), copying(0.05, 1)]) {
      const related = await look(withRelations(PEOPLE), withRelations(drawn));
      expect(related).toEqual(await look(PEOPLE, drawn));
    }
  });

  it('gives no alarm for fresh rows of the same people', async () => {
    expect(isAcceptable(await found(withRelations(PEOPLE), withRelations(FRESH)))).toBe(true);
  });

  it.each([0, 1, 2])('sees one copy among twenty rows, with %i columns changed', async (changes) => {
    const share = await found(withRelations(PEOPLE), withRelations(copying(0.05, changes)));
    expect(isAcceptable(share)).toBe(false);
    expect(Math.abs(share.copied - 0.05)).toBeLessThan(0.02);
  });

  it('takes nobody for copied whose row others have too', async () => {
    const twins = PEOPLE.map((column) => column.map((_, r) => column[r >> 1]!));
    expect((await look(twins, twins)).some((count) => count > 0)).toBe(false);
    // Two columns of few codes tell nobody apart.
    const few = [CARDINALITIES.length - 1, CARDINALITIES.length - 2];
    const counts = await look(
      few.map((j) => PEOPLE[j]!),
      few.map((j) => PEOPLE[j]!),
    );
    expect(counts.some((count) => count > 0)).toBe(false);
  });

  it('sees a copied person who has several rows, and no alarm for fresh ones', async () => {
    // Each person's two rows differ in one column, as their visits do.
    const visits = PEOPLE.map((column, j) =>
      column.map((_, r) => (j === 5 && r % 2 === 1 ? (column[r >> 1]! + 1) % 12 : column[r >> 1]!)),
    );
    const owners = Uint32Array.from({ length: ROWS }, (_, r) => r >> 1);
    // Drawn is a further visit of each.
    const trained = visits.map((column, j) =>
      column.subarray(0, TRAINING).map((code) => (j === 5 ? (code + 5) % 12 : code)),
    );
    const counts = await look(visits, trained, owners);
    expect(counts).toHaveLength(ROWS / 2);
    const { copied } = copiedShare(counts, TRAINING / 2, TRAINING / 2, TRAINING);
    expect(copied).toBeGreaterThan(0.9);
    const fresh = copiedShare(await look(visits, FRESH, owners), TRAINING / 2, TRAINING / 2, SAMPLES);
    expect(isAcceptable(fresh)).toBe(true);
    // Counted by rows, nobody would stand alone.
    const byRows = copiedShare(await look(visits, trained), TRAINING, TRAINING, TRAINING);
    expect(byRows.copied).toBeLessThan(0.1);
  });

  it('finds nothing in a table of constants', async () => {
    const constant = [new Uint16Array(ROWS)];
    expect((await look(constant, constant)).some((count) => count > 0)).toBe(false);
  });
});
