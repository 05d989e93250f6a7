/** Share of samples that may be copies of training rows, beyond chance (docs/model.md, Privacy guard). */
export const HIGHEST_COPIED = 0.02;

/** What the privacy guard of a training saw. */
export interface PrivacyGuardSummary {
  /**
   * Of the model that was kept: share of samples that repeat a row of the training, beyond those that repeat as many
   * unseen rows; 0 is chance.
   */
  readonly copied: number;
  readonly standardError: number;
  /** Unseen rows compared with. */
  readonly rows: number;
  /** How often it looked. */
  readonly checks: number;
  /** `stopped`: it ended the training; `fell-back`: it took an earlier model of the training than the last. */
  readonly outcome: 'kept' | 'stopped' | 'fell-back';
  /** Whether `copied` is within the limit; false = no model of the training was. */
  readonly acceptable: boolean;
  /** Wall seconds it took. */
  readonly seconds: number;
}
