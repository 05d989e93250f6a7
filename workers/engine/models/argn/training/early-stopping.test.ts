import { describe, expect, it } from 'vitest';
import { EarlyStopping } from './early-stopping';

describe('EarlyStopping', () => {
  it('stops after as many validations in a row without improvement as its patience', () => {
    const stopping = new EarlyStopping(3, 2);
    const verdicts = [5, 4, 4, 3.9, 4, 4, 3.9].map((score) => stopping.observe(score));
    expect(verdicts).toEqual(['improved', 'improved', 'wait', 'improved', 'wait', 'halve', 'stop']);
    expect(stopping.best).toBe(3.9);
  });

  it('counts NaN as no improvement', () => {
    const stopping = new EarlyStopping(2, 5);
    expect(stopping.observe(Number.NaN)).toBe('wait');
    expect(stopping.remainingPatience).toBe(1);
    expect(stopping.observe(1)).toBe('improved');
    expect(stopping.remainingPatience).toBe(2);
    expect(stopping.observe(Number.NaN)).toBe('wait');
    expect(stopping.observe(Number.NaN)).toBe('stop');
  });
});
