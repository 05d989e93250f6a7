import type { NumberColumn } from '../../../src/domain/column-data';
import { hashText } from '../../../src/domain/random';
import { columnProtection } from '../privacy/table-protection';
import { type AnalyseOptions, drawKey, uniformOfRow } from './contract';
import { PART, PART_NAMES } from './date-parts';
import { type DatetimeEncoding, encodeDatetime } from './datetime';

const SPREAD = hashText('spread dates');
/** A code of so many rows is learned as it is; of 20, days of the data would still come out 4 % more often than by chance. */
const MIN_ROWS = 40;
/** Parts of few values or chosen ones: a weekday must not become a weekend, nor a day one with a mark. */
const AS_THEY_ARE: readonly number[] = [PART.date, PART.mark, PART.weekday];

/**
 * Codes [sub-column][rows] for training. A code of a part – a year, a week, a minute – that few rows hold is drawn anew among
 * the neighbouring ones, so many of them that 40 rows hold them together: learned as they are, the weeks of a short
 * table are those of its own rows, and year, week and weekday together say their days more often than chance does.
 */
export function encodeLearnedDatetime(
  encoding: DatetimeEncoding,
  data: NumberColumn,
  options: Pick<AnalyseOptions, 'valueProtection' | 'seed' | 'exactCodes' | 'subjects' | 'rareThreshold'>,
): Uint16Array[] {
  const codes = encodeDatetime(encoding, data);
  const { valueProtection, seed, subjects, rareThreshold } = options;
  if (!valueProtection || options.exactCodes || !encoding.bounds) return codes;
  const { threshold } = columnProtection(valueProtection, seed, rareThreshold);
  const states = encoding.subColumns[0]!.name === 'nan' ? codes[0]! : null;
  return codes.map((part, k) => {
    const { name, cardinality } = encoding.subColumns[k]!;
    const at = PART_NAMES.indexOf(name as (typeof PART_NAMES)[number]);
    if (at < 0 || AS_THEY_ARE.includes(at)) return part;
    const counts = countHolders(part, cardinality, states, subjects ?? null);
    const groups = groupCodes(counts, Math.max(MIN_ROWS, threshold), threshold);
    const key = drawKey({ seed, column: SPREAD + at });
    return part.map((code, row) => {
      const { first, last } = groups[code]!;
      return first === last ? first : first + Math.floor(uniformOfRow(key, row, 0) * (last - first + 1));
    });
  });
}

/** [codes] subjects that hold each, without the rows that have no instant of their own. */
function countHolders(
  codes: Uint16Array,
  cardinality: number,
  states: Uint16Array | null,
  subjects: Uint32Array | null,
): Uint32Array {
  const counts = new Uint32Array(cardinality);
  const seen = new Set<number>();
  for (let row = 0; row < codes.length; row++) {
    if (states && states[row] !== 0) continue;
    const code = codes[row]!;
    if (subjects) {
      const pair = subjects[row]! * cardinality + code;
      if (seen.has(pair)) continue;
      seen.add(pair);
    }
    counts[code]!++;
  }
  return counts;
}

/** Codes that a row's code is drawn from, both included. */
interface CodeGroup {
  first: number;
  last: number;
  holders: number;
}

/**
 * The group of every code, [codes]. Codes of `enough` holders are one each; those between two of them are cut into runs
 * of as many. What is left of fewer than `threshold` holders is drawn as the frequent code beside it.
 */
function groupCodes(counts: Uint32Array, enough: number, threshold: number): CodeGroup[] {
  const groups: CodeGroup[] = [];
  let open: CodeGroup | null = null;
  const isFrequent = (group: CodeGroup | undefined) =>
    group !== undefined && group.first === group.last && group.holders >= enough;
  const close = () => {
    if (!open) return;
    const before = groups.at(-1);
    if (open.holders < enough && before && !isFrequent(before)) {
      before.last = open.last;
      before.holders += open.holders;
    } else groups.push(open);
    open = null;
  };
  counts.forEach((holders, code) => {
    if (holders === 0) return;
    if (holders >= enough) {
      close();
      groups.push({ first: code, last: code, holders });
      return;
    }
    open = { first: open?.first ?? code, last: code, holders: (open?.holders ?? 0) + holders };
    if (open.holders >= enough) {
      groups.push(open);
      open = null;
    }
  });
  close();
  const byCode: CodeGroup[] = Array.from(counts, (_, code) => ({ first: code, last: code, holders: 0 }));
  groups.forEach((group, i) => {
    const near = [groups[i - 1], groups[i + 1]].find(isFrequent);
    const own = group.holders < threshold && near ? near : group;
    for (let code = group.first; code <= group.last; code++) byCode[code] = own;
  });
  return byCode;
}
