import { describe, expect, it } from 'vitest';
import { DAY } from '../../../../src/domain/calendar';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import { checkRule } from '../../../rules/check-rule';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { makeColumn } from '../../../rules/testing/make-column';
import type { KeptRules } from '../../models/kept-rules';
import { drawKept } from '../testing/column-by-column';

const ROWS = 2000;
const stream = new RandomStream(4, 'invoices');
const each = (make: (row: number) => number) => Array.from({ length: ROWS }, (_, row) => make(row));
const sent = each(() => Date.UTC(2022, 0, 1) + stream.below(600) * DAY);
const days = each(() => [14, 30][stream.below(2)]!);
const due = sent.map((day, row) => day + days[row]! * DAY);
const paid = due.map((day) => day + Math.round(5 * stream.normal() - 4) * DAY);
const columns: RuleColumn[] = [
  { ...makeColumn('sent', sent), storageType: 'date' },
  makeColumn('days', days),
  { ...makeColumn('due', due), storageType: 'date' },
  { ...makeColumn('paid', paid), storageType: 'date' },
  makeColumn(
    'state',
    due.map((day, row) => (day < paid[row]! ? 'late' : 'in time')),
  ),
];
const state: Rule = {
  ...{ kind: 'thresholds', target: 'state', column: 'due', minus: 'paid', inclusive: false },
  ...{ thresholds: [0], cells: ['late', 'in time'] },
};

function gapsOf({ extras }: KeptRules): string[][] {
  return extras.flatMap(({ from, to, measure }) => (measure.kind === 'gap' ? [[from, to]] : []));
}

function shareLate(table: readonly RuleColumn[]): number {
  const [to, from] = ['due', 'paid'].map((name) => numbersOf(table.find((column) => column.name === name)!));
  return to!.reduce((sum, value, row) => sum + Number(value < from![row]!), 0) / to!.length;
}

describe('dates that a class compares', () => {
  it('are drawn by their gap, of either sign', async () => {
    const { kept, drawn } = await drawKept(columns, [state], 2000);
    expect(gapsOf(kept)).toEqual([['due', 'paid']]);
    expect(checkRule(state, drawn)).toMatchObject({ applicable: 2000, kept: 2000 });
    expect(Math.abs(shareLate(drawn) - shareLate(columns))).toBeLessThan(0.04);
  });

  it('stay as they are where a span is computed from the one that would follow', async () => {
    const span: Rule = {
      ...{ kind: 'linear', target: 'days', constant: 0, decimals: 0, rounding: 'nearest' },
      terms: [
        { column: 'paid', factor: 1 / DAY },
        { column: 'sent', factor: -1 / DAY },
      ],
    };
    const counted = columns.map((column) =>
      column.name === 'days'
        ? makeColumn(
            'days',
            paid.map((day, row) => (day - sent[row]!) / DAY),
          )
        : column,
    );
    const { kept, drawn } = await drawKept(counted, [span, state], 500);
    expect(gapsOf(kept)).toEqual([['paid', 'due']]);
    for (const rule of [span, state]) expect(checkRule(rule, drawn)).toMatchObject({ kept: 500 });
  });
});
