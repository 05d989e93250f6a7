import { describe, expect, it } from 'vitest';
import type { StorageType } from '../../domain/columns';
import { EMPTY_DRAFT, type RuleDraft, readRuleDraft } from './rule-draft';

const DAY = 86_400_000;
const TYPES: Record<string, StorageType> = {
  n: 'float',
  m: 'integer',
  k: 'integer',
  start: 'date',
  end: 'datetime',
  sex: 'text',
  works: 'boolean',
};
const read = (draft: Partial<RuleDraft>) =>
  readRuleDraft({ ...EMPTY_DRAFT, ...draft }, (column) => TYPES[column]!);

describe('the form of a rule', () => {
  it.each<[Partial<RuleDraft>, object[]]>([
    [{ columns: ['n', 'm'] }, [{ kind: 'fixed-combinations', columns: ['n', 'm'] }]],
    [
      { kind: 'inequality', first: 'n', second: 'm', flag: true },
      [{ kind: 'inequality', low: 'n', high: 'm', strict: true }],
    ],
    [
      { kind: 'between', first: 'n', second: 'm', third: 'k' },
      [
        { kind: 'inequality', low: 'n', high: 'm', strict: false },
        { kind: 'inequality', low: 'm', high: 'k', strict: false },
      ],
    ],
    [
      { kind: 'functional-dependency', first: 'sex', second: 'n', flag: true },
      [{ kind: 'functional-dependency', determinant: ['sex'], dependent: 'n', oneToOne: true }],
    ],
    [
      { kind: 'computed', third: 'n', first: 'm', second: 'k', operation: '-', text: '2' },
      [
        {
          ...{ kind: 'linear', target: 'n', decimals: 2, rounding: 'nearest', constant: 0 },
          terms: [
            { column: 'm', factor: 1 },
            { column: 'k', factor: -1 },
          ],
        },
      ],
    ],
    [
      { kind: 'computed', third: 'k', first: 'end', second: 'start', operation: '-' },
      [
        {
          ...{ kind: 'linear', target: 'k', decimals: null, rounding: 'nearest', constant: 0 },
          terms: [
            { column: 'end', factor: 1 / DAY },
            { column: 'start', factor: -1 / DAY },
          ],
        },
      ],
    ],
    [
      { kind: 'computed', third: 'end', first: 'start', second: 'k' },
      [
        {
          ...{ kind: 'linear', target: 'end', decimals: null, rounding: 'nearest', constant: 0 },
          terms: [
            { column: 'start', factor: 1 },
            { column: 'k', factor: DAY },
          ],
        },
      ],
    ],
    [
      { kind: 'computed', third: 'n', first: 'm', second: 'k', operation: '÷' },
      [
        {
          ...{ kind: 'product', target: 'n', decimals: null, rounding: 'nearest', factor: 1 },
          factors: [
            { column: 'm', power: 1 },
            { column: 'k', power: -1 },
          ],
        },
      ],
    ],
    [
      { kind: 'computed', third: 'n', first: 'm', second: 'k', operation: '÷²', text: '1' },
      [
        {
          ...{ kind: 'product', target: 'n', decimals: 1, rounding: 'nearest', factor: 1 },
          factors: [
            { column: 'm', power: 1 },
            { column: 'k', power: -2 },
          ],
        },
      ],
    ],
    [
      { kind: 'computed', third: 'n', first: 'm', second: 'k', operation: '-%', text: '2' },
      [
        {
          ...{ kind: 'product', target: 'n', decimals: 2, rounding: 'nearest', factor: 1 },
          factors: [
            { column: 'm', power: 1 },
            { column: 'k', power: 1, per: -0.01 },
          ],
        },
      ],
    ],
    [
      { kind: 'range', first: 'n', text: '0', text2: '' },
      [{ kind: 'range', column: 'n', min: 0, max: null, strict: false }],
    ],
    [
      { kind: 'range', first: 'start', text2: '1970-01-02', flag: true },
      [{ kind: 'range', column: 'start', min: null, max: DAY, strict: true }],
    ],
    [
      { kind: 'increments', first: 'n', text: '0.05' },
      [{ kind: 'increments', column: 'n', increment: 0.05 }],
    ],
    [
      { kind: 'implied-value', first: 'n', text: '', second: 'sex', text2: 'm; x;', flag: true },
      [
        {
          ...{ kind: 'implied-value', column: 'n', cell: null, by: 'sex' },
          ...{ values: ['m', 'x', null], exactly: true },
        },
      ],
    ],
    [
      { kind: 'implied-value', first: 'm', text: '1,000', second: 'works', text2: 'true' },
      [
        {
          ...{ kind: 'implied-value', column: 'm', cell: 1000, by: 'works' },
          ...{ values: ['true'], exactly: false },
        },
      ],
    ],
  ])('%j', (draft, rules) => {
    expect(read(draft)).toEqual({ rules });
  });

  it.each<[Partial<RuleDraft>, string]>([
    [{ columns: ['n'] }, 'Choose at least two columns.'],
    [{ kind: 'inequality', first: 'n' }, 'Choose every column.'],
    [{ kind: 'inequality', first: 'n', second: 'n' }, 'Choose different columns.'],
    [{ kind: 'range' }, 'Choose a column.'],
    [{ kind: 'range', first: 'n' }, 'Enter a lower bound'],
    [{ kind: 'range', first: 'n', text: '2', text2: '1' }, 'must lie below'],
    [{ kind: 'range', first: 'n', text: '2', text2: '2', flag: true }, 'must lie below'],
    [{ kind: 'range', first: 'start', text: '5' }, 'not a date'],
    [{ kind: 'range', first: 'sex', text: '5' }, 'holds no numbers or dates'],
    [{ kind: 'increments', first: 'n', text: '0' }, 'more than 0'],
    [{ kind: 'computed', third: 'n', first: 'm', second: 'k', text: 'x' }, 'Decimals'],
    [{ kind: 'computed', third: 'n', first: 'm', second: 'start' }, 'holds no dates'],
    [{ kind: 'implied-value', first: 'n', text: 'x', second: 'sex' }, 'not a number'],
  ])('that lacks something says what: %j', (draft, part) => {
    expect(read(draft)).toEqual({ error: expect.stringContaining(part) });
  });
});
