/** One piece of evidence on privacy, and the words and levels that all of them share. */
import type { Estimated, Interval } from './intervals';
import { fixedText } from './number-marks';

/** From better to worse. */
export const VERDICT_LEVELS = ['pass', 'inconclusive', 'attention'] as const;
export type VerdictLevel = (typeof VERDICT_LEVELS)[number];

/** What one measure says of the privacy of the rows. */
export interface EvidencePart {
  readonly id:
    | 'dcr-share'
    | 'identical-matches'
    | 'guard'
    | 'differential-privacy'
    | 'value-protection'
    | 'isolated-people'
    | 'near-copies'
    | 'membership'
    | 'membership-found'
    | 'membership-isolated'
    | 'model-membership'
    | 'model-found'
    | 'model-isolated'
    | 'attributes'
    | 'singling-out'
    | 'linkability'
    | 'replay';
  readonly title: string;
  /** Null = it says nothing for or against: not measured, or a measure that was taken. */
  readonly level: VerdictLevel | null;
  /** Why it is inconclusive; null where it is not. */
  readonly doubt: 'few-rows' | 'no-holdout' | 'between' | 'model' | null;
  /** As a person reads it, with its interval. */
  readonly figure: string;
  readonly value: number | null;
  /** 95 %; null where there is none. */
  readonly interval: Interval | null;
  /** What passes and what asks for attention. */
  readonly threshold: string;
  readonly meaning: string;
  /** Where the figure comes from. */
  readonly source: string;
}

export type Assessed = Pick<EvidencePart, 'level' | 'doubt'>;

/** Attention if even the low end is above `alarming`, a pass if even the high end is at most `passing`. */
export function assess({ low, high }: Interval, alarming: number, passing: number, chance: number): Assessed {
  if (low > alarming) return { level: 'attention', doubt: null };
  if (high <= passing) return { level: 'pass', doubt: null };
  // As wide an interval around chance would not pass either.
  const tooWide = chance + (high - low) / 2 > passing;
  return { level: 'inconclusive', doubt: tooWide ? 'few-rows' : 'between' };
}

/** "55.1 % (95 %: 43.4 to 66.2 %)" */
export function withInterval(value: number, { low, high }: Interval): string {
  return `${percent(value)} (95 %: ${hundred(low, 1)} to ${percent(high)})`;
}

export function percent(share: number, digits = 1): string {
  return `${hundred(share, digits)} %`;
}

/** Without a sign where it is rounded to 0. */
function hundred(share: number, digits: number): string {
  const text = fixedText(100 * share, digits);
  return /[1-9]/.test(text) ? text.replace('-', '−') : text.replace('-', '');
}

/** "0.530 (95 %: 0.510 to 0.551)": of figures between 0 and 1 that are no shares. */
export function fixedWithInterval({ value, low, high }: Estimated): string {
  return `${fixedText(value, 3)} (95 %: ${fixedText(low, 3)} to ${fixedText(high, 3)})`;
}
