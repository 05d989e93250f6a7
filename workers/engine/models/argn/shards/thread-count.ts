import type { ModelSpec } from '../network/network-backend';
import { stepWork, workOf } from '../network/work-model';

/** More threads share out too little each, and every one holds the table. */
const MOST = 8;
/** Work of a step, about a millisecond of a current core, from which sharing it out pays for starting the workers. */
const WORTH_SHARING = 2e7;
const SMALL_BATCH = 256;

/**
 * Threads for a model when nobody says: the page keeps a core of its own where there are more than two, and small
 * models stay on one.
 * @param cores as `navigator.hardwareConcurrency`
 */
export function automaticThreads(cores: number, spec: ModelSpec): number {
  const step = workOf(spec).reduce((sum, work) => sum + stepWork(work, SMALL_BATCH), 0);
  if (step < WORTH_SHARING) return 1;
  return Math.max(1, Math.min(MOST, cores <= 2 ? cores : cores - 1));
}
