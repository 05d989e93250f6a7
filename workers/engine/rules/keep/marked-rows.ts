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
