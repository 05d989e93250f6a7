import { RandomStream } from '../../../src/domain/random';
import { MIN_THRESHOLD } from '../../../src/domain/rarity';
import type { KeyedRandom } from './keyed-random';
import { type ProtectionPlan, planProtection } from './protection';

/** What protects the values of a table's columns, wherever something is said of them: in codes, rules and look-ups. */
export interface TableProtection {
  readonly enabled: boolean;
  /** Lowest threshold that is drawn; absent = 5. */
  readonly least?: number;
  /** Subjects that must hold a value of the column for it to show; 1 where nothing is protected. */
  thresholdOf(column: string): number;
}

/** The seed of all that protects one column. */
export function columnSeed(keyed: KeyedRandom, column: string): number {
  return keyed.seed('column', column);
}

/** The plan of the column with this seed: the same wherever it is asked for. */
export function columnProtection(enabled: boolean, seed: number, least = MIN_THRESHOLD): ProtectionPlan {
  return planProtection(enabled, new RandomStream(seed, 'protection'), least);
}

export function protectTable(enabled: boolean, keyed: KeyedRandom, least = MIN_THRESHOLD): TableProtection {
  return {
    enabled,
    least,
    thresholdOf: (column) => columnProtection(enabled, columnSeed(keyed, column), least).threshold,
  };
}
