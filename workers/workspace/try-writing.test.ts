import { expect, it } from 'vitest';
import { MemoryBackend } from './file-backends';
import { tryWriting } from './try-writing';

/** A folder in which no file can be made. */
function failing(name: string): MemoryBackend {
  const backend = new MemoryBackend();
  backend.create = () => Promise.reject(new DOMException('no', name));
  return backend;
}

it('leaves no file', async () => {
  const backend = new MemoryBackend();
  await tryWriting(backend, 'probe');
  expect(await backend.list()).toEqual([]);
});

it('opens what is there where no space is left, and fails where writing is refused', async () => {
  await expect(tryWriting(failing('QuotaExceededError'), 'probe')).resolves.toBeUndefined();
  await expect(tryWriting(failing('NoModificationAllowedError'), 'probe')).rejects.toThrow('no');
});
