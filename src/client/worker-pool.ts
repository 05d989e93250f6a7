import type { DatabaseApi, DatabaseEvent } from '../../workers/database/protocol';
import type { EngineApi, EngineEvent } from '../../workers/engine/protocol';
import type { QualityApi, QualityEvent } from '../../workers/quality/protocol';
import type { StorageApi } from '../../workers/storage/protocol';
import { UserError } from '../domain/errors';
import { connect, type Remote, transfer } from '../threads/rpc';

export type WorkerEvent = DatabaseEvent | EngineEvent | QualityEvent;

/**
 * Starts the workers when they are first asked for and wires them to each other, so that rows pass between them
 * without touching the page's thread. Proxies and ports are kept here for the life of the page (Comlink trap:
 * a collected proxy never settles its calls).
 */
export class WorkerPool {
  readonly #onEvent: (event: WorkerEvent) => void;
  readonly #workers: Worker[] = [];
  #storage: Promise<Remote<StorageApi>> | null = null;
  #database: Promise<Remote<DatabaseApi>> | null = null;
  #engine: Promise<Remote<EngineApi>> | null = null;
  #quality: Promise<Remote<QualityApi>> | null = null;
  readonly #ports: MessagePort[] = [];

  constructor(onEvent: (event: WorkerEvent) => void) {
    this.#onEvent = onEvent;
  }

  /** DuckDB and, behind it, the file store. */
  database(): Promise<Remote<DatabaseApi>> {
    this.#database ??= this.#openDatabase().catch((error: unknown) => {
      this.#database = null;
      throw error;
    });
    return this.#database;
  }

  /** Encoding, training and sampling. */
  engine(): Promise<Remote<EngineApi>> {
    this.#engine ??= this.#openEngine().catch((error: unknown) => {
      this.#engine = null;
      throw error;
    });
    return this.#engine;
  }

  /** Metrics. */
  quality(): Promise<Remote<QualityApi>> {
    this.#quality ??= this.#openQuality().catch((error: unknown) => {
      this.#quality = null;
      throw error;
    });
    return this.#quality;
  }

  async #openStorage(): Promise<Remote<StorageApi>> {
    const { api, guard } = this.#start<StorageApi>(
      'file store',
      new Worker(new URL('../../workers/storage/worker.ts', import.meta.url), { type: 'module' }),
    );
    await guard(api.open());
    return api;
  }

  async #openDatabase(): Promise<Remote<DatabaseApi>> {
    this.#storage ??= this.#openStorage();
    const storage = await this.#storage;
    const { api, guard } = this.#start<DatabaseApi>(
      'database',
      new Worker(new URL('../../workers/database/worker.ts', import.meta.url), { type: 'module' }),
    );
    const files = new MessageChannel();
    await storage.addPeer(transfer(files.port1, [files.port1]));
    const events = this.#eventPort();
    await guard(api.open(transfer({ storage: files.port2, events }, [files.port2, events])));
    return api;
  }

  async #openEngine(): Promise<Remote<EngineApi>> {
    const { api, guard } = this.#start<EngineApi>(
      'engine',
      new Worker(new URL('../../workers/engine/worker.ts', import.meta.url), { type: 'module' }),
    );
    const ports = await this.#peerPorts();
    await guard(api.open(transfer(ports, [ports.database, ports.events])));
    return api;
  }

  async #openQuality(): Promise<Remote<QualityApi>> {
    const { api, guard } = this.#start<QualityApi>(
      'quality worker',
      new Worker(new URL('../../workers/quality/worker.ts', import.meta.url), { type: 'module' }),
    );
    const ports = await this.#peerPorts();
    await guard(api.open(transfer(ports, [ports.database, ports.events])));
    return api;
  }

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

  /** A started worker; `guard` fails a call when the worker's script cannot be loaded or dies. */
  #start<T>(name: string, worker: Worker): { api: Remote<T>; guard: <R>(call: Promise<R>) => Promise<R> } {
    this.#workers.push(worker);
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
    failed.catch(() => undefined);
    return { api: connect<T>(worker), guard: (call) => Promise.race([call, failed]) };
  }
}
