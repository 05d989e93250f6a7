import { describe, expect, it } from 'vitest';
import { openSessionFolder } from './session-folder';

/** Locks as the browser keeps them: held until the callback settles. */
class FakeLocks {
  readonly held = new Set<string>();
  async request(name: string, ...rest: unknown[]): Promise<unknown> {
    const callback = rest.at(-1) as (lock: unknown) => unknown;
    const ifAvailable = rest.length === 2;
    if (this.held.has(name)) {
      if (ifAvailable) return callback(null);
      throw new Error('would wait');
    }
    this.held.add(name);
    const result = await callback({ name });
    this.held.delete(name);
    return result;
  }
}

class FakeFolder {
  readonly entries = new Map<string, FakeFolder>();
  async getDirectoryHandle(name: string): Promise<FakeFolder> {
    const entry = this.entries.get(name) ?? new FakeFolder();
    this.entries.set(name, entry);
    return entry;
  }
  async *keys(): AsyncGenerator<string> {
    yield* this.entries.keys();
  }
  async removeEntry(name: string): Promise<void> {
    this.entries.delete(name);
  }
}

function browser() {
  const root = new FakeFolder();
  const locks = new FakeLocks();
  const open = (id: string) =>
    openSessionFolder(
      { getDirectory: async () => root as unknown as FileSystemDirectoryHandle },
      locks as unknown as LockManager,
      id,
    );
  const sessions = () => [...(root.entries.get('doppelgrid-sessions')?.entries.keys() ?? [])].sort();
  return { locks, open, sessions };
}

describe('openSessionFolder', () => {
  it('leaves the folders of other living sessions alone', async () => {
    const { open, sessions } = browser();
    await open('a');
    await open('b');
    expect(sessions()).toEqual(['a', 'b']);
  });

  it('removes what a dead session left behind', async () => {
    const { locks, open, sessions } = browser();
    await open('a');
    await open('b');
    locks.held.delete('doppelgrid-sessions/a');
    await open('c');
    expect(sessions()).toEqual(['b', 'c']);
  });
});
