/** What a model and a reference model say of single rows, before it is summed up (docs/metrics.md, White-box audit). */

/** Log-probabilities of rows in nats, and whose the rows are; all [rows]. */
export interface ScoredRows {
  /** Numbers of the people; equal ones are one person's. */
  readonly owners: Uint32Array;
  /** Of the audited model. */
  readonly model: Float64Array;
  /** Of a model that learned neither side. */
  readonly reference: Float64Array;
}

/** What may make a row stand out; all [rows]. */
export interface StandingOut {
  /** Row numbers in the source, from 0. */
  readonly rows: Uint32Array;
  /** Of each row the column in which fewest rows hold its value, or lie as far out: index into the names. */
  readonly column: Uint16Array;
  /** How many rows do. */
  readonly holders: Uint32Array;
}

/** Scores of people that a model learned and of people that it did not. */
export interface ModelScores {
  readonly members: ScoredRows & StandingOut;
  readonly others: ScoredRows;
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** Rows of the source that were learned, and rows that the reference model learned. */
  readonly learned: number;
  readonly referenceRows: number;
}

/** Why a model is not audited: unseen people of whom there are too few. */
export interface TooFewUnseen {
  readonly people: number;
  readonly needed: number;
}

/** Either of both; the other is null. */
export interface AuditAnswer {
  readonly scores: ModelScores | null;
  readonly tooFew: TooFewUnseen | null;
}

/** A value is rare if fewer rows than this hold it. @param rows of the table */
export function rareBelow(rows: number): number {
  return Math.max(12, 0.002 * rows);
}
