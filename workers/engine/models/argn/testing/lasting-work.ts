import { FailoverBackend } from '../backends/failover-backend';
import type { Backend, StepPlan } from '../network/network-backend';
import { Journal } from '../training/journal';
import { trainLasting } from '../training/lasting-training';
import { watchingHooks } from './scripted-backend';

/** Takes the steps of a plan, or knows their losses. */
export type Steps = (plan: StepPlan) => Promise<Float64Array>;

/**
 * Does work that trains, as a training does it: where the weights are lost, it is done again from what is kept.
 * @param work may run more than once; must train by `train` alone
 * @param backend handed to `work` as a training sees it
 */
export function workLasting<T>(
  backend: Backend,
  work: (backend: Backend, train: Steps, journal: Journal) => Promise<T>,
): Promise<T> {
  const isLasting = backend instanceof FailoverBackend;
  const first = Journal.open({ keeper: null, backend, isLasting, fingerprint: () => '' });
  return trainLasting(backend, first, watchingHooks(), (replaying, { journal }) =>
    work(replaying, (plan) => journal.once('loss', () => replaying.train(plan)), journal),
  );
}

/** Backends that replace one another. */
export async function* inTurn(...openers: readonly (() => Promise<Backend>)[]): AsyncGenerator<Backend> {
  for (const open of openers) yield await open();
}
