import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleOf } from '../../../../src/domain/rules';
import { makeColumn } from '../../../rules/testing/make-column';
import { alikeRows, equalStates, surplusRows } from './equal-shares';

const rule: RuleOf<'often-equal'> = { kind: 'often-equal', columns: ['a', 'b'] };
const other: RuleOf<'often-equal'> = { kind: 'often-equal', columns: ['b', 'c'] };
const shareOf = (states: readonly string[]) =>
  states.filter((state) => state === '=').length / states.filter((state) => state !== 'm').length;

describe('states of often equal columns', () => {
  const columns = [
    makeColumn('a', ['x', 'x', 'y', null]),
    makeColumn('b', ['x', 'y', 'y', 'y']),
    makeColumn('c', ['x', 'y', null, 'x']),
    makeColumn('flag', ['equal', 'other', 'other', 'equal']),
  ];

  it('are as the cells are, for each pair', () => {
    const equalShares = [rule, other].map((own) => ({ rule: own, share: 0.5 }));
    expect(equalStates(columns, { equalShares, ties: [] })).toEqual(['==', '-=', '=m', 'm-']);
  });

  it('are to differ where the flag says so', () => {
    const ties = [{ from: 'b', to: 'a', flag: 'flag' }];
    expect(equalStates(columns, { equalShares: [{ rule, share: 0.5 }], ties })).toEqual(['=', '-', '-', 'm']);
  });
});

describe('rows in surplus', () => {
  it('leave the share that was wanted, and are none of those drawn again anyhow', () => {
    const cells = fc.array(fc.constantFrom('=', '-', 'm'), { minLength: 20, maxLength: 200 });
    fc.assert(
      fc.property(cells, fc.double({ min: 0.1, max: 0.9, noNaN: true }), fc.nat(), (drawn, share, seed) => {
        const present = drawn.filter((state) => state !== 'm').length;
        const states = [...drawn];
        const chosen = surplusRows(
          states,
          { equalShares: [{ rule, share }], ties: [] },
          new Uint8Array(drawn.length),
          seed,
        );
        if (present > 0) expect(Math.abs(shareOf(states) - share)).toBeLessThanOrEqual(1.0001 / present);
        const changed = drawn.flatMap((state, row) => (state === states[row] ? [] : [row]));
        expect(chosen).toEqual(changed);
        const taken = Uint8Array.from(drawn, () => 1);
        expect(surplusRows([...drawn], { equalShares: [{ rule, share }], ties: [] }, taken, seed)).toEqual(
          [],
        );
      }),
    );
  });
});

describe('rows that stand for others', () => {
  it('are in the same state, each used once, as many as there are', () => {
    const states = fc.array(fc.constantFrom('=-', '==', 'm-'), { maxLength: 40 });
    fc.assert(
      fc.property(states, states, (wanted, free) => {
        const failing = Uint32Array.from(wanted.keys()).filter((row) => row % 3 > 0);
        const { replaced, usable } = alikeRows(failing, wanted, free);
        expect([...replaced].map((row) => wanted[row])).toEqual([...usable].map((row) => free[row]));
        expect(new Set(usable).size).toBe(usable.length);
        expect([...replaced].every((row) => failing.includes(row))).toBe(true);
        const count = (rows: Iterable<number>, of: readonly string[], state: string) =>
          [...rows].filter((row) => of[row] === state).length;
        for (const state of ['=-', '==', 'm-'])
          expect(count(replaced, wanted, state)).toBe(
            Math.min(count(failing, wanted, state), count(free.keys(), free, state)),
          );
      }),
    );
  });

  it('may be in any state where any is wanted', () => {
    expect(alikeRows(Uint32Array.of(0, 1, 2), ['.=', '--', '.='], ['-=', '--', '=-'])).toEqual({
      replaced: Uint32Array.of(0, 1),
      usable: Uint32Array.of(0, 1),
    });
  });
});
