/** Threads in Node for tests and benches, and ways to make them die. */
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { connect } from '../rpc';
import { type Pinged, serveThread, type Thread, type ThreadStarter } from '../thread';

/** Per thread that was not terminated, how to make it crash. */
const running = new Map<Promise<never>, () => void>();

/** Threads of this process that were not terminated. */
export function runningThreads(): number {
  return running.size;
}

/** Ends a thread as a crash would: whoever is connected to it finds out alone. */
export function killThread({ failed }: Thread<unknown>): void {
  running.get(failed)?.();
}

/** The global scope of the thread speaks through a port, as that of a browser's worker. */
const BEFORE = `
  import { workerData as port } from 'node:worker_threads';
  for (const name of ['addEventListener', 'removeEventListener', 'postMessage'])
    globalThis[name] = port[name].bind(port);
`;
const AFTER = 'port.start();';

const programs = new Map<string, Promise<URL>>();

/** A script as one module of JavaScript: a thread that has to load TypeScript takes ten times as long to start. */
function programOf(script: URL): Promise<URL> {
  const known = programs.get(script.href);
  if (known) return known;
  const program = import('vite').then(async ({ build }) => {
    const built = await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: { ssr: fileURLToPath(script), write: false, target: 'node20' },
    });
    if (!('output' in built)) throw new Error(`${script.href} is not one bundle.`);
    const text = `${BEFORE}${built.output[0].code}\n${AFTER}`;
    return new URL(`data:text/javascript,${encodeURIComponent(text)}`);
  });
  programs.set(script.href, program);
  return program;
}

/** Starts the script of a browser's worker in a thread of Node. */
export async function startNodeThread<Api>(script: URL): Promise<Thread<Api>> {
  const program = await programOf(script);
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(program, { workerData: port2, transferList: [port2] });
  const failed = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The thread ended with code ${code}.`)));
  });
  const port = port1 as unknown as MessagePort;
  const thread = track<Api>(port, failed, () => void worker.terminate());
  try {
    await Promise.race([connect<Pinged>(port).ping(null), failed]);
    return thread;
  } catch (error) {
    thread.terminate();
    throw error;
  }
}

/** Serves an API on this thread, behind the same protocol. */
export async function startHere<Api extends object>(api: Api): Promise<Thread<Api>> {
  const { port1, port2 } = new MessageChannel();
  serveThread(api, port2 as unknown as MessagePort);
  let die: (reason: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    die = reject;
  });
  return track<Api>(port1 as unknown as MessagePort, failed, () => {
    port2.close();
    die(new Error('gone'));
  });
}

/** A starter that keeps the threads it started, so that a test can kill them. */
export function mortal<Api>(start: ThreadStarter<Api>): {
  readonly threads: Thread<Api>[];
  readonly start: ThreadStarter<Api>;
} {
  const threads: Thread<Api>[] = [];
  return {
    threads,
    start: async () => {
      const thread = await start();
      threads.push(thread);
      return thread;
    },
  };
}

function track<Api>(port: MessagePort, failed: Promise<never>, kill: () => void): Thread<Api> {
  failed.catch(() => undefined);
  running.set(failed, kill);
  const terminate = () => {
    running.delete(failed);
    port.close();
    kill();
  };
  return { api: connect<Api>(port), failed, terminate };
}
