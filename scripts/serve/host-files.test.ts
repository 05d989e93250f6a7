import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../lib/paths';
import { HASHED_CACHE, headersFor, SECURITY_HEADERS } from './headers';
import { hostFiles } from './host-files';

describe('files for static hosts', () => {
  it.each([...hostFiles()])('public/%s is written from the headers of the local server', (path, content) => {
    expect(readFileSync(`${ROOT}public/${path}`, 'utf8')).toBe(content);
  });

  it.each([...hostFiles()])('%s holds every header', (path, content) => {
    const readable = path.endsWith('.json') ? content.replaceAll('"key": ', '').replaceAll('"', '') : content;
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      expect(readable).toContain(name);
      expect(readable).toContain(value);
    }
    expect(readable).toContain(HASHED_CACHE);
  });
});

describe('headersFor', () => {
  it('keeps hashed files for ever and asks again for all others', () => {
    expect(headersFor('/assets/index-4f2a.js')['Cache-Control']).toContain('immutable');
    expect(headersFor('/')['Cache-Control']).toBe('no-cache');
    expect(headersFor('/demo/penguins.csv')['Cache-Control']).toBe('no-cache');
    // A kept service worker would keep the whole app at its version.
    expect(headersFor('/service-worker.js')['Cache-Control']).toBe('no-cache');
  });

  it('lets no script, connection or frame leave the origin', () => {
    const policy = headersFor('/')['Content-Security-Policy']!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
  });
});
