import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { mixedTable } from '../../../workers/quality/testing/make-columns';
import { reportOn } from '../../../workers/quality/testing/report-on';
import { likenessFacts, likenessSentences, likenessSummary } from '../../domain/likeness-facts';
import { chartsText, readCharts, splitReport } from '../../domain/report-charts';
import { withoutScores } from '../../domain/scored';
import { renderPage } from '../testing/render-page';
import { LikenessSections } from './likeness-sections';
import { ReportSections } from './report-page';

const pause = async () => undefined;

const report = await reportOn({
  training: mixedTable(600, 1),
  holdout: mixedTable(600, 2),
  synthetic: mixedTable(600, 3),
});

test('every part has its figures, and another target is chosen', () => {
  const create = vi.fn(async () => report);
  renderPage(<LikenessSections report={report} />, { reports: { create } });
  const useful = screen.getByRole('region', { name: 'Usefulness and detection' });
  const rows = within(useful).getByRole('region', { name: 'Prediction of holdout rows' });
  expect(within(rows).getByText('job')).toBeTruthy();
  expect(within(rows).getAllByText(/^0\.\d{3} \(0\.\d{3} to \d\.\d{3}\)$/).length).toBeGreaterThan(1);
  fireEvent.change(within(useful).getByRole('combobox', { name: /matters/ }), { target: { value: '1' } });
  expect(within(useful).getByRole('region', { name: 'What age is predicted from' })).toBeTruthy();
  for (const name of ['Similarity', 'SDMetrics scores', 'Numbers and dates side by side', 'Repeated rows']) {
    expect(screen.getAllByRole('region', { name }).length).toBeGreaterThan(0);
  }
  expect(screen.getByRole('img', { name: 'Correlations of columns, difference' })).toBeTruthy();
  const choice = within(useful).getByRole('combobox', { name: 'Another column to predict' });
  fireEvent.change(choice, { target: { value: 'age' } });
  fireEvent.click(within(useful).getByRole('button', { name: 'Write the report again' }));
  expect(create).toHaveBeenCalledWith('dataset', { targets: expect.arrayContaining(['age', 'job']) });
});

test('rows that are meant to differ get no score, and what is valid is told', () => {
  const file = { name: 'a.csv', rows: 600, columns: 4, bytes: 1, sha256: null };
  const unscored = withoutScores({
    ...report,
    evaluated: {
      ...{ evaluationId: 'e', kind: 'data', differences: [], notComputed: [] },
      files: { training: file, holdout: file, synthetic: file },
    },
  });
  renderPage(<ReportSections report={unscored} whole={unscored} />);
  // Paper does not wait for the turns of parts.
  fireEvent(window, new Event('beforeprint'));
  fireEvent(window, new Event('afterprint'));
  expect(screen.queryByRole('region', { name: 'Accuracy by column' })).toBeNull();
  expect(screen.queryByRole('region', { name: 'Usefulness and detection' })).toBeNull();
  const text = document.body.textContent;
  for (const score of ['Quality', 'fresh real rows reach', 'Discriminator', 'Cosine', 'Trivariate'])
    expect(text).not.toContain(score);
  for (const fact of ['Data Validity', 'Univariate distributions', 'Repeated rows'])
    expect(text).toContain(fact);
});

test('the terminal, run.json and JSON say the same', () => {
  const sentences = likenessSentences(report).join('\n');
  expect(sentences).toMatch(/SDMetrics: quality 9\d\.\d %, diagnostic (9\d|100)\.\d %/);
  expect(sentences).toContain('predict “job” of the holdout with AUC');
  expect(sentences).toContain('C2ST');
  expect(likenessSummary(report)).toMatchObject({
    sdmetrics: { quality: { column_shapes: expect.any(Number) } },
  });
  expect(likenessFacts(report)).toMatchObject({
    missing_patterns: expect.any(Array),
    worst_group_of_dimensions: { kind: 'all' },
  });
});

test('the file of charts keeps all, and one that was changed by hand is refused', async () => {
  const { charts } = splitReport(report);
  expect((await readCharts((await chartsText(charts!, pause)).join(''), pause))!.likeness).toEqual(
    report.likeness,
  );
  const changed = { ...charts!, likeness: { ...report.likeness, statistics: [{ column: 'age' }] } };
  expect(await readCharts(JSON.stringify(changed), pause)).toBeNull();
});
