/** What the criteria of anonymisation say of privacy, as parts of the verdict (docs/metrics.md, Criteria of anonymisation). */
import { knownInWords } from './attacked-columns';
import { assess, type EvidencePart, percent, withInterval } from './evidence-part';
import { countText } from './number-marks';
import type { AnonymisationCriteria, GroupDifference } from './privacy-tests';

/** More than unseen people by so much: what a sample may vary by … */
const ALARMING = 0.02;
/** … and one in ten, as many as may be nearer to training rows. */
const PASSING = 0.1;

const THRESHOLD = `people of the training more often than unseen ones: passes if the interval ends at ${percent(PASSING, 0)} or below, attention if it begins above ${percent(ALARMING, 0)}`;

interface Criterion {
  readonly id: EvidencePart['id'];
  readonly title: string;
  readonly source: string;
  /** What happens to a share of the people. */
  readonly what: string;
  readonly pass: string;
  readonly attention: string;
}

/** Parts of the criteria that were measured. @param criteria null = there was nothing to measure them by */
export function criteriaParts(criteria: AnonymisationCriteria | null): EvidencePart[] {
  if (criteria === null) return [];
  const { inference, singlingOut, linkability, rareValues } = criteria;
  return [
    ...(inference
      ? [
          partOf(inference, {
            id: 'attributes',
            title: 'Inference of attributes',
            source: `guesses from the nearest synthetic row; known: ${knownInWords(inference.attacked)}; WP216`,
            what: `guessed (${inference.columns.length === 1 ? inference.columns[0]!.column : `mean of ${inference.columns.length} columns`})`,
            pass: 'The rows tell about people of the training what they tell about anybody.',
            attention: 'The rows tell more about people of the training than about others.',
          }),
        ]
      : []),
    ...(singlingOut
      ? [
          partOf(singlingOut, {
            id: 'singling-out',
            title: 'Singling out',
            source: 'combinations of three columns that one person alone has; WP216',
            what: 'of such combinations are in a synthetic row',
            pass: 'Combinations of single people are repeated no more often than those of people nobody learned of.',
            attention: 'Combinations that a single person has are repeated because they were learned.',
          }),
        ]
      : []),
    ...(linkability
      ? [
          partOf(linkability, {
            id: 'linkability',
            title: 'Linkability',
            source: 'the right half of a record among ten, by way of synthetic rows; WP216',
            what: 'linked',
            pass: 'The rows help to link records of their people no better than those of others.',
            attention: 'The rows help to link two records of the same person.',
          }),
        ]
      : []),
    ...(rareValues
      ? [
          partOf(rareValues, {
            id: 'replay',
            title: 'Rare values repeated',
            source: 'values of single columns that fewer than five people have',
            what: 'of such values are in a synthetic row',
            pass: 'Values of few people are repeated no more often than those of people nobody learned of.',
            attention: 'Values that few people have are repeated because they were learned.',
          }),
        ]
      : []),
  ];
}

function partOf(found: GroupDifference, criterion: Criterion): EvidencePart {
  const { id, title, source, what, pass, attention } = criterion;
  const { value, ...interval } = found.difference;
  const verdict = assess(interval, ALARMING, PASSING, 0);
  const inconclusive =
    verdict.doubt === 'few-rows'
      ? 'Among so few people, a difference that would matter could have been missed.'
      : 'The difference is larger than the threshold allows, but not certainly so.';
  return {
    ...{ id, title, source, threshold: THRESHOLD, ...verdict, value, interval },
    figure: `${percent(found.members)} ${what}, ${percent(found.others)} of ${countText(found.people)} unseen people; difference ${withInterval(value, interval)}`,
    meaning: { pass, inconclusive, attention }[verdict.level!],
  };
}

/** Each guessed column: hit rates on both kinds of people, and the difference with its interval. */
export function guessedRows({ inference }: AnonymisationCriteria): string[][] {
  return (inference?.columns ?? []).map(({ column, members, others, difference }) => [
    column,
    percent(members),
    percent(others),
    withInterval(difference.value, difference),
  ]);
}

export const GUESSED_HEAD = ['Column guessed', 'People trained on', 'Unseen people', 'Difference'] as const;
