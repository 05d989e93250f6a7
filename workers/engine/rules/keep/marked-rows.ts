import type { Cell } from '../../../../src/domain/rules';
import { KEEPS, rowsKeeping } from '../../../rules/check-rule';
import { codeColumn, columnNamed, type RuleColumn } from '../../../rules/rule-column';
import { EQUAL, type KeepingStep } from '../../models/kept-rules';
import { sameCell } from './exempt-rows';
import { lookedUp } from './looked-up';

/** Marks rows whose dependent is not the one that goes with the other cells. */
export function markUnknown(
  step: Extract<KeepingStep, { kind: 'look-up' }>,
  columns: readonly RuleColumn[],
  broken: Uint8Array,
): void {
  const { data } = columnNamed(columns, step.target);
  for (const { data: wanted, rows } of lookedUp({ ...step, fills: false }, columns, new Map())) {
    rows.forEach((known, row) => {
      if (known && !sameCell(data, wanted, row)) broken[row] = 1;
    });
  }
}

/** Marks rows whose combination a closed look-up does not know. It says nothing of missing cells and unknown texts. */
export function markUnlisted(
  { by, cells, closed }: Extract<KeepingStep, { kind: 'look-up' }>,
  columns: readonly RuleColumn[],
  broken: Uint8Array,
): void {
  if (!closed) return;
  const inputs = by.map((name) => codeColumn(columnNamed(columns, name)));
  const keys = new Set(cells.map(([key]) => JSON.stringify(key)));
  const speaks = inputs.map((input, k) => {
    const texts = new Set<Cell>(closed[k]);
    return input.cells.map((cell) => typeof cell === 'number' || texts.has(cell));
  });
  const known = new Map<number, boolean>();
  for (let row = 0; row < broken.length; row++) {
    const codes = inputs.map((input) => input.codes[row]!);
    if (codes.some((code, k) => code < 0 || !speaks[k]![code])) continue;
    const number = codes.reduce((all, code, k) => all * inputs[k]!.cells.length + code, 0);
    let isListed = known.get(number);
    if (isListed === undefined) {
      isListed = keys.has(JSON.stringify(codes.map((code, k) => inputs[k]!.cells[code]!)));
      known.set(number, isListed);
    }
    if (!isListed) broken[row] = 1;
  }
}

/** Marks rows that are equal although they were drawn to differ. */
export function markWronglyEqual(
  { from, to, flag }: Extract<KeepingStep, { kind: 'equal' }>,
  columns: readonly RuleColumn[],
  broken: Uint8Array,
): void {
  const { codes, cells } = codeColumn(columnNamed(columns, flag));
  const equal = cells.indexOf(EQUAL);
  rowsKeeping({ kind: 'often-equal', columns: [from, to] }, columns).forEach((state, row) => {
    if (state === KEEPS && codes[row]! >= 0 && codes[row] !== equal) broken[row] = 1;
  });
}
