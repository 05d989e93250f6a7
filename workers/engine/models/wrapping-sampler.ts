import type { ColumnData } from '../../../src/domain/column-data';
import type { GivenColumn, RowBlock, SampleRequest, Sampler } from './model';

/** A sampler that changes what another one draws: what a subclass does not say, the inner one does. */
export abstract class WrappingSampler implements Sampler {
  protected readonly inner: Sampler;

  constructor(inner: Sampler) {
    this.inner = inner;
  }

  abstract rows(request: SampleRequest): AsyncIterable<RowBlock>;

  complete(given: readonly GivenColumn[], request: SampleRequest): AsyncIterable<RowBlock> {
    return this.inner.complete(given, request);
  }

  isInvented(feature: number): boolean {
    return this.inner.isInvented?.(feature) ?? false;
  }

  async logProbability(columns: readonly ColumnData[]): Promise<Float64Array> {
    if (!this.inner.logProbability) throw new TypeError('This model gives no probabilities.');
    return this.inner.logProbability(columns);
  }

  memory(): number {
    return this.inner.memory();
  }

  dispose(): void {
    this.inner.dispose();
  }
}
