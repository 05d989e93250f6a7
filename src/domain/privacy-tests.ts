/** What a report tested of privacy beyond distances (docs/metrics.md, Membership attacks). */
import type { AttackedColumns } from './attacked-columns';
import type { Estimated } from './intervals';
import type { MembershipPanel, NoPanel } from './membership-panel';

/**
 * Synthetic rows that are several times as near to a training row as to any unseen one, and the other way round: as many
 * by chance.
 */
export interface NearCopies {
  readonly training: number;
  readonly holdout: number;
  /** Synthetic rows compared. */
  readonly rows: number;
}

/** How often something succeeds on people of the training and on as many others: what members lose by being in the data. */
export interface GroupDifference {
  /** People of each kind. */
  readonly people: number;
  /** Share of successes. */
  readonly members: number;
  readonly others: number;
  readonly difference: Estimated;
}

/** Guesses of one column from the synthetic row nearest in the known ones. */
export interface GuessedColumn extends GroupDifference {
  readonly column: string;
}

/** What was guessed of people, from what. */
export interface AttributeDisclosure extends GroupDifference {
  readonly attacked: AttackedColumns;
  /** The columns guessed, the largest difference first. The figures above are their means. */
  readonly columns: readonly GuessedColumn[];
}

/** The criteria of Opinion 05/2014 of the Article 29 Working Party (WP216), and what repeats of single people. */
export interface AnonymisationCriteria {
  /** Columns that can be known or guessed. */
  readonly compared: readonly string[];
  /** Null = nothing can be guessed, or there are too few people. */
  readonly inference: AttributeDisclosure | null;
  /** Combinations of values that one person alone has and a synthetic row repeats. */
  readonly singlingOut: GroupDifference | null;
  /** Halves of a person's columns put together by way of synthetic rows. */
  readonly linkability: GroupDifference | null;
  /** Values of single columns that few people have and a synthetic row repeats. */
  readonly rareValues: GroupDifference | null;
}

/** All tests of one report; each needs unseen rows. */
export interface PrivacyTests {
  /** Null = there is no holdout. */
  readonly nearCopies: NearCopies | null;
  /** Null = there is no holdout. */
  readonly membership: MembershipPanel | NoPanel | null;
  /** Null = there is no holdout, or too few people. */
  readonly criteria: AnonymisationCriteria | null;
}

/** The attacks on membership; null where nothing was attacked. */
export function attackedPanel(tests: PrivacyTests | undefined): MembershipPanel | null {
  const membership = tests?.membership;
  return membership && !('needed' in membership) ? membership : null;
}
