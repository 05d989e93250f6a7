import { describe, expect, it } from 'vitest';
import type { NamedColumn } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import { ALL_ROWS } from '../../../src/domain/split';
import { texts } from '../testing/make-columns';
import { reportOn } from '../testing/report-on';
import { CoherenceScores } from './coherence';

const PEOPLE = 400;
const EACH = 5;
const subjects = Uint32Array.from({ length: PEOPLE * EACH }, (_, row) => Math.floor(row / EACH));

/** Colours of people, of whom so many have the same one in all rows, and the others another in each. */
function colours(seed: number, share: number): NamedColumn {
  const random = new RandomStream(seed, 'colours');
  const names = ['red', 'green', 'blue', 'grey'];
  const own = Array.from({ length: PEOPLE }, () => names[random.below(4)]!);
  return texts(
    'colour',
    Array.from(subjects, (person) => (person < share * PEOPLE ? own[person]! : names[random.below(4)]!)),
  );
}

function scored(original: NamedColumn, synthetic: NamedColumn, people = subjects) {
  const scores = new CoherenceScores(people, people, 1);
  scores.add(original, synthetic.data);
  return scores.told();
}

describe('CoherenceScores', () => {
  it('is as high as fresh people reach where synthetic people are like them', () => {
    const { accuracy, accuracyMax, sequences } = scored(colours(1, 0.8), colours(2, 0.8))!;
    expect(Math.abs(accuracy - accuracyMax)).toBeLessThan(0.05);
    expect(sequences).toEqual({ original: PEOPLE, synthetic: PEOPLE });
  });

  it('sees rows that are each drawn alone, which the columns do not show', () => {
    const [column] = scored(colours(1, 0.8), colours(2, 0))!.columns;
    // 85 % of the original's next rows have the same colour, and a quarter of the others.
    expect(column!.next.accuracy).toBeLessThan(0.5);
    // Most people have one colour, against two to four.
    expect(column!.distinctCategories.accuracy).toBeLessThan(0.4);
    // Each colour has as large a share of all colours of people.
    expect(column!.sequencesPerCategory.accuracy).toBeGreaterThan(0.9);
  });

  it('tells nothing where everybody has one row', () => {
    const alone = Uint32Array.from(subjects.keys());
    expect(scored(colours(1, 0.8), colours(2, 0.8), alone)).toBeNull();
  });
});

describe('a report', () => {
  const people = texts(
    'id',
    Array.from(subjects, (person) => `p${person}`),
  );
  const training = { tableId: 'training', rows: { ...ALL_ROWS, subjectColumns: ['id'] } };

  it('has coherence in the overall accuracy where the synthetic rows say whose they are', async () => {
    const tables = {
      training: [people, colours(1, 0.8)],
      synthetic: [people, colours(2, 0.8)],
    };
    const { metrics, likeness } = await reportOn(tables, { columns: ['colour'], training });
    const { overall, univariate, coherence } = metrics.accuracy;
    expect(coherence).toBeGreaterThan(0.9);
    expect(overall).toBeCloseTo((univariate! + coherence!) / 2, 6);
    expect(likeness!.coherence!.columns).toHaveLength(1);
    const nobodys = { ...tables, synthetic: [colours(2, 0.8)] };
    const without = await reportOn(nobodys, { columns: ['colour'], training });
    expect(without.metrics.accuracy.coherence).toBeUndefined();
  });
});
