import type { DatabaseApi, DatabaseEvent } from '../../workers/database/protocol';
import type { EngineApi, EngineEvent } from '../../workers/engine/protocol';
import type { QualityApi } from '../../workers/quality/protocol';
import type { WorkspaceApi, WorkspaceEvent, WorkspaceState } from '../../workers/workspace/protocol';
import { lostError, UserError } from '../domain/errors';
import { mortalRemote } from '../threads/mortal-remote';
import { connect, type Remote, transfer } from '../threads/rpc';
import { type Pinged, watchThread } from '../threads/thread';
import type { Workers } from './workers';

/** A worker is gone, with everything that it held. */
export interface LostEvent {
  readonly type: 'lost';
  readonly worker: Lossy;
}

/** Workers that are started again when they are gone. Without the workspace nothing goes on. */
type Lossy = 'database' | 'engine' | 'quality';

export type WorkerEvent = DatabaseEvent | EngineEvent | WorkspaceEvent | LostEvent;

const NAMES: Readonly<Record<Lossy, string>> = {
  database: 'database',
  engine: 'engine',
  quality: 'quality worker',
};

/**
 * Starts the workers when they are first asked for and wires them to each other, so that rows pass between them
 * without touching the page's thread. Proxies and ports are kept here for the life of the page (Comlink trap:
 * a collected proxy never settles its calls).
 */
export class PageWorkers implements Workers {
  readonly #onEvent: (event: WorkerEvent) => void;
  readonly #workers = new Set<Worker>();
  /** Ways to end the workers that are open. */
  readonly #open = new Map<Lossy, () => void>();
  readonly #ports: MessagePort[] = [];

  readonly #isPrivate: boolean;
  /** Of the workspace, once it is open. */
  state: WorkspaceState | null = null;

  /** @param isPrivate nothing is to be written to disk */
  constructor(onEvent: (event: WorkerEvent) => void, isPrivate = false) {
    this.#onEvent = onEvent;
    this.#isPrivate = isPrivate;
  }

  readonly workspace = once(() =>
    this.#start<WorkspaceApi>(
      'workspace',
      new Worker(new URL('../../workers/workspace/worker.ts', import.meta.url), { type: 'module' }),
      async (api) => {
        const events = this.#eventPort();
        this.state = await api.open(transfer({ isPrivate: this.#isPrivate, events }, [events]));
      },
    ),
  );

  readonly database = once(async (forget) => {
    const workspace = await this.workspace();
    return this.#startLossy<DatabaseApi>(
      'database',
      forget,
      new Worker(new URL('../../workers/database/worker.ts', import.meta.url), { type: 'module' }),
      async (api) => {
        const files = new MessageChannel();
        await workspace.addPeer(transfer(files.port1, [files.port1]));
        const events = this.#eventPort();
        await api.open(transfer({ storage: files.port2, events }, [files.port2, events]));
      },
    );
  });

  readonly engine = once((forget) =>
    this.#startLossy<EngineApi>(
      'engine',
      forget,
      new Worker(new URL('../../workers/engine/worker.ts', import.meta.url), { type: 'module' }),
      async (api) => {
        const workspace = await this.workspace();
        const files = new MessageChannel();
        await workspace.addPeer(transfer(files.port1, [files.port1]));
        const { database, events } = await this.#peerPorts();
        await api.open(transfer({ database, events, files: files.port2 }, [database, events, files.port2]));
      },
    ),
  );

  readonly quality = once((forget) =>
    this.#startLossy<QualityApi>(
      'quality',
      forget,
      new Worker(new URL('../../workers/quality/worker.ts', import.meta.url), { type: 'module' }),
      async (api) => {
        const { database, events } = await this.#peerPorts();
        await api.open(transfer({ database, events }, [database, events]));
      },
    ),
  );

  async #peerPorts(): Promise<{ database: MessagePort; events: MessagePort }> {
    const database = await this.database();
    const channel = new MessageChannel();
    await database.addPeer(transfer(channel.port1, [channel.port1]));
    return { database: channel.port2, events: this.#eventPort() };
  }

  /** The worker's end of a long-lived event channel (one per worker, not one callback per call). */
  #eventPort(): MessagePort {
    const channel = new MessageChannel();
    channel.port1.onmessage = (message: MessageEvent<WorkerEvent>) => this.#onEvent(message.data);
    this.#ports.push(channel.port1);
    return channel.port2;
  }

  /**
   * A worker that may be gone one day, as when memory runs out: its calls reject then, and the next one starts another.
   * @param forget what lets it be started again
   */
  async #startLossy<T>(
    name: Lossy,
    forget: () => void,
    worker: Worker,
    open: (api: Remote<T>) => Promise<unknown>,
  ): Promise<Remote<T>> {
    const { api, end } = mortalRemote(await this.#start(NAMES[name], worker, open));
    const lose = () => {
      if (!this.#workers.delete(worker)) return;
      worker.terminate();
      this.#open.delete(name);
      forget();
      this.#onEvent({ type: 'lost', worker: name });
      end(lostError(NAMES[name]));
      // Its ports lead nowhere.
      if (name === 'database') for (const other of [...this.#open.values()]) other();
    };
    this.#open.set(name, lose);
    await watchThread(api as unknown as Remote<Pinged>, lose);
    return api;
  }

  /** A started worker; rejects when its script cannot be loaded or dies before it is open. */
  async #start<T>(
    name: string,
    worker: Worker,
    open: (api: Remote<T>) => Promise<unknown>,
  ): Promise<Remote<T>> {
    this.#workers.add(worker);
    const api = connect<T>(worker);
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(
          new UserError(
            'engine/unavailable',
            `The ${name} could not be started: ${event.message || 'its script did not load'}. Reload the page; if that does not help, try a current Chrome, Edge, Firefox or Safari.`,
          ),
        );
      });
    });
    // Failures of a worker that is open already are of no concern here.
    failed.catch(() => undefined);
    await Promise.race([open(api), failed]);
    return api;
  }
}

/** Opens at the first call; a failure is tried again at the next, and so is what was forgotten. */
function once<T>(open: (forget: () => void) => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | null = null;
  const forget = () => {
    opened = null;
  };
  return () => {
    opened ??= open(forget).catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
}
