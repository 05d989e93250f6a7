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

  it.each(['/', '/index.html', '/assets/worker-1a2b.js', '/assets/core-1a2b.js', '/service-worker.js'])(
    'lets no script, connection or frame leave the origin: %s',
    (path) => {
      const policy = headersFor(path)['Content-Security-Policy']!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("connect-src 'self'");
      expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
    },
  );

  it('lets the worker that fetches files connect, and do nothing else', () => {
    expect(headersFor('/assets/address-worker-1a2b.js')).toMatchObject({
      'Content-Security-Policy':
        "default-src 'none'; connect-src https: http:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
  });
});
