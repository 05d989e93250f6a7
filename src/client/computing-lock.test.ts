import { expect, it } from 'vitest';
import { inTurnOfPages, type Turn } from './computing-lock';
import { fakeLocks } from './testing/fake-locks';

function page(locks: Pick<LockManager, 'request'> | undefined, log: string[], name: string) {
  const canceled = new AbortController();
  let release: () => void = () => undefined;
  const turn: Turn = {
    signal: canceled.signal,
    onWait: () => log.push(`${name} waits`),
    onTurn: () => log.push(`${name} has its turn`),
  };
  const done = inTurnOfPages(locks, turn, async () => {
    log.push(`${name} works`);
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    log.push(`${name} is done`);
    return name;
  });
  return { done, release: () => release(), cancel: () => canceled.abort(new Error('cancelled')) };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

it('lets one page after the other work, and says who waits', async () => {
  const log: string[] = [];
  const locks = fakeLocks();
  const first = page(locks, log, 'first');
  const second = page(locks, log, 'second');
  await settle();
  first.release();
  expect(await first.done).toBe('first');
  await settle();
  second.release();
  expect(await second.done).toBe('second');
  expect(log).toEqual([
    'first works',
    'second waits',
    'first is done',
    'second has its turn',
    'second works',
    'second is done',
  ]);
});

it('ends the waiting when it is cancelled', async () => {
  const log: string[] = [];
  const locks = fakeLocks();
  const first = page(locks, log, 'first');
  const second = page(locks, log, 'second');
  await settle();
  second.cancel();
  first.release();
  await expect(second.done).rejects.toThrow('cancelled');
  expect(log).not.toContain('second works');
});

it('waits for nobody where pages cannot tell of each other', async () => {
  const log: string[] = [];
  const both = [page(undefined, log, 'first'), page(undefined, log, 'second')];
  await settle();
  for (const { release } of both) release();
  expect(await Promise.all(both.map(({ done }) => done))).toEqual(['first', 'second']);
});
