import type { AttackedColumns } from '../../../src/domain/attacked-columns';
import type { AttributeDisclosure, GroupDifference } from '../../../src/domain/privacy-tests';
import { RandomStream } from '../../../src/domain/random';
import { allowance, DEFAULT_LIMITS, type ReportLimits } from '../../../src/domain/report-limits';
import type { Pacer } from '../pacing';
import type { CodedRows } from './attack-rows';
import { groupDifference } from './group-difference';
import { combinations, countCells, joined, levels } from './histogram-attacks';
import { NearestRows } from './nearest-rows';

/** One row of each person in one coding. */
export interface CriteriaRows {
  readonly names: readonly string[];
  readonly ordered: readonly boolean[];
  readonly members: CodedRows;
  readonly others: CodedRows;
  readonly synthetic: CodedRows;
}

/** What the attacks on the criteria need. */
export interface CriteriaAsked {
  readonly rows: CriteriaRows;
  readonly attacked: AttackedColumns;
  /** Of each kind. */
  readonly people: number;
  readonly seed: number;
  readonly limits: ReportLimits;
}

/** People below which a criterion is not attacked. */
export const MIN_PEOPLE = 200;
/** People of each kind whose values are guessed and whose halves are linked, where as many are attacked as by default. */
const MAX_GUESSED = 4000;
const MAX_LINKED = 1000;
/** Comparisons of a target's cell with a row's at most, for each of the two. */
const MAX_COMPARED = 1e9;
/** A number is guessed if its tenth of the ranks is. */
const TENTHS = 10;
/** Stretches of ranks of a number in a combination, columns of a combination, and combinations at most. */
const SINGLED = { levels: 100, columns: 3, combinations: 100 } as const;
/** A value of fewer people is rare. */
const RARE = 5;
/** People of whom the true second half is one, and synthetic rows that link both. */
const LINKED = { candidates: 10, bridges: 50 } as const;
const CHUNK = 200;

/** Guesses each sensitive column of a person from the synthetic row that is nearest in the known ones. */
export async function guessAttributes(
  { rows, attacked, people, limits }: CriteriaAsked,
  pacer: Pacer,
): Promise<AttributeDisclosure | null> {
  const { names, ordered } = rows;
  const sensitive = attacked.sensitive.map((name) => names.indexOf(name)).filter((c) => c >= 0);
  const known = attacked.known.map((name) => names.indexOf(name)).filter((c) => c >= 0);
  if (sensitive.length === 0 || names.length < 2) return null;
  const passes = known.length > 0 ? 1 : sensitive.length;
  const comparisons = MAX_COMPARED * allowance(limits, 'attackedPeople');
  const affordable = comparisons / passes / names.length / Math.max(1, rows.synthetic[0]!.length) / 2;
  const count = Math.max(MIN_PEOPLE, Math.floor(Math.min(people, peopleOf(MAX_GUESSED, limits), affordable)));
  const hits = [rows.members, rows.others].map(() => sensitive.map(() => new Float64Array(count)));
  const attack = async (from: readonly number[], guessed: readonly number[]) => {
    const search = new NearestRows(
      from.map((c) => ordered[c]!),
      from.map((c) => rows.synthetic[c]!),
    );
    for (const [side, set] of [rows.members, rows.others].entries()) {
      for (let start = 0; start < count; start += CHUNK) {
        const end = Math.min(start + CHUNK, count);
        const targets = from.map((c) => set[c]!.subarray(start, end));
        const nearest = search.of(targets, 1).rows;
        for (const s of guessed) {
          const c = sensitive[s]!;
          const [own, drawn] = [set[c]!, rows.synthetic[c]!];
          for (let t = start; t < end; t++)
            hits[side]![s]![t] = Number(isHit(own[t]!, drawn[nearest[t - start]!]!, ordered[c]!));
        }
        if (pacer.advance(0)) await pacer.yield();
      }
    }
  };
  if (known.length > 0) {
    const from = known.filter((c) => !sensitive.includes(c));
    await attack(from.length > 0 ? from : known, [...sensitive.keys()]);
  } else {
    for (const s of sensitive.keys())
      await attack(
        [...names.keys()].filter((c) => c !== sensitive[s]),
        [s],
      );
  }
  const [ofMembers, ofOthers] = hits.map((columns) => meanOf(columns));
  return {
    ...groupDifference(ofMembers!, ofOthers!),
    attacked: { known: known.map((c) => names[c]!), sensitive: sensitive.map((c) => names[c]!) },
    columns: sensitive
      .map((c, s) => ({ column: names[c]!, ...groupDifference(hits[0]![s]!, hits[1]![s]!) }))
      .sort((a, b) => b.difference.value - a.difference.value),
  };
}

