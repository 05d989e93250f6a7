/** What a report tested of privacy beyond distances (docs/metrics.md, Membership attacks). */
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

/** All tests of one report; each needs unseen rows. */
export interface PrivacyTests {
  /** Null = there is no holdout. */
  readonly nearCopies: NearCopies | null;
  /** Null = there is no holdout. */
  readonly membership: MembershipPanel | NoPanel | null;
}

/** The attacks on membership; null where nothing was attacked. */
export function attackedPanel(tests: PrivacyTests | undefined): MembershipPanel | null {
  const membership = tests?.membership;
  return membership && !('needed' in membership) ? membership : null;
}
