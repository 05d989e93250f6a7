import { WeightsLost } from '../backends/failover-backend';
import { replayingBackend } from '../backends/replaying-backend';
import type { Backend } from '../network/network-backend';
import type { Journal } from './journal';
import type { TrainingHooks } from './training-setup';

/**
 * Runs a training, and runs it again as often as its weights are lost with their backend: the same code, answered from the
 * journal as far as there is a checkpoint, as after a crash (docs/model.md, Going on after a break). What it told before is
 * not told again.
 * @param backend of the journal
 */
export async function trainLasting<T>(
  backend: Backend,
  first: Journal,
  hooks: TrainingHooks,
  run: (backend: Backend, hooks: TrainingHooks & { readonly journal: Journal }) => Promise<T>,
): Promise<T> {
  let told = 0;
  for (let journal = first; ; journal = journal.again()) {
    const isTold = () => journal !== first && journal.isReplaying;
    let messages = 0;
    try {
      return await run(replayingBackend(backend, journal), {
        ...hooks,
        journal,
        enter: (phase, unit) => !isTold() && hooks.enter(phase, unit),
        update: (value, max, remaining) => !isTold() && hooks.update(value, max, remaining),
        onMessage: (message) => {
          if (++messages <= told) return;
          told = messages;
          hooks.onMessage(message);
        },
      });
    } catch (error) {
      if (!(error instanceof WeightsLost)) throw error;
    }
  }
}
