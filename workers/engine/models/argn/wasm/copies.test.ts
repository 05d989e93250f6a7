import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { instantiate, type Kernels } from './kernels';
import { loadKernels } from './load-node';

const memory = new WebAssembly.Memory({ initial: 4 });
const f32 = new Float32Array(memory.buffer);
let kernels: Kernels;
beforeAll(async () => {
  kernels = instantiate(await loadKernels(), memory);
});

describe('transpose', () => {
  it('swaps rows and columns of any matrix whose columns are a multiple of 4, and writes nothing else', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 21 }),
        fc.integer({ min: 1, max: 6 }).map((fours) => 4 * fours),
        fc.nat(3),
        fc.nat(3),
        (rows, columns, sourcePad, targetPad) => {
          const [source, target] = [256, 20_000];
          const [sourceWidth, targetWidth] = [columns + sourcePad, rows + targetPad];
          f32.fill(-1);
          for (let k = 0; k < rows * sourceWidth; k++) f32[source + k] = k;
          kernels.transpose(4 * source, 4 * sourceWidth, 4 * target, 4 * targetWidth, rows, columns);
          for (let c = 0; c < columns; c++) {
            for (let r = 0; r < targetWidth; r++) {
              const expected = r < rows ? r * sourceWidth + c : -1;
              expect(f32[target + c * targetWidth + r]).toBe(expected);
            }
          }
          expect(f32[target + columns * targetWidth]).toBe(-1);
        },
      ),
    );
  });
});
