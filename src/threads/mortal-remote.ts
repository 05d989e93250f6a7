import type { Remote } from './rpc';

type Call = (...args: unknown[]) => Promise<unknown>;

/**
 * The same API whose calls reject when its thread ends: one that is gone never answers. Later calls reject too.
 * @param api of methods alone
 */
export function mortalRemote<T>(api: Remote<T>): { readonly api: Remote<T>; end(reason: Error): void } {
  const pending = new Set<(reason: Error) => void>();
  const calls = new Map<string | symbol, Call>();
  let ended: Error | null = null;
  const callOf =
    (name: string | symbol): Call =>
    (...args) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        pending.add(reject);
        const call = (api as unknown as Record<string | symbol, Call>)[name]!;
        call(...args)
          .then(resolve, reject)
          .finally(() => pending.delete(reject));
      });
  const mortal = new Proxy(Object.create(null) as object, {
    get(_, name) {
      // No promise, though every name is a call.
      if (name === 'then') return undefined;
      const call = calls.get(name) ?? callOf(name);
      calls.set(name, call);
      return call;
    },
  });
  return {
    api: mortal as Remote<T>,
    end(reason) {
      ended ??= reason;
      for (const reject of pending) reject(reason);
      pending.clear();
    },
  };
}
