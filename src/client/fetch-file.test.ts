import { describe, expect, it } from 'vitest';
import type { FetchAnswer, FetchRequest } from '../../workers/address/protocol';
import { type FetchWorker, FileFetcher } from './fetch-file';

/** A worker that answers as a test says, and what it was told. */
function fakeWorker(answers: readonly FetchAnswer[]) {
  const told: FetchRequest[] = [];
  let ended = 0;
  let hear: (event: MessageEvent<FetchAnswer>) => void = () => undefined;
  const worker = {
    addEventListener: (type: string, listener: typeof hear) => {
      if (type === 'message') hear = listener;
    },
    postMessage: (request: FetchRequest) => {
      told.push(request);
      queueMicrotask(() => {
        for (const data of answers) hear({ data } as MessageEvent<FetchAnswer>);
      });
    },
    terminate: () => {
      ended++;
    },
  } as unknown as FetchWorker;
  return { fetcher: new FileFetcher(() => worker), told, ended: () => ended };
}

const head = (more: Partial<Extract<FetchAnswer, { type: 'head' }>> = {}): FetchAnswer => ({
  type: 'head',
  disposition: null,
  contentType: 'text/csv',
  bytes: 5,
  address: 'https://cdn.example/rows.csv?token=2',
  ...more,
});

describe('FileFetcher', () => {
  it('gives the file, its progress, and remembers the address without its query', async () => {
    const file: FetchAnswer = { type: 'file', content: new Blob(['id\n1\n']) };
    const { fetcher, told, ended } = fakeWorker([head(), { type: 'progress', bytes: 5 }, file]);
    const steps: unknown[] = [];
    const got = await fetcher.fetch('https://a.example/x?sig=SECRET', {
      onProgress: ({ steps: [step] }) => steps.push([step?.phase, step?.max]),
    });
    expect([got.name, await got.text()]).toEqual(['rows.csv', 'id\n1\n']);
    expect(told).toEqual([{ address: 'https://a.example/x?sig=SECRET', maxBytes: 2 ** 31 }]);
    expect(steps).toEqual([
      ['FETCH_FILE', null],
      ['FETCH_FILE', 5],
    ]);
    expect(fetcher.fetched).toMatchObject([{ address: 'https://a.example/x', bytes: 5 }]);
    expect(fetcher.originOf(got)).toBe('https://a.example/x');
    expect(ended()).toBe(1);
  });

  it('says why a file did not come, without the query', async () => {
    const { fetcher, ended } = fakeWorker([{ type: 'failed', reason: 'status', status: 404 }]);
    await expect(fetcher.fetch('https://a.example/x?sig=SECRET')).rejects.toThrow(
      'https://a.example/x leads to no file (status 404). Check the address.',
    );
    expect(fetcher.fetched).toMatchObject([{ address: 'https://a.example/x', bytes: null }]);
    expect(ended()).toBe(1);
  });

  it('refuses a page where a file was meant', async () => {
    const answers = (contentType: string | null): FetchAnswer[] => [
      head({ contentType }),
      { type: 'file', content: new Blob(['\n<!DOCTYPE html><title>Sign in']) },
    ];
    await expect(fakeWorker(answers('text/html')).fetcher.fetch('https://a.example/x')).rejects.toThrow(
      /leads to a web page/,
    );
    await expect(fakeWorker(answers('text/csv')).fetcher.fetch('https://a.example/x')).resolves.toBeTruthy();
  });

  it('is cancelled, and ends its worker', async () => {
    const { fetcher, ended } = fakeWorker([head()]);
    const stop = new AbortController();
    const call = fetcher.fetch('https://a.example/x', { signal: stop.signal });
    stop.abort();
    await expect(call).rejects.toMatchObject({ code: 'canceled' });
    expect(ended()).toBe(1);
  });
});
