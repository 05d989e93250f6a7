/** Who is audited, and whom the reference model learns: neither side of the audit. */
import { RandomStream } from '../../../src/domain/random';

/** Unseen people that are compared, at least: as many as attacks on rows need; and people of the reference model. */
const MIN_OTHERS = 200;
const MIN_REFERENCE = 100;
/** Unseen people needed. */
export const MIN_UNSEEN = MIN_OTHERS + MIN_REFERENCE;
/** The reference model learns this share of the unseen people, and so many rows at most. */
const REFERENCE_SHARE = 1 / 3;
const MAX_REFERENCE_ROWS = 2000;
/** People of each kind that are scored at most, and rows of one person. */
const MAX_PEOPLE = 10_000;
const MAX_ROWS_EACH = 5;
/** Cells that are scored at most, some seconds: fewer people of wide tables. */
const MAX_CELLS = 1e7;

/** Rows by their numbers in the two selections, ascending. */
export interface AuditPlan {
  readonly members: Uint32Array;
  readonly others: Uint32Array;
  readonly reference: Uint32Array;
}

/**
 * @param trained, unseen [rows] numbers of the people that the rows of each side belong to
 * @param columns that a row has
 * @returns null = there are too few unseen people
 */
export function planAudit(
  trained: Uint32Array,
  unseen: Uint32Array,
  columns: number,
  seed: number,
): AuditPlan | null {
  const strangers = peopleOf(unseen, new RandomStream(seed, 'audited strangers'));
  if (strangers.length < MIN_UNSEEN) return null;
  const share = Math.max(MIN_REFERENCE, Math.floor(REFERENCE_SHARE * strangers.length));
  const taken: number[][] = [];
  let rows = 0;
  while (taken.length < share && (taken.length < MIN_REFERENCE || rows < MAX_REFERENCE_ROWS)) {
    const next = strangers[taken.length]!;
    taken.push(next);
    rows += next.length;
  }
  const members = peopleOf(trained, new RandomStream(seed, 'audited members'));
  const affordable = Math.floor(MAX_CELLS / Math.max(1, columns) / 4);
  const sample = (people: number[][]) => {
    const chosen = people.slice(0, Math.min(MAX_PEOPLE, Math.max(MIN_OTHERS, affordable)));
    return ascending(chosen.map((own) => own.slice(0, MAX_ROWS_EACH)));
  };
  return {
    members: sample(members),
    others: sample(strangers.slice(taken.length)),
    reference: ascending(taken),
  };
}

/** Rows of each person, the people in random order. */
function peopleOf(owners: Uint32Array, stream: RandomStream): number[][] {
  const rows = new Map<number, number[]>();
  owners.forEach((owner, row) => {
    const own = rows.get(owner);
    if (own) own.push(row);
    else rows.set(owner, [row]);
  });
  const all = [...rows.values()];
  return Array.from(stream.permutation(all.length), (at) => all[at]!);
}

function ascending(people: readonly number[][]): Uint32Array {
  return Uint32Array.from(people.flat()).sort();
}
