import { RandomStream } from '../../../../src/domain/random';
import { KEEPS, rowsKeeping, SAYS_NOTHING } from '../../../rules/check-rule';
import { codeColumn, columnNamed, type RuleColumn } from '../../../rules/rule-column';
import { EQUAL, type KeptRules } from '../../models/kept-rules';

/** State of a row: equal, other, or one of the two is missing. */
const SAME = '=';
const OTHER = '-';
const MISSING = 'm';
/** In what is wanted: any state. */
const ANY = '.';

type Kept = Pick<KeptRules, 'equalShares' | 'ties'>;

/**
 * [rows] which of the often equal columns are equal, a character for each pair: as the cells are, but rows that are equal
 * although their flag says otherwise are to differ.
 */
export function equalStates(columns: readonly RuleColumn[], { equalShares = [], ties }: Kept): string[] {
  const states = equalShares.map(({ rule }) => {
    const own = Array.from(rowsKeeping(rule, columns), (state) =>
      state === SAYS_NOTHING ? MISSING : state === KEEPS ? SAME : OTHER,
    );
    const tie = ties.find(
      (other) => 'flag' in other && rule.columns.includes(other.from) && rule.columns.includes(other.to),
    );
    if (!tie || !('flag' in tie)) return own;
    const { codes, cells } = codeColumn(columnNamed(columns, tie.flag));
    const equal = cells.indexOf(EQUAL);
    return own.map((state, row) =>
      state === SAME && codes[row]! >= 0 && codes[row] !== equal ? OTHER : state,
    );
  });
  return Array.from({ length: states[0]?.length ?? 0 }, (_, row) => states.map((own) => own[row]).join(''));
}

/**
 * Rows that are to be drawn again so that columns are equal in the share of rows in which they were: of those in the
 * state that too many have, by chance.
 * @param states `equalStates`; those of the chosen rows become what is wanted instead
 * @param isTaken [rows] 1 = drawn again anyhow, in their own state
 */
export function surplusRows(
  states: string[],
  { equalShares = [] }: Kept,
  isTaken: Uint8Array,
  seed: number,
): number[] {
  const chosen: number[] = [];
  const stream = new RandomStream(seed, 'equal shares');
  for (const [k, { share }] of equalShares.entries()) {
    const rowsIn = (wanted: string) => Array.from(states.keys()).filter((row) => states[row]![k] === wanted);
    const [same, other] = [rowsIn(SAME), rowsIn(OTHER)];
    const surplus = same.length - share * (same.length + other.length);
    const from = (surplus > 0 ? same : other).filter((row) => isTaken[row] === 0);
    const count = Math.min(Math.floor(Math.abs(surplus) + stream.uniform()), from.length);
    const order = stream.permutation(from.length);
    for (const index of order.subarray(0, count)) {
      const row = from[index]!;
      states[row] = equalShares.map((_, i) => (i !== k ? ANY : surplus > 0 ? OTHER : SAME)).join('');
      isTaken[row] = 1;
      chosen.push(row);
    }
  }
  return chosen.sort((a, b) => a - b);
}

/**
 * Rows that may stand for others because the same columns are equal in them: equal rows break rules more or less often
 * than others, and their share must not change by that.
 * @param failing rows to be replaced
 * @param wanted states of all rows, those to be replaced among them; `.` stands for any
 * @param others states of the rows to choose from, of which each is used once
 * @returns rows that are replaced, and by which of the others
 */
export function alikeRows(failing: Uint32Array, wanted: readonly string[], others: readonly string[]) {
  const queues = new Map<string, number[]>();
  const used = new Set<number>();
  const usable: number[] = [];
  const replaced = failing.filter((row) => {
    const state = wanted[row]!;
    let queue = queues.get(state);
    if (!queue) {
      // Last first.
      queue = Array.from(others.keys())
        .filter((i) => fits(others[i]!, state))
        .reverse();
      queues.set(state, queue);
    }
    let other = queue.pop();
    while (other !== undefined && used.has(other)) other = queue.pop();
    if (other === undefined) return false;
    used.add(other);
    usable.push(other);
    return true;
  });
  return { replaced, usable: Uint32Array.from(usable) };
}

function fits(state: string, wanted: string): boolean {
  for (let k = 0; k < wanted.length; k++) if (wanted[k] !== ANY && wanted[k] !== state[k]) return false;
  return true;
}
