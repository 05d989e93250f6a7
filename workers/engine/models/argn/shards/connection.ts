import { UserError } from '../../../../../src/domain/errors';
import type { Helper } from '../../../../../src/threads/helper';
import type { ShardApi } from './protocol';

/** A compute worker that is running. */
export type ShardConnection = Helper<ShardApi>;

/** Starts one more compute worker; rejects when it cannot. */
export type ShardStarter = () => Promise<ShardConnection>;

/**
 * Starts workers side by side and keeps those that come up.
 * @returns at most `count`, possibly none
 */
export async function startShards(count: number, start: ShardStarter): Promise<ShardConnection[]> {
  const starts = Array.from({ length: count }, async () => start());
  const settled = await Promise.allSettled(starts);
  return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

/** A compute worker died under work: the job can go on elsewhere (`openLastingPool`). */
export function shardDied(cause: unknown): UserError {
  return new UserError(
    'engine/unavailable',
    'A compute thread stopped unexpectedly, most likely for want of memory.',
    { cause },
  );
}
