import { describe, expect, it } from 'vitest';
import { worstFirst } from './worst-first';

describe('worstFirst', () => {
  const pair = (column2: string, accuracy: number, accuracyMax: number) => ({
    column1: 'a',
    column2,
    accuracy,
    accuracyMax,
  });
  const scores = [pair('b', 0.9, 0.9), pair('c', 0.8, 0.95), pair('d', 0.7, 0.72)];
  it('begins with the furthest below its reference, not with the lowest', () => {
    expect(worstFirst(scores).map(({ column2 }) => column2)).toEqual(['c', 'd', 'b']);
  });
  it('leaves the report as it is', () => {
    worstFirst(scores);
    expect(scores[0]!.column2).toBe('b');
  });
});
