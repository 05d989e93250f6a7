/** What a private training (docs/dp-sgd.md) adds to the steps on the GPU. */
import { GRID_STEPS, noisyPads } from '../network/gradient-noise';
import { noiseKey } from '../network/keystream';
import type { GradientPrivacy } from '../network/network-backend';
import type { Layout } from '../network/weight-layout';
import { CLIPPED } from '../wgsl/members';
import type { Constants } from './constants';
import type { GpuModel } from './model';

/** Compiles the kernels at the first call of a model, and gives the GPU the key of the noise of the steps to come. */
export async function openNoise(model: GpuModel, privacy: GradientPrivacy): Promise<void> {
  const { buffers, gpu, layout, programs } = model;
  await programs.addPrivate();
  const { queue } = gpu.device;
  buffers.ensure('bounds', 8 * layout.spec.subColumns.length);
  if (!buffers.has('pads')) {
    const bits = padBits(layout);
    queue.writeBuffer(buffers.ensure('pads', bits.byteLength), 0, bits);
  }
  const key = noiseKey(privacy);
  queue.writeBuffer(buffers.ensure('noiseKey', key.byteLength), 0, key);
  key.fill(0);
}

/** Whoever reads the memory later shall not know the noise. */
export function closeNoise({ buffers, gpu }: GpuModel): void {
  // A model may be disposed of while it trains.
  if (!buffers.has('noiseKey')) return;
  gpu.device.queue.writeBuffer(buffers.get('noiseKey'), 0, new Uint32Array(8));
}

/** What a private step has in place of the constants of a plain one; its gradients are sums, not means. */
export function privateConstants({ clip, deviation, expectedRows }: GradientPrivacy): Constants {
  const grid = deviation / GRID_STEPS;
  return {
    mode: CLIPPED,
    inverseReal: 1,
    clip,
    inverseGrid: deviation > 0 ? 1 / grid : 0,
    noiseScale: (deviation > 0 ? grid : 1) / expectedRows,
  };
}

/** A bit for each number of the parameters, 1 for pads. */
function padBits(layout: Layout): Uint32Array<ArrayBuffer> {
  const bits = new Uint32Array(Math.ceil(layout.total / 32));
  layout.spec.subColumns.forEach((_, j) => {
    for (const pad of noisyPads(layout, j)) {
      const at = layout.blockStart(j) + pad;
      bits[at >>> 5]! |= 1 << (at & 31);
    }
  });
  return bits;
}
