import type { RandomStream } from '../../../../src/domain/random';
import { BYTE_CHANGES, type Change } from './bytes';
import { overwriteNumber } from './numbers';

const ANY: readonly Change[] = [...BYTE_CHANGES, overwriteNumber, overwriteNumber];
/** Of the changes of a format that has its own, the share that are its own. */
const OWN_SHARE = 0.6;

/**
 * A copy of a file with one to four changes: such as a bad disk, a broken transfer or an editor makes, numbers overwritten
 * with extremes, its head on the tail of another file of its format, and what its format has changes of its own for.
 */
export function mutate(
  files: readonly Uint8Array[],
  own: readonly Change[],
  random: RandomStream,
): Uint8Array {
  let changed: Uint8Array = files[random.below(files.length)]!.slice();
  for (let left = 1 + random.below(4); left > 0; left--) {
    const from = own.length > 0 && random.uniform() < OWN_SHARE ? own : ANY;
    changed =
      from === ANY && random.below(20) === 0
        ? joined(changed, files[random.below(files.length)]!, random)
        : from[random.below(from.length)]!(changed, random);
  }
  return changed;
}

/** The beginning of one file and the end of another. */
function joined(first: Uint8Array, second: Uint8Array, random: RandomStream): Uint8Array {
  const head = first.subarray(0, random.below(first.length + 1));
  const tail = second.subarray(random.below(second.length + 1));
  const result = new Uint8Array(head.length + tail.length);
  result.set(head);
  result.set(tail, head.length);
  return result;
}