function peopleOf(byDefault: number, { attackedPeople }: ReportLimits): number {
  return (byDefault * attackedPeople) / DEFAULT_LIMITS.attackedPeople;
}

function isHit(own: number, guessed: number, isOrdered: boolean): boolean {
  if (!isOrdered || own < 0 || guessed < 0) return own === guessed;
  return Math.floor(own * TENTHS) === Math.floor(guessed * TENTHS);
}

function meanOf(columns: readonly Float64Array[]): Float64Array {
  return columns[0]!.map((_, t) => columns.reduce((sum, column) => sum + column[t]!, 0) / columns.length);
}

/**
 * Two holders have half of the columns each, of the same people, without a name. For each first half the right one of ten
 * second halves is sought: the one nearest to any of the synthetic rows that are nearest to the first.
 */
export async function linkHalves(
  { rows, people, seed, limits }: CriteriaAsked,
  pacer: Pacer,
): Promise<GroupDifference | null> {
  const { ordered, synthetic } = rows;
  if (ordered.length < 2) return null;
  const order = new RandomStream(seed, 'halves').permutation(ordered.length);
  const cut = Math.ceil(order.length / 2);
  const [first, second] = [[...order.slice(0, cut)], [...order.slice(cut)]];
  const comparisons = MAX_COMPARED * allowance(limits, 'attackedPeople');
  const affordable = comparisons / first.length / Math.max(1, synthetic[0]!.length) / 2;
  const count = Math.max(MIN_PEOPLE, Math.floor(Math.min(people, peopleOf(MAX_LINKED, limits), affordable)));
  const search = new NearestRows(
    first.map((c) => ordered[c]!),
    first.map((c) => synthetic[c]!),
  );
  const linked: Float64Array[] = [];
  for (const set of [rows.members, rows.others]) {
    const stream = new RandomStream(seed, 'candidates');
    const right = new Float64Array(count);
    for (let start = 0; start < count; start += CHUNK) {
      const end = Math.min(start + CHUNK, count);
      const nearest = search.of(
        first.map((c) => set[c]!.subarray(start, end)),
        LINKED.bridges,
      );
      for (let t = start; t < end; t++) {
        const at = (t - start) * LINKED.bridges;
        const bridges = {
          rows: nearest.rows.subarray(at, at + LINKED.bridges),
          distances: nearest.distances.subarray(at, at + LINKED.bridges),
        };
        const apart = (person: number) => leastDistance(rows, set, second, person, bridges);
        const own = apart(t);
        let [nearer, tied] = [0, 0];
        for (let k = 1; k < LINKED.candidates; k++) {
          const other = apart((t + 1 + stream.below(count - 1)) % count);
          if (other < own) nearer++;
          else if (other === own) tied++;
        }
        right[t] = nearer > 0 ? 0 : 1 / (1 + tied);
      }
      if (pacer.advance(0)) await pacer.yield();
    }
    linked.push(right);
  }
  return groupDifference(linked[0]!, linked[1]!);
}

