/** What membership attacks found out, and what it says of privacy (docs/metrics.md, Membership attacks). */
import type { Estimated } from './intervals';

/** One figure of the strongest attack: of each half of the people, by the attack that was strongest on the other half. */
export interface StrongestFigure extends Estimated {
  /** The one or two attacks. */
  readonly attacks: readonly string[];
}

/** How well attacks tell members of the training from as many others. */
export interface AttackFigures {
  /** Members, and as many others. */
  readonly people: number;
  /** Chance is ½. */
  readonly auc: StrongestFigure;
  /** Share of the members found at 1 % false alarms; null = too few people to set such a threshold. */
  readonly at1: StrongestFigure | null;
  /** … at 10 %. */
  readonly at10: StrongestFigure | null;
}

/** One attack alone, both halves together, not corrected for being one of several. */
export interface SingleAttack {
  readonly name: string;
  readonly auc: number;
  readonly at1: number | null;
  readonly at10: number | null;
}

/** Membership attacks on a table. */
export interface MembershipPanel extends AttackFigures {
  readonly attacks: readonly SingleAttack[];
  /** The 1 % of the people who stand most alone; null = too few of them. */
  readonly isolated: AttackFigures | null;
  /** Rows that the attacker has: synthetic ones, and unseen ones for each half. */
  readonly rows: { readonly synthetic: number; readonly reference: number };
}

/** Why there is no panel: people of whom there are too few. */
export interface NoPanel {
  /** Unseen people there are; the training may have fewer. */
  readonly people: number;
  readonly needed: number;
}
