/**
 * The criteria of Opinion 05/2014 on anonymisation techniques (WP216): singling out, linkability, inference. Each is an
 * attack on people of the training and, the same way, on as many unseen people, who are what chance and the population
 * allow (docs/metrics.md, Criteria of anonymisation).
 */
import { type AttackedColumns, proposeAttacked } from '../../../src/domain/attacked-columns';
import type { AnonymisationCriteria } from '../../../src/domain/privacy-tests';
import type { ReportLimits } from '../../../src/domain/report-limits';
import type { Parts } from '../parts/parts';
import { type CriteriaRows, MIN_PEOPLE } from './criteria-attacks';

/** A column with more values is not guessed. */
const MAX_VALUES = 50;

/** @param wanted null = proposed from names and values */
export async function anonymisationCriteria(
  rows: CriteriaRows,
  wanted: AttackedColumns | null,
  seed: number,
  limits: ReportLimits,
  parts: Parts,
): Promise<AnonymisationCriteria | null> {
  const people = Math.min(rows.members[0]?.length ?? 0, rows.others[0]?.length ?? 0);
  if (people < MIN_PEOPLE) return null;
  const attacked = wanted ?? proposeAttacked(guessable(rows));
  const asked = { rows, attacked, people, seed, limits };
  const [inference, linkability, singlingOut, rareValues] = await Promise.all([
    parts.compute('guessAttributes', asked),
    parts.compute('linkHalves', asked),
    parts.compute('singleOut', asked),
    parts.compute('repeatRareValues', asked),
  ]);
  return { compared: rows.names, inference, singlingOut, linkability, rareValues };
}

function guessable({ names, ordered, members }: CriteriaRows): { name: string; canBeGuessed: boolean }[] {
  return names.map((name, c) => ({
    name,
    canBeGuessed: ordered[c]! || new Set(members[c]!).size <= MAX_VALUES,
  }));
}
