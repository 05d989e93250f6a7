import type { Page, Worker } from '@playwright/test';

/** What a worker's thread holds that a garbage collection has not freed. */
export interface Held {
  /** GPU buffers made and not destroyed, and their bytes. */
  readonly gpuBuffers: number;
  readonly gpuBytes: number;
  /** WASM memories alive, and their bytes. */
  readonly wasmMemories: number;
  readonly wasmBytes: number;
  /** Scripts of the workers started and not ended, but for the database's: it lives as long as the page. */
  readonly workers: readonly string[];
}

export const NOTHING: Held = { gpuBuffers: 0, gpuBytes: 0, wasmMemories: 0, wasmBytes: 0, workers: [] };

interface Inventory {
  count(): Held;
}

declare global {
  var inventory: Inventory | undefined;
}

/** Counts what every worker of the page makes from now on: to be called before the page opens. */
export function takeInventory(page: Page): void {
  page.on('worker', (worker) => {
    worker.evaluate(countFromNow).catch(() => undefined);
  });
}

/** What all workers of the page hold; those that a worker started itself are counted, what they hold is not. */
export async function heldBy(page: Page): Promise<Held> {
  const each = await Promise.all(page.workers().map(heldByOne));
  const sum = (of: (held: Held) => number) => each.reduce((all, held) => all + of(held), 0);
  return {
    gpuBuffers: sum((held) => held.gpuBuffers),
    gpuBytes: sum((held) => held.gpuBytes),
    wasmMemories: sum((held) => held.wasmMemories),
    wasmBytes: sum((held) => held.wasmBytes),
    workers: each.flatMap((held) => held.workers),
  };
}

/** A worker that ends meanwhile holds nothing. */
async function heldByOne(worker: Worker): Promise<Held> {
  const ended = new Promise<Held>((resolve) => worker.once('close', () => resolve(NOTHING)));
  return Promise.race([worker.evaluate(countNow), ended]).catch((error: unknown) => {
    if (error instanceof Error && error.message.includes('has been closed')) return NOTHING;
    throw error;
  });
}

/** Runs in the worker, after a garbage collection in a browser started with `--js-flags=--expose-gc`. */
async function countNow(): Promise<Held> {
  for (let round = 0; round < 3; round++) {
    void globalThis.gc?.();
    // References that were read stay alive until their task ends.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  if (!globalThis.inventory) throw new Error('The worker was not counted from its start.');
  return globalThis.inventory.count();
}

/** Runs in the thread to be counted: puts itself between its code and what makes memory. */
export function countFromNow(): void {
  if (globalThis.inventory) return;
  const buffers = new Set<GPUBuffer>();
  if ('GPUDevice' in globalThis) {
    const { createBuffer } = GPUDevice.prototype;
    GPUDevice.prototype.createBuffer = function (descriptor) {
      const buffer = createBuffer.call(this, descriptor);
      buffers.add(buffer);
      return buffer;
    };
    const { destroy } = GPUBuffer.prototype;
    GPUBuffer.prototype.destroy = function () {
      buffers.delete(this);
      return destroy.call(this);
    };
  }
  const memories: WeakRef<WebAssembly.Memory>[] = [];
  WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
    construct(target, given: [WebAssembly.MemoryDescriptor]) {
      const memory = new target(...given);
      memories.push(new WeakRef(memory));
      return memory;
    },
  });
  const workers = new Map<object, string>();
  globalThis.Worker = new Proxy(Worker, {
    construct(target, given: [URL, WorkerOptions]) {
      const worker = new target(...given);
      const terminate = worker.terminate.bind(worker);
      const script = String(given[0]).split('/').at(-1)!;
      if (!script.startsWith('duckdb-browser')) workers.set(worker, script);
      worker.terminate = () => {
        workers.delete(worker);
        worker.terminate = terminate;
        terminate();
      };
      return worker;
    },
  });
  globalThis.inventory = {
    count() {
      const alive = memories.flatMap((memory) => memory.deref() ?? []);
      return {
        gpuBuffers: buffers.size,
        gpuBytes: [...buffers].reduce((sum, buffer) => sum + buffer.size, 0),
        wasmMemories: alive.length,
        wasmBytes: alive.reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
        workers: [...workers.values()],
      };
    },
  };
}
