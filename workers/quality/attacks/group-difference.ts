import { highestOfNone, Z95 } from '../../../src/domain/intervals';
import type { GroupDifference } from '../../../src/domain/privacy-tests';
import { mean, variance } from './attack-figures';

/**
 * The difference of two means over independent people, with a 95 % interval that is no narrower than what could have been
 * missed among so many.
 * @param members, others successes of each person, 0…1
 */
export function groupDifference(members: Float64Array, others: Float64Array): GroupDifference {
  const people = Math.min(members.length, others.length);
  const [own, theirs] = [mean(members), mean(others)];
  const error = Math.sqrt(variance(members) / members.length + variance(others) / others.length);
  const half = Math.max(Z95 * error, highestOfNone(people));
  const value = own - theirs;
  return {
    ...{ people, members: own, others: theirs },
    difference: { value, low: Math.max(-1, value - half), high: Math.min(1, value + half) },
  };
}
