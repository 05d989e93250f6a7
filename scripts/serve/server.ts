import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import sirv from 'sirv';
import { headersFor } from './headers';

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
export async function serve({ root, port, onViolation }: ServeOptions): Promise<RunningServer> {
  const files = sirv(root, { etag: true });
  const server = createServer((request, response) => {
    const pathname = request.url?.replace(/[?#].*/, '') ?? '/';
    for (const [name, value] of Object.entries(headersFor(pathname))) response.setHeader(name, value);
    if (onViolation) {
      const policy = headersFor(pathname)['Content-Security-Policy'];
      response.setHeader('Content-Security-Policy', `${policy}; report-uri ${REPORT_PATH}`);
      if (request.method === 'POST' && pathname === REPORT_PATH) {
        takeReport(request, response, onViolation).catch(() => response.destroy());
        return;
      }
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      sendText(response, 405, 'Only GET and HEAD are answered here.');
      return;
    }
    files(request, response, () => {
      response.setHeader('Cache-Control', 'no-store');
      sendText(response, 404, `There is nothing at ${pathname}.`);
    });
  });
  await listen(server, port);
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

async function takeReport(
  request: IncomingMessage,
  response: ServerResponse,
  onViolation: (report: unknown) => void,
): Promise<void> {
  onViolation(await json(request));
  response.writeHead(204).end();
}

function sendText(response: ServerResponse, status: number, sentence: string): void {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.writeHead(status).end(`${sentence}\n`);
}