/** Squared distance of both halves to the synthetic row between them. */
function leastDistance(
  { ordered, synthetic }: CriteriaRows,
  set: CodedRows,
  columns: readonly number[],
  person: number,
  bridges: { readonly rows: Int32Array; readonly distances: Float64Array },
): number {
  let least = Number.POSITIVE_INFINITY;
  bridges.rows.forEach((row, k) => {
    if (row < 0) return;
    let sum = bridges.distances[k]! ** 2;
    for (const c of columns) {
      const difference = synthetic[c]![row]! - set[c]![person]!;
      sum += ordered[c] ? difference * difference : Number(difference !== 0);
    }
    if (sum < least) least = sum;
  });
  return least;
}

/** Of each person's combinations that nobody else of the same kind has: the share that a synthetic row repeats. */
export async function singleOut(
  { rows, attacked: { known } }: CriteriaAsked,
  pacer: Pacer,
): Promise<GroupDifference | null> {
  const { names, ordered } = rows;
  const quasi = [...names.keys()].filter((c) => known.length === 0 || known.includes(names[c]!));
  const among = quasi.length >= SINGLED.columns ? quasi : [...names.keys()];
  const sets =
    among.length > SINGLED.columns ? combinations(among.length, SINGLED.columns) : [[...among.keys()]];
  const step = Math.max(1, sets.length / SINGLED.combinations);
  const coded = [rows.members, rows.others, rows.synthetic].map((set) =>
    among.map((c) => levels(set[c]!, ordered[c]!, SINGLED.levels)),
  );
  const buffers = coded.map((set) => new Float64Array(set[0]!.length));
  const tallies = [rows.members, rows.others].map((set) => new Tally(set[0]!.length));
  for (let at = 0; at < sets.length; at += step) {
    const columns = sets[Math.floor(at)]!;
    const [members, others, drawn] = coded.map((set, s) => joined(set, columns, buffers[s]));
    for (const [side, cells] of [members!, others!].entries()) {
      const { slots, counts } = countCells(cells, [cells, drawn!]);
      const [own, repeated] = counts;
      for (let row = 0; row < cells.length; row++)
        if (own![slots[row]!] === 1) tallies[side]!.add(row, repeated![slots[row]!]! > 0);
    }
    if (pacer.advance(0)) await pacer.yield();
  }
  return differenceOf(tallies);
}

/** Of each person's values that fewer than five people of the same kind have: the share that a synthetic row repeats. */
export async function repeatRareValues(
  { rows }: CriteriaAsked,
  pacer: Pacer,
): Promise<GroupDifference | null> {
  const tallies = [rows.members, rows.others].map((set) => new Tally(set[0]!.length));
  for (let c = 0; c < rows.names.length; c++) {
    const repeated = new Set(rows.synthetic[c]!);
    for (const [side, set] of [rows.members, rows.others].entries()) {
      const column = set[c]!;
      const own = new Map<number, number>();
      for (const value of column) own.set(value, (own.get(value) ?? 0) + 1);
      column.forEach((value, row) => {
        if (own.get(value)! < RARE) tallies[side]!.add(row, repeated.has(value));
      });
    }
    if (pacer.advance(0)) await pacer.yield();
  }
  return differenceOf(tallies);
}

/** Of each person: how many chances there were, and how many came true. */
class Tally {
  readonly #chances: Uint16Array;
  readonly #true: Uint16Array;

  constructor(people: number) {
    this.#chances = new Uint16Array(people);
    this.#true = new Uint16Array(people);
  }

  add(person: number, isTrue: boolean): void {
    this.#chances[person]!++;
    if (isTrue) this.#true[person]!++;
  }

  /** Of the people with a chance. */
  shares(): Float64Array {
    const found = [...this.#chances.keys()].filter((person) => this.#chances[person]! > 0);
    return Float64Array.from(found, (person) => this.#true[person]! / this.#chances[person]!);
  }
}

function differenceOf(tallies: readonly Tally[]): GroupDifference | null {
  const [members, others] = tallies.map((tally) => tally.shares());
  return Math.min(members!.length, others!.length) < MIN_PEOPLE ? null : groupDifference(members!, others!);
}
