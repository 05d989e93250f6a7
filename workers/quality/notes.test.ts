import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/domain/report-limits';
import { type ReportFacts, reportNotes } from './notes';

const facts: ReportFacts = {
  rows: { training: 20_000, holdout: 2_000, synthetic: 20_000 },
  dependences: { notable: 0, weaker: [] },
  distanceRows: 2_000,
  distanceSubjects: null,
  holdout: 'validation',
  steered: true,
  original: 'training+holdout',
  excluded: [],
  missing: [],
  freeText: [],
  hasTexts: true,
  columns: 5,
  limits: DEFAULT_LIMITS,
};

function notes(change: Partial<ReportFacts>): string {
  return reportNotes({ ...facts, ...change }).join('\n');
}

test('names relations that are weaker than in the original', () => {
  const weaker = [{ column1: 'income', column2: 'status', original: 0.388, synthetic: 0.05 }];
  expect(notes({ dependences: { notable: 3, weaker } })).toContain('“income” × “status”');
  expect(notes({})).not.toContain('weaker than in the original');
});

test('says where the holdout comes from and how many rows were compared', () => {
  expect(notes({})).toContain('The holdout is the 2,000 validation rows');
  expect(notes({})).toContain('they decided when training stopped');
  expect(notes({ steered: false })).toContain('validation rows, which the model never saw');
  expect(notes({})).toContain('Distances compare 2,000 rows of each set');
  expect(notes({ distanceRows: 1_500 })).toContain('1,500 rows of each set, drawn at random');
  expect(notes({})).not.toContain('people');
  expect(notes({ distanceSubjects: 24 })).toContain('of 24 people each');
  expect(notes({ holdout: 'file' })).toContain('the file given for it');
  expect(notes({ holdout: 'none' })).toContain('There is no holdout');
  expect(notes({ original: 'training' })).toContain('training rows alone');
});

test('warns of small samples first', () => {
  const [first] = reportNotes({ ...facts, rows: { training: 89, holdout: 9, synthetic: 99 } });
  expect(first).toContain('89 training rows (at least 90');
  expect(first).toContain('9 holdout rows');
  expect(first).toContain('99 synthetic rows');
  expect(notes({})).not.toContain('Small samples');
});

test('names the columns left out, but never a page of them', () => {
  const many = Array.from({ length: 300 }, (_, i) => `column ${i}`);
  expect(notes({ excluded: ['id'] })).toContain('keys, regenerated or excluded: “id”.');
  expect(notes({ missing: many })).toContain('“column 7” and 292 more');
  expect(notes({ freeText: ['comment'] })).toContain('word pieces');
});

test('tells how distances differ from the reference’s, where they do', () => {
  expect(notes({})).toContain('hash embedding');
  expect(notes({ hasTexts: false })).not.toContain('hash embedding');
  expect(notes({})).toContain('all columns at once');
  expect(notes({ columns: 41 })).toContain('Of 10,660 column triples');
});
