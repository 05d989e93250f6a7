import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mapForReading } from './map-for-reading';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';
const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36';

beforeEach(() => {
  vi.stubGlobal('GPUMapMode', { READ: 1 });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** A queue whose buffer is mapped, or refused, at the third submit. */
function queueOfThree(refused?: Error) {
  let settle = (): void => undefined;
  const mapped = new Promise<undefined>((resolve, reject) => {
    settle = () => (refused ? reject(refused) : resolve(undefined));
  });
  let submits = 0;
  const submit = vi.fn((_commands: Iterable<GPUCommandBuffer>): undefined => {
    if (++submits === 3) settle();
  });
  return { submit, mapAsync: vi.fn(() => mapped), settle };
}

describe('mapForReading', () => {
  it('makes Firefox poll until the buffer is mapped, and no longer', async () => {
    const fake = queueOfThree();
    await mapForReading(fake, fake, 64, FIREFOX);
    expect(fake.mapAsync).toHaveBeenCalledExactlyOnceWith(1, 0, 64);
    expect(fake.submit.mock.calls).toEqual([[[]], [[]], [[]]]);
  });

  it('submits nothing elsewhere', async () => {
    const fake = queueOfThree();
    fake.settle();
    await mapForReading(fake, fake, 64, CHROME);
    expect(fake.submit).not.toHaveBeenCalled();
  });

  it('rejects if the map is refused', async () => {
    const fake = queueOfThree(new Error('Buffer unmapped'));
    await expect(mapForReading(fake, fake, 64, FIREFOX)).rejects.toThrow('Buffer unmapped');
  });
});
