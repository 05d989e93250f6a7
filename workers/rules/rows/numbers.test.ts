import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreColumns } from '../../engine/rules/keep/restore';
import { checkRule } from '../check-rule';
import { nearestMultiple } from '../decimals';
import type { RuleColumn } from '../rule-column';

function numbers(values: readonly (number | null)[], storageType: RuleColumn['storageType'] = 'float') {
  const column: RuleColumn = {
    name: 'x',
    storageType,
    data: {
      kind: 'number',
      values: Float64Array.from(values, (value) => value ?? 0),
      nulls: Uint8Array.from(values, (value) => Number(value === null)),
    },
  };
  return [column];
}

describe('ranges', () => {
  it.each([
    [{ min: 0, max: null, strict: false }, 3],
    [{ min: 0, max: null, strict: true }, 2],
    [{ min: null, max: 2, strict: false }, 4],
    [{ min: -1, max: 2, strict: true }, 2],
  ])('%j', (bounds, kept) => {
    const rule = { kind: 'range', column: 'x', ...bounds } as const;
    expect(checkRule(rule, numbers([-1, 0, 1, 2, null]))).toEqual({ rule, applicable: 4, kept });
  });

  it('are for numbers and dates alone', () => {
    const text: RuleColumn = {
      name: 'x',
      storageType: 'text',
      data: { kind: 'text', codes: new Int32Array(1), dictionary: ['a'] },
    };
    expect(() => checkRule({ kind: 'range', column: 'x', min: 0, max: null, strict: true }, [text])).toThrow(
      'holds text',
    );
  });
});

describe('increments', () => {
  it('take the last bits of a decimal number for what they are', () => {
    const rule = { kind: 'increments', column: 'x', increment: 0.1 } as const;
    expect(checkRule(rule, numbers([0.3, 0.1 + 0.2, 0.35, -4, null]))).toMatchObject({
      applicable: 4,
      kept: 3,
    });
  });

  it('are kept by the step that rounds, with the doubles that reading the text gives', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0.05, 0.1, 0.25, 1, 2.5, 5, 50),
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        (increment, value) => {
          const multiple = nearestMultiple(value, increment);
          expect(Math.abs(multiple - value)).toBeLessThanOrEqual(increment / 2 + 1e-9);
          expect(Number(multiple.toFixed(2))).toBe(multiple + 0);
        },
      ),
    );
    const rule = { kind: 'increments', column: 'x', increment: 0.05 } as const;
    const step = { kind: 'round', target: 'x', increment: 0.05 } as const;
    const columns = restoreColumns(numbers([0.149, 7.33, null, 1.05]), [step]);
    expect(checkRule(rule, columns)).toMatchObject({ applicable: 3, kept: 3 });
    expect(columns[0]!.data).toMatchObject({ values: Float64Array.of(0.15, 7.35, 0, 1.05) });
    const given = restoreColumns(numbers([0.149]), [step], new Map([['x', 'all']]));
    expect(given[0]!.data).toMatchObject({ values: Float64Array.of(0.149) });
  });
});
