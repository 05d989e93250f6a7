import { formatPercent } from '../components/format';
import type { Report } from '../domain/reports';

type Tone = 'good' | 'attention' | 'plain';

/** A score in words: what it says here, and whether it asks for a second look. */
export interface Meaning {
  readonly sentence: string;
  readonly tone: Tone;
}

/**
 * Accuracy beside that of an equally large holdout (docs/metrics.md, Accuracy). Above the reference the rows follow
 * the original more closely than fresh rows would, which is a reason to look at the distances.
 */
export function accuracyMeaning(value: number | null, max: number | null): Meaning {
  if (value === null) return { sentence: 'Could not be computed for these rows.', tone: 'plain' };
  if (max === null) {
    return {
      sentence: 'How well single columns, pairs and triples keep their shares. 100 % is perfect.',
      tone: 'plain',
    };
  }
  const gap = max - value;
  if (gap <= 0) {
    return {
      sentence:
        'As close as fresh original rows would be, or closer. See the distances for what that means for privacy.',
      tone: 'good',
    };
  }
  if (gap <= 0.03) {
    return {
      sentence: `Within ${formatPercent(gap)} of what fresh original rows would reach.`,
      tone: 'good',
    };
  }
  return {
    sentence: `${formatPercent(gap)} below what fresh original rows would reach. The matrix shows which columns lose it.`,
    tone: 'attention',
  };
}

/** Share of synthetic rows nearer to a training row than to a holdout row: 50 % when nothing was memorised. */
export function shareMeaning(share: number | null, standardError: number | null): Meaning {
  if (share === null)
    return { sentence: 'Needs a holdout and at least 100 rows of each kind.', tone: 'plain' };
  const error = standardError ?? 0;
  if (share <= 0.5 + 2 * error) {
    return {
      sentence:
        'Within chance, synthetic rows are no nearer to the rows trained on than to rows never seen: no sign of memorising.',
      tone: 'good',
    };
  }
  if (share <= 0.55) {
    return {
      sentence:
        'Synthetic rows are slightly nearer to the rows trained on. A share clearly above 50 % hints at memorising.',
      tone: 'plain',
    };
  }
  return {
    sentence:
      'Synthetic rows are clearly nearer to the rows trained on: the model follows single rows. Use more rows, or a smaller model.',
    tone: 'attention',
  };
}

/** Copies of original rows, beside how often a holdout row equals a training row by chance. */
export function matchesMeaning(training: number | null, trnHol: number | null): Meaning {
  if (training === null) return { sentence: 'Could not be computed for these rows.', tone: 'plain' };
  if (training === 0) return { sentence: 'No synthetic row equals a row trained on.', tone: 'good' };
  if (trnHol !== null && training <= trnHol * 1.1 + 0.001) {
    return {
      sentence:
        'No more often than original rows equal each other: such rows are common combinations, not copies.',
      tone: 'good',
    };
  }
  return {
    sentence:
      'More often than original rows equal each other. Check value protection and the number of rows.',
    tone: 'attention',
  };
}

/** The reference beside the share, with its uncertainty. */
export function shareReference(metrics: Report['metrics']): string {
  const error = metrics.distances.dcrShareStandardError;
  return error === null ? 'ideal 50 %' : `± ${formatPercent(error)} · ideal 50 %`;
}
