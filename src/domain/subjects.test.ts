import { expect, test } from 'vitest';
import type { ColumnProfile, StorageType } from './columns';
import { peopleInWords, questionInWords } from './subject-words';
import { decideSubject } from './subjects';

function profile(name: string, own: Partial<ColumnProfile> = {}): ColumnProfile {
  return {
    index: 0,
    originalName: name,
    name,
    storageType: 'text',
    rowCount: 2000,
    nullCount: 0,
    distinctCount: 10,
    nonRareShare: 1,
    uniqueShare: 0,
    nonRareDistinct: 10,
    infiniteCount: 0,
    ...{ min: null, median: null, mean: null, max: null, maxLength: 5 },
    ...{ fixedLength: false, looksLikeUuid: false, exceedsSafeInteger: false },
    ...{ topValues: [], histogram: [], nearMiss: null, subject: null },
    ...own,
  };
}

function candidate(
  name: string,
  values: number,
  companions: readonly string[],
  storageType: StorageType = 'text',
): ColumnProfile {
  const subject = { values, rowsEach: 2000 / values, companions };
  return profile(name, { storageType, distinctCount: values, subject });
}

const FOUND = { subjectColumns: null, primaryKey: null };
const shop = profile('shop');

test('a column whose name says so comes first, and what else is one subject’s is made anew with it', () => {
  const profiles = [
    shop,
    candidate('chart', 190, ['email', 'born']),
    candidate('email', 200, ['chart', 'phone', 'born']),
    candidate('phone', 200, ['email', 'born'], 'integer'),
    candidate('born', 180, ['chart', 'email'], 'date'),
    // Many values of one person: a name that tells is enough.
    profile('login', { distinctCount: 2000 }),
  ];
  expect(decideSubject(profiles, FOUND)).toMatchObject({
    columns: ['email'],
    identifying: ['chart', 'email', 'phone', 'login'],
    subjects: 200,
    rowsEach: 10,
    source: 'found',
    isSure: true,
  });
});

test('the customer of several accounts is the subject, not the account', () => {
  const account = candidate('account', 400, ['customer', 'city']);
  const customer = candidate('customer', 150, ['city']);
  expect(decideSubject([account, customer], FOUND)?.columns).toEqual(['customer']);
  expect(decideSubject([customer, account], FOUND)?.columns).toEqual(['customer']);
});

test('a date and an amount that go together are subjects together, and a person is to confirm it', () => {
  const profiles = [
    candidate('birth date', 180, ['salary', 'diagnosis'], 'date'),
    // A whole number in an unsure find is learned.
    candidate('salary', 200, ['birth date', 'diagnosis'], 'integer'),
    candidate('bonus', 200, ['birth date', 'salary', 'diagnosis'], 'float'),
    shop,
  ];
  const subject = decideSubject(profiles, FOUND);
  expect(subject).toMatchObject({ identifying: [], isSure: false });
  expect([...subject!.columns].sort()).toEqual(['birth date', 'salary']);
  expect(peopleInWords(subject!)).toBe('at least 200 people, about 10.0 rows each');
});

test('what a person declares counts, as does that there is nothing', () => {
  const profiles = [candidate('email', 200, ['born', 'phone']), profile('pupil', { distinctCount: 40 })];
  expect(decideSubject(profiles, { ...FOUND, subjectColumns: ['pupil'] })).toMatchObject({
    columns: ['pupil'],
    subjects: 40,
    rowsEach: 50,
    source: 'declared',
    isSure: true,
  });
  expect(decideSubject(profiles, { ...FOUND, subjectColumns: [] })).toBeNull();
  expect(decideSubject(profiles, { ...FOUND, subjectColumns: ['gone'] })).toBeNull();
});

test('a key and columns that identify nobody are no subjects', () => {
  expect(decideSubject([candidate('id', 200, ['born', 'sex'])], { ...FOUND, primaryKey: 'id' })).toBeNull();
  expect(decideSubject([shop], FOUND)).toBeNull();
});

test('few people are asked about, and only where no others are found', () => {
  const few = candidate('patient_id', 12, ['born']);
  const found = decideSubject([shop, few], FOUND)!;
  expect(found).toMatchObject({ columns: ['patient_id'], subjects: 12, isSure: false });
  expect(questionInWords(found)).toContain('they are 12 people: of so few, protection hides nearly all');
  expect(decideSubject([shop, few], { ...FOUND, subjectColumns: ['patient_id'] })!.isSure).toBe(true);
  // Each customer has one of twelve sellers.
  const seller = candidate('seller_id', 12, []);
  const customer = candidate('customer_id', 200, ['seller_id']);
  expect(decideSubject([seller, customer], FOUND)).toMatchObject({ columns: ['customer_id'], isSure: true });
});
