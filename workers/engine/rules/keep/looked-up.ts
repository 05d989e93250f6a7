import type { Cell } from '../../../../src/domain/rules';
import { type CodedColumn, codeColumn, columnNamed, type RuleColumn } from '../../../rules/rule-column';
import type { KeepingStep } from '../../models/kept-rules';
import { type Change, chosenCells, type GivenCells, keepDifferent, openRows } from './changes';

/** The cells that go with those of other columns; rows with other combinations stay as they are. */
export function lookedUp(
  { by, target, cells, fills, share }: Extract<KeepingStep, { kind: 'look-up' }>,
  columns: readonly RuleColumn[],
  given: GivenCells,
): Change[] {
  const column = columnNamed(columns, target);
  const indexOf = new Map(cells.map(([key], index) => [JSON.stringify(key), index]));
  const inputs = by.map((name) => codeColumn(columnNamed(columns, name)));
  const { of, count, first } = combined(inputs);
  // One look-up for each combination that occurs: an index into cells, −1 = none.
  const known = Int32Array.from({ length: count }, (_, code) => {
    const key = inputs.map((input) => cellAt(input, first[code]!));
    return indexOf.get(JSON.stringify(key)) ?? -1;
  });
  const found = of.map((code) => known[code]!);
  const rows = openRows(column, given, fills);
  for (let row = 0; row < rows.length; row++) if (found[row]! < 0) rows[row] = 0;
  const own = cells.map(([, cell]) => cell);
  // Of rules that nearly all rows keep, rows that need no change count, too.
  if (share === 0 && !keepDifferent(column.data, rows, found, own)) return [];
  return [{ target, data: chosenCells(column.data.kind, found, own), rows }];
}

function cellAt({ codes, cells }: CodedColumn, row: number): Cell {
  const code = codes[row]!;
  return code < 0 ? null : cells[code]!;
}

/** Combinations of columns as dense codes, and a row of each. */
function combined(inputs: readonly CodedColumn[]): { of: Int32Array; count: number; first: number[] } {
  const rows = inputs[0]!.codes.length;
  let of = new Int32Array(rows);
  let first: number[] = [];
  for (const { codes, cells } of inputs) {
    const dense = new Map<number, number>();
    first = [];
    const next = new Int32Array(rows);
    let [last, code] = [-1, -1];
    for (let row = 0; row < rows; row++) {
      const key = of[row]! * (cells.length + 1) + codes[row]! + 1;
      if (key !== last) {
        last = key;
        code = dense.get(key) ?? -1;
        if (code < 0) {
          code = dense.size;
          dense.set(key, code);
          first.push(row);
        }
      }
      next[row] = code;
    }
    of = next;
  }
  return { of, count: first.length, first };
}
