import { expect, test } from 'vitest';
import { mixedTable } from '../../workers/quality/testing/make-columns';
import { reportOn } from '../../workers/quality/testing/report-on';
import { comparedLines } from './compared-rows';
import { DEFAULT_LIMITS } from './report-limits';

const TABLES = { training: mixedTable(500, 1), holdout: mixedTable(420, 2), synthetic: mixedTable(500, 3) };

test('each figure says what it was computed on, and a limit bounds it', async () => {
  const limits = { distanceRows: 300, attackedPeople: 200, treeRows: 200, triples: 2 };
  const report = await reportOn(TABLES, { limits });
  const lines = new Map(comparedLines(report).map(([what, compared, limit]) => [what, { compared, limit }]));
  expect(report.distanceRows).toBe(300);
  expect(report.trivariateScores).toHaveLength(2);
  expect(lines.get('Distances')).toEqual({
    compared: '300 of 420 rows of each set',
    limit: '300 (rows for distances), fewer of many columns',
  });
  expect(lines.get('Triples of columns')!.compared).toBe('2 of 4 triples');
  expect(lines.get('Discriminator')!.compared).toBe('200 of 300 rows of each set');
  expect(lines.get('Detection')!.compared).toBe('100 of 420 rows of each set');
  expect(lines.get('Usefulness')!.compared).toContain('learned of 200 of 500 rows of each kind');
  expect(lines.get('Membership attacks')!.compared).toContain(
    '200 people of each kind; the attacker has 300 of 500 synthetic rows',
  );
  expect(lines.get('Criteria of WP216')!.compared).toContain('people of each kind: inference');
  expect(report.privacyTests!.membership).toMatchObject({ people: 200 });
});

test('a report of an earlier version says that its limits were not recorded', async () => {
  const { limits, ...report } = await reportOn({ training: mixedTable(60, 1), synthetic: mixedTable(60, 2) });
  expect(limits).toEqual(DEFAULT_LIMITS);
  expect(comparedLines(report).find(([what]) => what === 'Distances')).toEqual([
    'Distances',
    'all 60 rows of each set',
    'not recorded',
  ]);
});
