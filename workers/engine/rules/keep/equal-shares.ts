import { RandomStream } from '../../../../src/domain/random';
import { KEEPS, rowsKeeping, SAYS_NOTHING } from '../../../rules/check-rule';
import { codeColumn, columnNamed, type RuleColumn } from '../../../rules/rule-column';
import { EQUAL, type KeptRules } from '../../models/kept-rules';

/** State of a row: equal, other, or one of the two is missing. */
const SAME = '=';
const OTHER = '-';
const MISSING = 'm';

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
    const tie = ties.find(({ from, to }) => rule.columns.includes(from) && rule.columns.includes(to));
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
 * @param states `equalStates`; those of the chosen rows become what is to be drawn
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
      states[row] = states[row]!.slice(0, k) + (surplus > 0 ? OTHER : SAME) + states[row]!.slice(k + 1);
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
 * @param states of all rows, those to be replaced among them
 * @param others states of the rows to choose from, of which each is used once
 * @returns rows that are replaced, and by which of the others
 */
export function alikeRows(failing: Uint32Array, states: readonly string[], others: readonly string[]) {
  const free = new Map<string, number[]>();
  others.forEach((state, row) => {
    const rows = free.get(state);
    if (rows) rows.push(row);
    else free.set(state, [row]);
  });
  const used = new Map<string, number>();
  const usable: number[] = [];
  const replaced = failing.filter((row) => {
    const state = states[row]!;
    const at = used.get(state) ?? 0;
    const other = free.get(state)?.[at];
    if (other === undefined) return false;
    used.set(state, at + 1);
    usable.push(other);
    return true;
  });
  return { replaced, usable: Uint32Array.from(usable) };
}
