import { expect, it } from 'vitest';
import type { WholeReport } from '../../domain/reports';
import { drawingOf } from '../../testing/drawing';
import { AccuracySection } from './accuracy-section';

it('draws a matrix of the pairs in the order of the table, full amber at the lowest tenth', async () => {
  const report = {
    univariate: [
      { column: 'age', accuracy: 0.9 },
      { column: 'city', accuracy: 1 },
    ],
    bivariateScores: [{ column1: 'age', column2: 'city', accuracy: 0.75, accuracyMax: 0.8 }],
    trivariateScores: [],
  } as unknown as WholeReport;
  expect(await drawingOf(<AccuracySection report={report} />)).toMatchInlineSnapshot(`
    "svg viewBox=0 0 2 2 aria-label=Accuracy of every pair of columns; univariate on the diagonal fill=var(--difference)
    rect x=0 y=0 width=1 height=1 fill-opacity=0
    title “city: 100.0 %”
    rect x=1 y=0 width=1 height=1 fill-opacity=0.83
    title “city × age: 75.0 %”
    rect x=0 y=1 width=1 height=1 fill-opacity=0.83
    title “age × city: 75.0 %”
    rect x=1 y=1 width=1 height=1 fill-opacity=0.33
    title “age: 90.0 %”
    span “ of the accuracy of pairs”"
  `);
});
