/** Locks by name, as a browser gives them to its pages. */
export function fakeLocks(): Pick<LockManager, 'request'> {
  const last = new Map<string, Promise<unknown>>();
  const holders = new Map<string, number>();
  type Callback = (lock: Lock | null) => unknown;
  const request = async (name: string, ...rest: [Callback] | [LockOptions, Callback]) => {
    const [options, callback] = rest.length === 1 ? [{}, rest[0]] : rest;
    const held = holders.get(name) ?? 0;
    if (options.ifAvailable && held > 0) return callback(null);
    holders.set(name, held + 1);
    const done = (last.get(name) ?? Promise.resolve())
      .then(() => {
        options.signal?.throwIfAborted();
        return callback({} as Lock);
      })
      .finally(() => holders.set(name, holders.get(name)! - 1));
    last.set(
      name,
      done.catch(() => undefined),
    );
    return done;
  };
  return { request: request as LockManager['request'] };
}
