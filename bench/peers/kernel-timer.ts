const CAPACITY = 4096;

/** GPU time per kernel by timestamp queries, a pair per pass. For benchmarks. */
export class KernelTimer {
  readonly #device: GPUDevice;
  readonly #queries: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  readonly #names: string[] = [];
  #resolvedCount = 0;

  /** @param device with the feature `timestamp-query` */
  constructor(device: GPUDevice) {
    this.#device = device;
    this.#queries = device.createQuerySet({ type: 'timestamp', count: CAPACITY });
    this.#resolved = device.createBuffer({
      size: CAPACITY * 8,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
  }

  nextPass(name: string): GPUComputePassDescriptor {
    const at = 2 * this.#names.length;
    if (at + 2 > CAPACITY) return {};
    this.#names.push(name);
    return {
      timestampWrites: {
        querySet: this.#queries,
        beginningOfPassWriteIndex: at,
        endOfPassWriteIndex: at + 1,
      },
    };
  }

  resolve(encoder: GPUCommandEncoder): void {
    const end = 2 * this.#names.length;
    const first = this.#resolvedCount;
    if (end === first) return;
    // Offsets into the target must be multiples of 256 bytes, so all are resolved from the start.
    encoder.resolveQuerySet(this.#queries, 0, end, this.#resolved, 0);
    this.#resolvedCount = end;
  }

  /** @returns per kernel, nanoseconds and passes of everything submitted */
  async totals(): Promise<Record<string, { nanoseconds: number; passes: number }>> {
    const bytes = 8 * this.#resolvedCount;
    const staging = this.#device.createBuffer({
      size: Math.max(16, bytes),
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.#resolved, 0, staging, 0, bytes);
    this.#device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const times = new BigUint64Array(staging.getMappedRange().slice(0));
    staging.destroy();
    const totals: Record<string, { nanoseconds: number; passes: number }> = {};
    this.#names.forEach((name, k) => {
      const entry = totals[name] ?? { nanoseconds: 0, passes: 0 };
      totals[name] = entry;
      entry.nanoseconds += Number(times[2 * k + 1]! - times[2 * k]!);
      entry.passes++;
    });
    return totals;
  }

  dispose(): void {
    this.#queries.destroy();
    this.#resolved.destroy();
  }
}
