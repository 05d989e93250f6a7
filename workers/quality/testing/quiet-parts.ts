import { Parts } from '../parts/parts';
import { quietPacer } from './quiet-pacer';

/** Parts of a report that nobody waits for, on the calling thread. */
export function quietParts(): Parts {
  return new Parts(null, quietPacer());
}
