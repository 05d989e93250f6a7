import { formatFixed } from '../components/format';

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
      'As close as fresh original rows would be, or closer. The verdict on privacy tells whether that follows single rows.',
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
