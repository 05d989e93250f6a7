import { expect, it } from 'vitest';
import type { ColumnData } from '../../src/domain/column-data';
import type { StorageType } from '../../src/domain/columns';
import { reconcileColumn, type TypedColumn } from './reconcile';
import { numbers, texts } from './testing/make-columns';

const column = (type: StorageType, data: ColumnData): TypedColumn => ({ type, data });
const text = (...values: (string | null)[]) => column('text', texts('a', values).data);
const number = (type: StorageType, ...values: (number | null)[]) => column(type, numbers('a', values).data);

/** Cells as they are compared. */
function cells(data: ColumnData): (string | number | null)[] {
  if (data.kind === 'text') return [...data.codes].map((code) => (code < 0 ? null : data.dictionary[code]!));
  return [...data.values].map((value, i) => (data.nulls?.[i] === 1 ? null : value));
}

function reconcile(original: TypedColumn, synthetic: TypedColumn) {
  const { others, reconciled, ...rest } = reconcileColumn('a', original, new Map([['synthetic', synthetic]]));
  const told = reconciled.map(({ set, how, unread }) => `${set} ${how} ${unread}`);
  return { original: cells(rest.original), synthetic: cells(others.get('synthetic')!), told };
}

const day = (iso: string) => Date.parse(iso);

it.each<[string, TypedColumn, TypedColumn, ReturnType<typeof reconcile>]>([
  [
    'a number that is read as text in one file',
    number('integer', 1, 2),
    text('3', ' 4.5 ', 'unknown', null),
    { original: [1, 2], synthetic: [3, 4.5, null, null], told: ['synthetic read 1'] },
  ],
  [
    'dates in one file, texts in the other',
    number('date', day('2020-01-01')),
    text('2020-02-03', '2020-02-03 23:59', 'soon'),
    {
      original: [day('2020-01-01')],
      synthetic: [day('2020-02-03'), day('2020-02-03T23:59Z'), null],
      told: ['synthetic read 1'],
    },
  ],
  [
    'dates with times in one file alone',
    number('date', day('2020-01-01')),
    number('datetime', day('2020-01-02T18:30Z')),
    { original: [day('2020-01-01')], synthetic: [day('2020-01-02')], told: ['synthetic days 0'] },
  ],
  [
    'whole numbers and decimals',
    number('integer', 1),
    number('float', 1.5),
    { original: [1], synthetic: [1.5], told: ['synthetic decimals 0'] },
  ],
  [
    'codes with zeros before them, and numbers',
    text('01', '02', 'x'),
    number('integer', 1, 7, null),
    { original: ['01', '02', 'x'], synthetic: ['01', '7', null], told: ['synthetic codes 0'] },
  ],
  [
    'true and false, and numbers',
    column('boolean', texts('a', ['true', 'false']).data),
    number('integer', 1, 0, 2),
    { original: ['true', 'false'], synthetic: ['true', 'false', '2'], told: ['synthetic truth 0'] },
  ],
  [
    'yes and no, and truth values',
    text('Yes', 'No'),
    column('boolean', texts('a', ['false', 'true']).data),
    { original: ['Yes', 'No'], synthetic: ['No', 'Yes'], told: ['synthetic truth 0'] },
  ],
  [
    'numbers, and truth values',
    number('integer', 0, 1),
    column('boolean', texts('a', ['false', 'true']).data),
    { original: [0, 1], synthetic: [0, 1], told: ['synthetic truth 0'] },
  ],
  [
    'no value in one file',
    number('integer', 1),
    text(null, null),
    { original: [1], synthetic: [null, null], told: [] },
  ],
  ['the same', text('x'), text('y'), { original: ['x'], synthetic: ['y'], told: [] }],
])('%s', (_name, original, synthetic, expected) => {
  expect(reconcile(original, synthetic)).toEqual(expected);
});

it('a text column of numbers that a few cells spoil is compared as numbers where all others are', () => {
  const values = Array.from({ length: 40 }, (_, i) => (i === 7 ? 'none' : String(i)));
  const { original, told } = reconcile(text(...values), number('float', 1, 2));
  expect(original.slice(6, 9)).toEqual([6, null, 8]);
  expect(told).toEqual(['training read 1']);
});
