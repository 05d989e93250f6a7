import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { numberColumn, textColumn } from '../encoding/testing';
import { sharedBy } from './subject-columns';

const PEOPLE = 200;
const stream = new RandomStream(3, 'subject columns');
const subjects = Uint32Array.from({ length: 5 * PEOPLE }, (_, row) => row % PEOPLE);

describe('a column that belongs to subjects', () => {
  it('is the same in all their rows, few-valued and missing ones included', () => {
    const ages = Array.from({ length: PEOPLE }, () => 20 + stream.below(60));
    const sex = Array.from({ length: PEOPLE }, () => ['f', 'm', null][stream.below(3)]!);
    expect(sharedBy(numberColumn(Array.from(subjects, (subject) => ages[subject]!)), subjects)).toBe(1);
    expect(sharedBy(textColumn(Array.from(subjects, (subject) => sex[subject]!)), subjects)).toBe(1);
  });
  it('may differ in some subjects, told in fives', () => {
    const cities = Array.from(subjects, (subject, row) =>
      row >= 4 * PEOPLE && subject < 12 ? -1 : subject % 40,
    );
    expect(sharedBy(numberColumn(cities), subjects)).toBeCloseTo(1 - 10 / PEOPLE, 12);
    const more = Array.from(subjects, (subject, row) =>
      row >= 4 * PEOPLE && subject < 40 ? -1 : subject % 40,
    );
    expect(sharedBy(numberColumn(more), subjects)).toBeNull();
  });
  it('is none where values have nothing to do with subjects, however rare their differences', () => {
    const any = Array.from(subjects, () => stream.below(100));
    const rare = Array.from(subjects, () => Number(stream.below(400) === 0));
    expect(sharedBy(numberColumn(any), subjects)).toBeNull();
    expect(sharedBy(numberColumn(rare), subjects)).toBeNull();
    expect(sharedBy(numberColumn(Array.from(subjects, () => 7)), subjects)).toBeNull();
  });
  it('is none where each subject has one row', () => {
    const alone = Uint32Array.from({ length: PEOPLE }, (_, row) => row);
    expect(sharedBy(numberColumn(Array.from(alone, (row) => row % 9)), alone)).toBeNull();
  });
});
