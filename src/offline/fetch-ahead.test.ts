import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchAhead } from './fetch-ahead';
import { OFFLINE_FILES_FILE } from './names';
import { showCopy, useOffline } from './state';

const BASE = 'https://example.test/app/';
const FILES = [
  { path: 'assets/b-1.wasm', bytes: 900 },
  { path: 'assets/a-2.js', bytes: 100 },
];

let kept: Map<string, Response>;
let fetched: string[];
let tabs: number;
const { signal } = new AbortController();

beforeEach(() => {
  kept = new Map();
  fetched = [];
  tabs = 1;
  const cache = {
    keys: async () => [...kept.keys()].map((url) => ({ url })),
    put: async (url: string, response: Response) => void kept.set(url, response),
    match: async (url: string) => kept.get(url),
    delete: async (url: string) => kept.delete(url),
  };
  vi.stubGlobal('document', { baseURI: `${BASE}?x#/about` });
  vi.stubGlobal('caches', { open: async () => cache });
  vi.stubGlobal('navigator', {
    serviceWorker: { controller: null },
    locks: {
      request: (_: string, work: () => Promise<void>) => work(),
      query: async () => ({ held: Array.from({ length: tabs }, () => ({ name: 'doppelgrid-tab' })) }),
    },
  });
  vi.stubGlobal('fetch', async (address: string | URL) => {
    if (String(address) === BASE + OFFLINE_FILES_FILE) return Response.json(FILES);
    fetched.push(String(address));
    return new Response('x');
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  showCopy({ status: 'starting' });
});

const copy = () => useOffline.getState().copy;

describe('fetchAhead', () => {
  it('fetches what is missing, the smallest first, and tells how far it is', async () => {
    const told: unknown[] = [];
    const stop = useOffline.subscribe((state) => told.push(state.copy));
    await fetchAhead({ sparingly: false, signal });
    stop();
    expect(fetched).toEqual([`${BASE}assets/a-2.js`, `${BASE}assets/b-1.wasm`]);
    expect([...kept.keys()]).toEqual(fetched);
    expect(told).toEqual([
      { status: 'fetching', fetched: 0, total: 1000 },
      { status: 'fetching', fetched: 100, total: 1000 },
      { status: 'kept', bytes: 1000 },
    ]);
  });

  it('fetches nothing where data is to be saved, and says how much is missing', async () => {
    kept.set(`${BASE}assets/a-2.js`, new Response());
    await fetchAhead({ sparingly: true, signal });
    expect(fetched).toEqual([]);
    expect(copy()).toEqual({ status: 'on-use', missing: 900 });
    kept.set(`${BASE}assets/b-1.wasm`, new Response());
    await fetchAhead({ sparingly: true, signal });
    expect(copy()).toEqual({ status: 'kept', bytes: 1000 });
  });

  it('drops files of an earlier version, unless another tab may need them', async () => {
    const old = `${BASE}assets/a-1.js`;
    kept.set(old, new Response());
    tabs = 2;
    await fetchAhead({ sparingly: false, signal });
    expect(kept.has(old)).toBe(true);
    tabs = 1;
    await fetchAhead({ sparingly: false, signal });
    expect(kept.has(old)).toBe(false);
    expect(copy().status).toBe('kept');
  });

  it('ends where it is when it is switched off', async () => {
    const controller = new AbortController();
    vi.stubGlobal('fetch', async (address: string | URL) => {
      if (String(address).endsWith('.json')) return Response.json(FILES);
      controller.abort();
      return new Response('x');
    });
    await fetchAhead({ sparingly: false, signal: controller.signal });
    expect([...kept.keys()]).toEqual([`${BASE}assets/a-2.js`]);
    expect(copy()).toEqual({ status: 'fetching', fetched: 0, total: 1000 });
  });

  it('says what is missing when a file cannot be fetched', async () => {
    vi.stubGlobal('fetch', async (address: string | URL) =>
      String(address).endsWith('.json') ? Response.json(FILES) : new Response(null, { status: 404 }),
    );
    await fetchAhead({ sparingly: false, signal });
    expect(copy()).toEqual({ status: 'incomplete', missing: 1000 });
    vi.stubGlobal('fetch', async () => new Response('<!doctype html>'));
    await fetchAhead({ sparingly: false, signal });
    expect(copy()).toEqual({ status: 'incomplete', missing: null });
  });
});
