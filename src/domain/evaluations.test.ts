import { expect, it } from 'vitest';
import { type ComparedTable, EvaluationConfig, tableDifferences } from './evaluations';
import { notComputed } from './not-computed';
import { DEFAULT_LIMITS } from './report-limits';

const ORIGINAL: ComparedTable = {
  name: 'people.csv',
  columns: [
    { name: 'age', storageType: 'integer' },
    { name: 'Zip code', storageType: 'text' },
    { name: 'since', storageType: 'date' },
    { name: 'note', storageType: 'text' },
  ],
};

it('names columns that are missing, extra, spelled otherwise or of another type', () => {
  const other: ComparedTable = {
    name: 'made.csv',
    columns: [
      { name: 'Unnamed: 0', storageType: 'integer' },
      { name: 'age', storageType: 'float' },
      { name: 'zip_code', storageType: 'integer' },
      { name: 'since', storageType: 'integer' },
    ],
  };
  const { names, missing, extra, sentences } = tableDifferences(ORIGINAL, other, 'synthetic');
  expect({ names, missing, extra }).toEqual({
    names: { 'Zip code': 'zip_code' },
    missing: ['note'],
    extra: ['Unnamed: 0'],
  });
  expect(sentences).toEqual([
    '“zip_code” of made.csv is taken for “Zip code” of the original.',
    'made.csv lacks the column “note”: not compared.',
    'made.csv has the column “Unnamed: 0”, which the original has not: not compared.',
    '“age” is decimal numbers in made.csv and whole numbers in the original. They are compared as numbers.',
    '“Zip code” is whole numbers in made.csv and text in the original. They are compared as text; a number is matched with the text that is written for it, as 1 with 01.',
    '“since” is whole numbers in made.csv and dates in the original. The column is not compared.',
  ]);
  expect(tableDifferences(ORIGINAL, ORIGINAL, 'holdout').sentences).toEqual([]);
});

it('is a report on a model unless it is said to be on data', () => {
  const config = EvaluationConfig.parse({ trainingSourceId: 'a', synthetic: [{ id: 'b' }], randomState: 1 });
  expect(config).toEqual({
    ...{
      trainingSourceId: 'a',
      holdoutSourceId: null,
      kind: 'model',
      subjectColumns: null,
      targets: null,
      randomState: 1,
    },
    ...DEFAULT_LIMITS,
    synthetic: [{ kind: 'source', id: 'b' }],
  });
});

it('says what could not be computed, and why', () => {
  const profile = (name: string, distinctCount: number, nullCount = 0) => ({
    ...{ name, distinctCount, nullCount, rowCount: 60 },
  });
  const chart = (column: string) => ({
    ...{ column, accuracy: 1, accuracyMax: 1, labels: [], original: [], synthetic: [] },
  });
  const few = {
    holdout: 'none',
    rows: { training: 60, holdout: 0, synthetic: 900 },
    univariate: [chart('same'), chart('empty')],
  } as const;
  const sentences = notComputed(few, [profile('same', 1), profile('empty', 0, 60)], [profile('same', 0, 60)]);
  expect(sentences.map((sentence) => sentence.split(':')[0])).toEqual([
    'DCR share, and copies beyond chance',
    'Figures to rely on',
    'Trivariate accuracy',
    'Relations of “same”',
    'Relations of “empty”',
    'Relations of “same”',
  ]);
  const whole = {
    holdout: 'file',
    rows: { training: 900, holdout: 900, synthetic: 900 },
    univariate: ['a', 'b', 'c'].map(chart),
  } as const;
  expect(notComputed(whole, [profile('a', 2), profile('b', 3), profile('c', 9)], null)).toEqual([]);
});
