import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordChange } from '../../workers/workspace/protocol';
import { Keeper } from './keeper';

let commits: RecordChange[];
let removed: string[];
let failures: unknown[];
let failure: Error | null;
let keeper: Keeper;

beforeEach(() => {
  vi.useFakeTimers();
  commits = [];
  removed = [];
  failures = [];
  failure = null;
  const commit = async (change: RecordChange) => {
    if (failure) throw failure;
    commits.push(change);
  };
  keeper = new Keeper(
    async () => ({ commit, remove: async (file: string) => void removed.push(file) }) as never,
    (error) => failures.push(error),
  );
});
afterEach(() => vi.useRealTimers());

const values = () => commits.map(({ put }) => put.map(({ value }) => value));

describe('a keeper', () => {
  it('writes what is new at once, and of many changes the last one', async () => {
    keeper.put('source', 'a', 1, [], true);
    await vi.advanceTimersByTimeAsync(0);
    expect(values()).toEqual([[1]]);
    for (let progress = 2; progress < 20; progress++) {
      keeper.put('source', 'a', progress, [], false);
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(values()).toEqual([[1]]);
    await vi.advanceTimersByTimeAsync(250);
    expect(values()).toEqual([[1], [19]]);
  });

  it('writes what waits together with what is new, in the order of the changes', async () => {
    keeper.put('source', 'a', 1, [], true);
    await keeper.flush();
    keeper.put('source', 'a', 2, [], false);
    keeper.put('generator', 'g', 3, ['file'], true);
    keeper.remove('report', 'r');
    await vi.advanceTimersByTimeAsync(0);
    expect(values()).toEqual([[1], [2, 3]]);
    expect(commits[1]!.put[1]!.files).toEqual(['file']);
    expect(commits[1]!.remove).toEqual([{ kind: 'report', id: 'r' }]);
  });

  it('removes files that only changes named which were replaced before they were written', async () => {
    keeper.put('generator', 'a', 1, [], true);
    await keeper.flush();
    keeper.put('generator', 'a', 2, ['old', 'kept'], false);
    keeper.put('generator', 'a', 3, ['kept', 'new'], false);
    failure = new Error('full');
    await expect(keeper.flush()).rejects.toThrow('full');
    expect(removed).toEqual([]);
    failure = null;
    await keeper.flush();
    expect([values().at(-1), removed]).toEqual([[3], ['old']]);
  });

  it('tells of a failure once, and tries again with the next change what nothing newer replaced', async () => {
    failure = new Error('full');
    keeper.put('source', 'a', 1, [], true);
    keeper.put('source', 'b', 1, [], true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(failures).toEqual([failure]);
    failure = null;
    keeper.put('source', 'b', 2, [], false);
    await vi.advanceTimersByTimeAsync(250);
    expect(commits.map(({ put }) => put.map(({ id, value }) => [id, value]))).toEqual([
      [
        ['a', 1],
        ['b', 2],
      ],
    ]);
  });

  it('names the fields of all changes of a record, those that could not be written included', async () => {
    const changed = () => commits.at(-1)!.put[0]!.changed;
    keeper.put('source', 'a', 1, [], false, ['name']);
    keeper.put('source', 'a', 2, [], false, ['file']);
    failure = new Error('full');
    await vi.advanceTimersByTimeAsync(250);
    failure = null;
    keeper.put('source', 'a', 3, [], false, ['file', 'tables']);
    await keeper.flush();
    expect([values(), changed()]).toEqual([[[3]], ['name', 'file', 'tables']]);
    keeper.put('source', 'a', 4, [], false, ['name']);
    keeper.put('source', 'a', 5, [], false);
    await keeper.flush();
    expect(changed()).toBeUndefined();
  });

  it('removes files that a change named which was replaced while it could not be written', async () => {
    keeper.put('generator', 'a', 1, [], true);
    await keeper.flush();
    failure = new Error('full');
    keeper.put('generator', 'a', 2, ['old', 'kept'], false);
    const writing = keeper.flush();
    // The transaction has begun.
    await Promise.resolve();
    await Promise.resolve();
    keeper.put('generator', 'a', 3, ['kept', 'new'], false);
    await expect(writing).rejects.toThrow('full');
    failure = null;
    await keeper.flush();
    expect([values().at(-1), removed]).toEqual([[3], ['old']]);
  });

  it('puts changes that are on their way over what another page wrote', async () => {
    const key = { kind: 'source', id: 'a' } as const;
    keeper.put('source', 'a', { name: 'a', note: 'one' }, [], true);
    await keeper.flush();
    const theirs = { name: 'b', note: 'theirs' };
    expect(keeper.withChanges(key, theirs)).toBe(theirs);
    keeper.put('source', 'a', { name: 'mine', note: 'one' }, [], false, ['name']);
    expect(keeper.withChanges(key, theirs)).toEqual({ name: 'mine', note: 'theirs' });
    const writing = keeper.flush();
    await Promise.resolve();
    await Promise.resolve();
    expect(keeper.withChanges(key, theirs)).toEqual({ name: 'mine', note: 'theirs' });
    await writing;
    expect(keeper.withChanges(key, theirs)).toBe(theirs);
    keeper.remove('source', 'a');
    expect(keeper.withChanges(key, theirs)).toBeNull();
  });

  it('removes what is deleted though the changes beside it do not fit', async () => {
    const space: string[] = [];
    const commit = async (change: RecordChange) => {
      if (change.put.length > 0) throw new Error('full');
      commits.push(change);
    };
    keeper = new Keeper(
      async () => ({ commit }) as never,
      () => undefined,
      () => space.push('there is space'),
    );
    keeper.put('source', 'a', 1, [], false);
    keeper.remove('report', 'r');
    await expect(keeper.flush()).rejects.toThrow('full');
    expect(commits).toEqual([{ put: [], remove: [{ kind: 'report', id: 'r' }] }]);
    expect(space).toEqual(['there is space']);
  });

  it('resolves a flush when everything before it is written, and rejects it when that fails', async () => {
    keeper.put('source', 'a', 1, [], true);
    await keeper.flush();
    expect(commits).toHaveLength(1);
    await keeper.flush();
    expect(commits).toHaveLength(1);
    failure = new Error('full');
    keeper.put('source', 'a', 2, [], false);
    await expect(keeper.flush()).rejects.toThrow('full');
  });
});
