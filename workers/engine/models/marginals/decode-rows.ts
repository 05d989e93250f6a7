import type { ColumnData } from '../../../../src/domain/column-data';
import { hash, hashText, RandomStream } from '../../../../src/domain/random';
import { encodeRows } from './column-domain';
import { apportion, rowsByGroup } from './draw-tree';
import type { LearnedColumn } from './learned-marginals';
import { fromGrid } from './number-domain';

/** Categories below the threshold have no form that could be told: INVENT names them all alike. */
const HIDDEN_WORDS = { CONSTANT: '_RARE_', INVENT: '(other)' } as const;

/** Values of rows whose groups are drawn: a code of the group by its counts, a value of the code evenly. */
export function decodeRows(
  column: LearnedColumn,
  groups: Uint16Array,
  seed: number,
  row0: number,
): ColumnData {
  const stream = new RandomStream(hash(seed, hashText('values'), column.outputIndex), row0);
  const codes = drawCodes(column, groups, stream);
  return column.domain.kind === 'category'
    ? categories(column, codes, stream)
    : numbers(column, codes, stream);
}

/** Rows as the model may know them: values that were not released become the word for them. */
export function shownRows({ domain, numeric, hiddenAs }: LearnedColumn, data: ColumnData): ColumnData {
  if (domain.kind !== 'category' || numeric || hiddenAs === 'SAMPLE') return data;
  const codes = Int32Array.from(encodeRows(domain, data), (code) => code - 1);
  return { kind: 'text', codes, dictionary: [HIDDEN_WORDS[hiddenAs], ...domain.values] };
}

function drawCodes(column: LearnedColumn, groups: Uint16Array, stream: RandomStream): Uint16Array {
  const members: number[][] = [];
  for (const [code, group] of column.groups.entries()) {
    members[group] ??= [];
    members[group]!.push(code);
  }
  const codes = new Uint16Array(groups.length);
  for (const [group, rows] of rowsByGroup(groups, members.length).entries()) {
    const own = members[group]!;
    const drawn = apportion(
      own.map((code) => column.counts[code]!),
      rows.length,
      stream,
    );
    for (const [i, row] of rows.entries()) codes[row] = own[drawn[i]!]!;
  }
  return codes;
}

function categories(
  { domain, counts, numeric, hiddenAs }: LearnedColumn,
  codes: Uint16Array,
  stream: RandomStream,
): ColumnData {
  const values = domain.kind === 'category' ? domain.values : [];
  if (hiddenAs === 'SAMPLE') hideAsFrequent(codes, counts, stream);
  if (numeric) {
    const nulls = Uint8Array.from(codes, (code) => Number(code === 0));
    const known = values.map(Number);
    const drawn = Float64Array.from(codes, (code) => (code === 0 ? 0 : known[code - 2]!));
    return { kind: 'number', values: drawn, nulls: nulls.includes(1) ? nulls : null };
  }
  return {
    kind: 'text',
    codes: Int32Array.from(codes, (code) => code - 1),
    dictionary: [hiddenAs === 'SAMPLE' ? '' : HIDDEN_WORDS[hiddenAs], ...values],
  };
}

/** Hidden categories become visible ones, as often as these occur; none visible = missing. */
function hideAsFrequent(codes: Uint16Array, counts: readonly number[], stream: RandomStream): void {
  const hidden = [...codes.keys()].filter((row) => codes[row] === 1);
  const visible = counts.slice(2);
  const drawn = visible.length > 0 ? apportion(visible, hidden.length, stream) : null;
  for (const [i, row] of hidden.entries()) codes[row] = drawn ? drawn[i]! + 2 : 0;
}

function numbers({ domain }: LearnedColumn, codes: Uint16Array, stream: RandomStream): ColumnData {
  if (domain.kind !== 'number') throw new TypeError('A domain of categories has no numbers.');
  const { bins, end } = domain;
  const nulls = Uint8Array.from(codes, (code) => Number(code === 0));
  const values = Float64Array.from(codes, (code) => {
    if (code === 0) return 0;
    const from = bins[code - 1]!;
    return fromGrid(domain, from + stream.below((bins[code] ?? end) - from));
  });
  return { kind: 'number', values, nulls: nulls.includes(1) ? nulls : null };
}
