import { formatFixed, formatPercent } from '../components/format';
import type { Report } from '../domain/reports';

/** A score in words: what it says here, and whether it asks for a second look. */
export interface Meaning {
  readonly sentence: string;
  readonly tone: 'good' | 'attention' | 'plain';
}

const good = (sentence: string): Meaning => ({ sentence, tone: 'good' });
const attention = (sentence: string): Meaning => ({ sentence, tone: 'attention' });
const plain = (sentence: string): Meaning => ({ sentence, tone: 'plain' });

/**
 * Accuracy beside that of an equally large holdout (docs/metrics.md, Accuracy). Above the reference the rows follow
 * the original more closely than fresh rows would, which is a reason to look at the distances.
 */
export function accuracyMeaning(value: number | null, max: number | null): Meaning {
  if (value === null) return plain('Could not be computed for these rows.');
  if (max === null) {
    return plain('How well single columns, pairs and triples keep their shares. 100 % is perfect.');
  }
  const gap = max - value;
  if (gap <= 0) {
    return good(
      'As close as fresh original rows would be, or closer. See the distances for what that means for privacy.',
    );
  }
  if (gap <= 0.03) return good(`Within ${points(gap)} of what fresh original rows would reach.`);
  return attention(
    `${points(gap)} below what fresh original rows would reach. The matrix shows which columns lose it.`,
  );
}

/** A difference of two shares: "4.4 percentage points". */
function points(gap: number): string {
  const shown = formatFixed(Math.max(100 * gap, 0.1), 1);
  return shown === formatFixed(1, 1) ? 'one percentage point' : `${shown} percentage points`;
}

/** Share of synthetic rows nearer to a training row than to a holdout row: 50 % when nothing was memorised. */
export function shareMeaning(share: number | null, standardError: number | null): Meaning {
  if (share === null) return plain('Needs a holdout and at least 100 rows of each kind.');
  if (share <= 0.5 + 2 * (standardError ?? 0)) {
    return good(
      'Within chance, synthetic rows are no nearer to the rows trained on than to rows never seen: no sign of memorising.',
    );
  }
  if (share <= 0.55) {
    return plain(
      'Synthetic rows are slightly nearer to the rows trained on. A share clearly above 50 % hints at memorising.',
    );
  }
  return attention(
    'Synthetic rows are clearly nearer to the rows trained on: the model follows single rows. Use more rows, or a smaller model.',
  );
}

/** Copies of original rows, beside how often a holdout row equals a training row by chance. */
export function matchesMeaning(training: number | null, trnHol: number | null): Meaning {
  if (training === null) return plain('Could not be computed for these rows.');
  if (training === 0) return good('No synthetic row equals a row trained on.');
  if (trnHol !== null && training <= trnHol * 1.1 + 0.001) {
    return good(
      'No more often than original rows equal each other: such rows are common combinations, not copies.',
    );
  }
  return attention(
    'More often than original rows equal each other. Check value protection and the number of rows.',
  );
}

/** The reference beside the share, with its uncertainty. */
export function shareReference({ distances: { dcrShareStandardError: error } }: Report['metrics']): string {
  return error === null ? 'ideal 50 %' : `± ${formatPercent(error)} · ideal 50 %`;
}
