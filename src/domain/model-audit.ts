/** What a white-box audit of a model found (docs/metrics.md, White-box audit). */
import type { AttackFigures, SingleAttack } from './membership-panel';
import type { TooFewUnseen } from './model-scores';

/** How well who has the model itself tells people that it learned from as many others. */
export interface ModelAudit extends AttackFigures {
  readonly attacks: readonly SingleAttack[];
  /** The 1 % of the people that the reference model finds least likely; null = too few of them. */
  readonly isolated: AttackFigures | null;
  /** Rows that the model learned, and rows that the reference model learned. */
  readonly rows: { readonly learned: number; readonly reference: number };
}

/** Why a row stands out: nobody near it, or a value of a column that few rows have. */
export type ExposureReason =
  | { readonly kind: 'isolated' }
  | { readonly kind: 'rare'; readonly column: string }
  | { readonly kind: 'unexplained' };

/** A row that the model makes likelier than the reference model does. Of the page alone: no file of a report names it. */
export interface ExposedRow {
  /** Number of the row in its source, from 1, without the line of names. */
  readonly row: number;
  /** Probability under the audited model over that under the reference model, by the same of the median unseen row. */
  readonly times: number;
  readonly reasons: readonly ExposureReason[];
}

/** Figures, and the rows most exposed first. */
export interface AuditOutcome {
  readonly audit: ModelAudit;
  readonly exposed: readonly ExposedRow[];
}

/** Why there is no audit. */
export interface NoAudit {
  readonly reason: string;
}

/** What a report or a generator knows of its model. */
export type AuditState = ModelAudit | NoAudit;

/** The figures; null where the model was not audited. */
export function auditedModel(state: AuditState | null | undefined): ModelAudit | null {
  return state && 'auc' in state ? state : null;
}

export function tooFewUnseen({ people, needed }: TooFewUnseen): NoAudit {
  return {
    reason: `There are ${people} people that the model did not learn, and an audit needs ${needed}: a reference model learns some, and others are compared.`,
  };
}

/** What of a generator's audit is told elsewhere: no row that stands out. */
export function auditStateOf(audit: AuditOutcome | NoAudit): AuditState {
  return 'audit' in audit ? audit.audit : audit;
}
