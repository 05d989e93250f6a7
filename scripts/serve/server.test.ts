import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECURITY_HEADERS } from './headers';
import { type RunningServer, serve, serveOnFreePort } from './server';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const SCRIPT = 'postMessage(1);'.repeat(100);
let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'served-'));
  mkdirSync(join(folder, 'dist/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'dist/index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'dist/assets/worker-1a2b.js'), SCRIPT);
  writeFileSync(join(folder, 'dist/assets/kernels-3c4d.wasm'), Buffer.from([0, 97, 115, 109]));
  server = await serve({ root: join(folder, 'dist'), port: 0 });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Unlike fetch, sends paths as they are. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(server.url);
    const call = request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    call.on('error', reject);
    call.end();
  });
}

describe('the local server', () => {
  it.each([
    ['/', 200],
    ['/assets/worker-1a2b.js', 200],
    ['/assets/kernels-3c4d.wasm', 200],
    ['/no/such/file', 404],
  ])('sends the security headers with %s', async (path, status) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      expect(answer.headers[name.toLowerCase()]).toBe(value);
    }
  });

  it('names types so that a browser runs scripts and streams WebAssembly', async () => {
    expect((await get('/')).headers['content-type']).toBe('text/html;charset=utf-8');
    expect((await get('/assets/worker-1a2b.js')).headers['content-type']).toMatch(/^text\/javascript/);
    expect((await get('/assets/kernels-3c4d.wasm')).headers['content-type']).toBe('application/wasm');
  });

  it('does not send again what the browser has', async () => {
    const etag = String((await get('/')).headers['etag']);
    const again = await get('/', { 'If-None-Match': etag });
    expect(again.status).toBe(304);
    expect(again.body.length).toBe(0);
  });

  it('sends parts of files', async () => {
    const part = await get('/assets/worker-1a2b.js', { Range: 'bytes=4-10', 'Accept-Encoding': 'gzip' });
    expect(part.status).toBe(206);
    expect(part.headers['content-range']).toBe(`bytes 4-10/${SCRIPT.length}`);
    expect(part.body.toString()).toBe('Message');
    expect((await get('/', { Range: 'bytes=99-' })).status).toBe(416);
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%00',
    '/%',
  ])('does not leave its folder for %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('answers HEAD without a body and refuses to be written to', async () => {
    const head = await get('/', {}, 'HEAD');
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect((await get('/', {}, 'POST')).status).toBe(405);
  });

  it('takes the next port if the wanted one is taken', async () => {
    const port = Number(new URL(server.url).port);
    const second = await serveOnFreePort({ root: folder, port });
    expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
    await second.close();
  });
});
