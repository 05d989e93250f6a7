import { UserError } from '../../../../../src/domain/errors';
import type { Backend, TrainingState } from '../network/network-backend';
import type { Journal } from '../training/journal';

/**
 * The backend of a training that may be run again from a checkpoint. While the journal answers, weights are not touched:
 * states that are given are only remembered, for their shape, and no call may compute.
 */
export function replayingBackend(backend: Backend, journal: Pick<Journal, 'isReplaying'>): Backend {
  let given: TrainingState | null = null;
  const live = (): Backend => {
    if (journal.isReplaying) throw early();
    return backend;
  };
  return {
    get kind() {
      return backend.kind;
    },
    get adapter() {
      return backend.adapter;
    },
    get concurrency() {
      return backend.concurrency ?? 1;
    },
    init: (...table) => backend.init(...table),
    setState: async (state) => {
      if (journal.isReplaying) given = state;
      else await backend.setState(state);
    },
    /** While the journal answers: of the right length, and nothing else is true of it. */
    getState: async () => (journal.isReplaying && given) || live().getState(),
    train: async (plan) => live().train(plan),
    evaluate: async (request) => live().evaluate(request),
    generate: async (request) => live().generate(request),
    memory: () => backend.memory(),
    dispose: () => backend.dispose(),
  };
}

function early(): UserError {
  return new UserError('internal', 'The backend was asked to compute before its weights were restored.');
}
