import { describe, expect, it } from 'vitest';
import { accuracyMatrix, columnScores } from './column-scores';
import type { WholeReport } from './reports';

const REPORT = {
  univariate: [
    { column: 'a', accuracy: 0.9, accuracyMax: 0.95 },
    { column: 'b', accuracy: 0.95, accuracyMax: 0.96 },
    { column: 'c', accuracy: 0.8, accuracyMax: 1 },
  ],
  bivariateScores: [
    { column1: 'a', column2: 'b', accuracy: 0.8, accuracyMax: 0.9 },
    { column1: 'a', column2: 'c', accuracy: 0.6, accuracyMax: 0.9 },
  ],
  trivariateScores: [{ columns: ['a', 'b', 'c'], accuracy: 0.5, accuracyMax: 0.8 }],
} as unknown as WholeReport;

describe('accuracy by column', () => {
  it('averages the pairs and triples a column is in, worst column first', () => {
    const scores = columnScores(REPORT);
    expect(scores.map(({ column }) => column)).toEqual(['c', 'a', 'b']);
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
