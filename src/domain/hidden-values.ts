import { count } from './evidence-words';

/** What value protection hides of a column, roughly, and what becomes of it. */
export type HiddenValues =
  | {
      readonly kind: 'extremes';
      readonly column: string;
      /** Rows beyond the ends that are written, to tens. */
      readonly rows: number;
      /** 0 … .95: how much smaller the sum of magnitudes gets. */
      readonly sum: number;
      /** 0 … .95: how much smaller the standard deviation gets. */
      readonly deviation: number;
    }
  | {
      readonly kind: 'rare';
      readonly column: string;
      /** Distinct values, to tens. */
      readonly values: number;
      readonly become: 'invented' | 'numbered' | 'frequent' | 'constant' | 'near' | 'redrawn';
    }
  | {
      readonly kind: 'ends';
      readonly column: string;
      /** Rows with a date beyond those that are written, to tens. */
      readonly rows: number;
    };

const BECOME = {
  invented: 'invented ones of the same form stand for them',
  numbered: 'they have no form that many share, so numbers stand for them',
  frequent: 'frequent ones stand for them',
  constant: '_RARE_ stands for them',
  near: 'ones near them stand for them',
  redrawn: 'ones with the same beginning and another end stand for them',
} as const;

/** A sentence without its column, e.g. "about 10 extreme values hidden; about 45 % of the sum and 85 % of the spread go with them". */
export function hiddenSentence(hidden: HiddenValues): string {
  if (hidden.kind === 'ends') {
    return `about ${count(hidden.rows, 'date')} before the first or after the last shown one hidden; ones within stand for them`;
  }
  if (hidden.kind === 'rare') {
    return `about ${count(hidden.values, 'rare value')} hidden; ${BECOME[hidden.become]}`;
  }
  const parts = [
    ...(hidden.sum > 0 ? [`${percent(hidden.sum)} of the sum`] : []),
    ...(hidden.deviation > 0 ? [`${percent(hidden.deviation)} of the spread`] : []),
  ];
  return `about ${count(hidden.rows, 'extreme value')} hidden; about ${parts.join(' and ')} ${parts.length > 1 ? 'go' : 'goes'} with them`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
