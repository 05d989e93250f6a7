import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CONTENT_SECURITY_POLICY, headersFor } from './headers';
import { parseRange } from './range';
import { StaticFolder } from './static-file';

const REPORT_PATH = '/csp-report';

export interface ServeOptions {
  /** Folder of the built app. */
  readonly root: string;
  /** 0 = any free port. */
  readonly port: number;
  /**
   * Told of every violation of the content security policy, of workers too: the browser is then asked to report
   * them to this server. For tests.
   */
  readonly onViolation?: (report: unknown) => void;
}

export interface RunningServer {
  /** With a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the built app on this machine only, with the headers of headers.ts on every response. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const folder = new StaticFolder(options.root);
  const server = createServer((request, response) => {
    answer(request, response, folder, options.onViolation).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Like `serve`, on the next free port if the wanted one is taken. */
export async function serveOnFreePort(options: ServeOptions): Promise<RunningServer> {
  for (let port = options.port; ; port++) {
    try {
      return await serve({ ...options, port });
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken || port >= options.port + 20) throw error;
    }
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  folder: StaticFolder,
  onViolation: ServeOptions['onViolation'],
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  for (const [name, value] of Object.entries(headersFor(pathname))) response.setHeader(name, value);
  if (onViolation) {
    response.setHeader('Content-Security-Policy', `${CONTENT_SECURITY_POLICY}; report-uri ${REPORT_PATH}`);
    if (request.method === 'POST' && pathname === REPORT_PATH) {
      onViolation(JSON.parse(await readBody(request)));
      response.writeHead(204).end();
      return;
    }
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    sendText(response, 405, 'Only GET and HEAD are answered here.');
    return;
  }
  await sendFile(request, response, folder, pathname);
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  folder: StaticFolder,
  pathname: string,
): Promise<void> {
  const { range } = request.headers;
  // A range counts the bytes of the plain file.
  const accepts = range ? [] : acceptedEncodings(request.headers['accept-encoding']);
  const file = await folder.read(pathname, accepts);
  if (!file) {
    response.setHeader('Cache-Control', 'no-store');
    sendText(response, 404, `There is nothing at ${pathname}.`);
    return;
  }
  response.setHeader('Content-Type', file.type);
  response.setHeader('Vary', 'Accept-Encoding');
  response.setHeader('ETag', file.etag);
  response.setHeader('Accept-Ranges', 'bytes');
  if (file.encoding !== 'identity') response.setHeader('Content-Encoding', file.encoding);
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304).end();
    return;
  }
  const part = range ? parseRange(range, file.body.length) : null;
  if (part === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${file.body.length}`);
    sendText(response, 416, 'The range lies outside the file.');
    return;
  }
  if (part) response.setHeader('Content-Range', `bytes ${part.start}-${part.end}/${file.body.length}`);
  const body = part ? file.body.subarray(part.start, part.end + 1) : file.body;
  response.setHeader('Content-Length', body.length);
  response.writeHead(part ? 206 : 200);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function sendText(response: ServerResponse, status: number, sentence: string): void {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.writeHead(status).end(`${sentence}\n`);
}

/** Names in an Accept-Encoding header, those with a weight of zero left out. */
function acceptedEncodings(header: string | string[] | undefined): string[] {
  return String(header ?? '')
    .split(',')
    .map((part) => part.trim().split(/\s*;\s*/))
    .filter(([, weight]) => !/^q=0(\.0*)?$/.test(weight ?? ''))
    .map(([name]) => name ?? '');
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
