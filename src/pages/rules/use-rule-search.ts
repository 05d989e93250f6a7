import { useCallback, useEffect, useRef, useState } from 'react';
import { errorText, isCanceled } from '../../domain/errors';
import type { Job } from '../../domain/job';
import type { TableRule } from '../../domain/rules';
import { useClient } from '../client-context';

/** A page that is only passed through starts no search. */
const DELAY_MS = 400;

type State =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly job: Job | null }
  | { readonly status: 'done'; readonly rules: readonly TableRule[] }
  | { readonly status: 'failed'; readonly error: string };

/**
 * The search for rules in the rows that a generator would train on; ends with the component.
 * @param isAutomatic starts by itself
 */
export function useRuleSearch(generatorId: string, isAutomatic: boolean) {
  const client = useClient();
  const [state, setState] = useState<State>({ status: 'idle' });
  const running = useRef<AbortController | null>(null);
  const cancel = useCallback(() => running.current?.abort(), []);
  const start = useCallback(async () => {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    const show = (next: State) => {
      if (running.current === own) setState(next);
    };
    show({ status: 'running', job: null });
    try {
      const rules = await client.generators.findRules(generatorId, {
        rules: { find: true, off: [], added: [] },
        signal: own.signal,
        onProgress: (job) => {
          if (job.status === 'IN_PROGRESS') show({ status: 'running', job });
        },
      });
      show({ status: 'done', rules });
    } catch (error) {
      show(isCanceled(error) ? { status: 'idle' } : { status: 'failed', error: errorText(error) });
    }
  }, [client, generatorId]);
  useEffect(() => {
    const timer = isAutomatic ? setTimeout(() => void start(), DELAY_MS) : undefined;
    return () => {
      clearTimeout(timer);
      running.current?.abort();
      running.current = null;
    };
  }, [isAutomatic, start]);
  return { state, start, cancel };
}
