import { describe, expect, it } from 'vitest';
import type { FetchAnswer, FetchRequest } from '../../../workers/address/protocol';
import { type FetchWorker, FileFetcher } from '../fetch-file';
import { AddressConnection } from './address';

/** A server with some files, and what it was asked for. */
function serverOf(files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const start = (): FetchWorker => {
    let hear: (event: MessageEvent<FetchAnswer>) => void = () => undefined;
    const answer = (data: FetchAnswer) => hear({ data } as MessageEvent<FetchAnswer>);
    return {
      addEventListener: (type: string, listener: typeof hear) => {
        if (type === 'message') hear = listener;
      },
      terminate: () => undefined,
      postMessage: ({ address }: FetchRequest) => {
        const path = address.slice('https://a.b/data/'.length);
        asked.push(path);
        const content = files[path];
        queueMicrotask(() => {
          if (content === undefined) return answer({ type: 'failed', reason: 'status', status: 404 });
          const contentType = content.startsWith('<') ? 'text/html' : 'text/csv';
          answer({ type: 'head', disposition: null, contentType, bytes: content.length, address });
          answer({ type: 'file', content: new Blob([content]) });
        });
      },
    } as unknown as FetchWorker;
  };
  const connect = (named: string[] = []) =>
    new AddressConnection('https://a.b/data/', named, new FileFetcher(start));
  return { asked, connect };
}

const LISTED = {
  '': '<!doctype html><a href="../">up</a><a href="a%20b.csv">a b.csv</a><a href="old/">old</a><a href="x.pdf">x</a>',
  'old/': '<!doctype html><a href="c.csv">c.csv</a>',
  'a%20b.csv': 'id\n1\n',
};

describe('an address', () => {
  it('lists what its page links, and what is named, folder by folder', async () => {
    const there = serverOf(LISTED).connect(['deep/er/d.csv']);
    expect(await there.locations('')).toEqual([
      { location: 'deep/', kind: 'folder' },
      { location: 'old/', kind: 'folder' },
      { location: 'a b.csv', kind: 'file' },
    ]);
    expect(await there.locations('old/')).toEqual([{ location: 'old/c.csv', kind: 'file' }]);
    expect(await there.tables()).toEqual(['a b.csv', 'deep/er/d.csv']);
    expect(await there.test()).toContain('answers, and lists');
  });

  it('asks for a file once, until its files are listed again', async () => {
    const { asked, connect } = serverOf(LISTED);
    const there = connect();
    expect(await (await there.open('a b.csv')).file.text()).toBe('id\n1\n');
    await there.open('a b.csv');
    expect(asked).toEqual(['a%20b.csv']);
    await there.locations('');
    await there.open('a b.csv');
    expect(asked).toEqual(['a%20b.csv', '', 'a%20b.csv']);
  });

  it('that lists nothing has the files that are named', async () => {
    const there = serverOf({ 'a.csv': 'id\n1\n' }).connect(['a.csv']);
    expect(await there.locations('')).toEqual([{ location: 'a.csv', kind: 'file' }]);
    expect(await there.test()).toContain('lists nothing by itself; “a.csv” could be fetched');
    await expect(serverOf({}).connect().test()).rejects.toThrow('name its files here');
    await expect(serverOf({}).connect(['gone.csv']).test()).rejects.toThrow('leads to no file (status 404)');
  });

  it('takes no page for a file', async () => {
    const there = serverOf({ 'a.csv': '<!doctype html><p>Sign in' }).connect(['a.csv']);
    await expect(there.open('a.csv')).rejects.toThrow('leads to a web page');
  });
});
