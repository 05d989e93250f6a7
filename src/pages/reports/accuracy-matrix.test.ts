import { describe, expect, it } from 'vitest';
import type { WholeReport } from '../../domain/reports';
import { accuracyMatrix, columnScores, worstFirst } from './accuracy-matrix';

const REPORT = {
  univariate: [
    { column: 'a', accuracy: 0.9 },
    { column: 'b', accuracy: 0.95 },
    { column: 'c', accuracy: 0.8 },
  ],
  bivariateScores: [
    { column1: 'a', column2: 'b', accuracy: 0.8 },
    { column1: 'a', column2: 'c', accuracy: 0.6 },
  ],
  trivariateScores: [{ columns: ['a', 'b', 'c'], accuracy: 0.5 }],
} as unknown as WholeReport;

describe('accuracy by column', () => {
  it('averages the pairs and triples a column is in, best column first', () => {
    const scores = columnScores(REPORT);
    expect(scores.map(({ column }) => column)).toEqual(['b', 'a', 'c']);
    expect(scores[1]).toMatchObject({ univariate: 0.9, trivariate: 0.5 });
    expect(scores[1]!.bivariate).toBeCloseTo(0.7);
  });
  it('has no mean where there is no pair', () => {
    const single = { ...REPORT, bivariateScores: [], trivariateScores: [] };
    expect(columnScores(single)[0]).toMatchObject({ bivariate: null, trivariate: null });
  });
});

describe('accuracyMatrix', () => {
  it('is symmetric with the single columns on its diagonal', () => {
    const cells = accuracyMatrix(['a', 'b', 'c'], REPORT);
    expect(cells[0]).toBe(0.9);
    expect(cells[1]).toBe(0.8);
    expect(cells[3]).toBe(0.8);
    expect(cells[5]).toBeNaN();
  });
  it('leaves out columns that are not shown', () => {
    expect(accuracyMatrix(['b'], REPORT)).toEqual([0.95]);
  });
});

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
