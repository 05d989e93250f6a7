import { useCallback, useEffect, useRef, useState } from 'react';
import { errorText, isCanceled } from '../../domain/errors';
import { idOfRule, type Rule, type TableRule } from '../../domain/rules';
import { useClient } from '../client-context';

interface CheckedRules {
  /** By id: how rows keep a rule, or the sentence of why it cannot be checked. */
  readonly checked: ReadonlyMap<string, TableRule | string>;
  /** Checks rules that are about to be added. @throws UserError that says why one cannot be */
  check(rules: readonly Rule[]): Promise<void>;
}

/** How the rows that a generator would train on keep the rules that a person added. Those not yet known are checked. */
export function useCheckedRules(generatorId: string, added: readonly Rule[]): CheckedRules {
  const client = useClient();
  const [checked, setChecked] = useState<CheckedRules['checked']>(new Map());
  const asked = useRef(new Set<string>());
  const leaving = useRef<AbortController | null>(null);
  const check = useCallback(
    async (rules: readonly Rule[]) => {
      leaving.current ??= new AbortController();
      const found = await client.generators.findRules(generatorId, {
        rules: { find: false, off: [], added: [...rules] },
        signal: leaving.current.signal,
      });
      for (const rule of rules) asked.current.add(idOfRule(rule));
      setChecked((old) => new Map([...old, ...found.map((entry) => [idOfRule(entry.rule), entry] as const)]));
    },
    [client, generatorId],
  );
  useEffect(() => {
    for (const rule of added) {
      const id = idOfRule(rule);
      if (asked.current.has(id)) continue;
      asked.current.add(id);
      check([rule]).catch((error) => {
        if (!isCanceled(error)) setChecked((old) => new Map(old).set(id, errorText(error)));
      });
    }
  }, [added, check]);
  useEffect(
    () => () => {
      leaving.current?.abort();
      leaving.current = null;
      asked.current.clear();
    },
    [],
  );
  return { checked, check };
}
