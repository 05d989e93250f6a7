import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FILES_OF } from './records';
import {
  atTable,
  atVersion,
  nextVersion,
  versionsOf,
  versionWords,
  withoutVersion,
  withVersion,
} from './source-versions';
import type { Source, SourceVersion } from './sources';

const first = {
  id: 's',
  name: 'My people',
  purpose: 'tests',
  byteSize: 10,
  dialect: {},
  headerGuess: { header: true, isSure: true, forms: [] },
  tables: [{ id: 'table 1', rowCount: 1 }],
  importSeconds: 1,
  file: 'file 1',
} as unknown as Source;

const version = (number: number) =>
  ({
    ...{ number, fileName: `people ${number}.csv`, importedAt: number, byteSize: 10 * number },
    ...{ dialect: {}, tables: [{ id: `table ${number}`, rowCount: number }], importSeconds: 1 },
    file: `file ${number}`,
  }) as unknown as SourceVersion;

it('a source of one file is its version 1', () => {
  expect(versionsOf(first)).toMatchObject([{ number: 1, fileName: 'My people', file: 'file 1' }]);
  expect(nextVersion(first)).toBe(2);
  expect(versionWords(first, 1)).toBe('');
});

it('a newer file is current, and the one before stays with its tables and file', () => {
  const source = withVersion(first, version(2));
  expect(source).toMatchObject({
    ...{ name: 'My people', purpose: 'tests', version: 2, fileName: 'people 2.csv', file: 'file 2' },
  });
  // What was guessed of a header belongs to its file.
  expect(source.headerGuess).toBeUndefined();
  expect(atTable(source, 'table 1')).toMatchObject({
    version: 1,
    file: 'file 1',
    headerGuess: { header: true },
  });
  expect(atVersion(source, 3)).toBeUndefined();
  expect(FILES_OF.source(source)).toEqual(['file 1', 'file 2']);
  expect(versionWords(source, 1)).toBe('version 1 of 2');
});

it('numbers are never given twice, the newest is current, and the last version stays, whatever is taken and removed', () => {
  const steps = fc.array(fc.oneof(fc.constant('add' as const), fc.nat(8)), { maxLength: 20 });
  fc.assert(
    fc.property(steps, (list) => {
      let source = first;
      const given = new Set([1]);
      for (const step of list) {
        if (step === 'add') {
          const number = nextVersion(source);
          expect(given.has(number)).toBe(false);
          given.add(number);
          source = withVersion(source, version(number));
        } else source = withoutVersion(source, step);
        const numbers = versionsOf(source).map(({ number }) => number);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        expect(numbers.at(-1)).toBe(source.version ?? 1);
        for (const number of numbers)
          expect(atVersion(source, number)!.tables[0]!.id).toBe(`table ${number}`);
      }
    }),
  );
});
