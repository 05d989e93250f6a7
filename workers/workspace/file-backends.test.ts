import { expect, it } from 'vitest';
import { OpfsBackend } from './file-backends';

/** A folder whose files take at most 3 bytes a write and 10 in all. */
function stingyFolder() {
  const files = new Map<string, number[]>();
  const folder = {
    async getFileHandle(name: string, options?: { create: boolean }) {
      if (!files.has(name) && !options?.create) throw new DOMException('none', 'NotFoundError');
      const bytes = files.get(name) ?? [];
      files.set(name, bytes);
      return {
        getFile: async () => new Blob([Uint8Array.from(bytes)]),
        createSyncAccessHandle: async () => ({
          truncate: (size: number) => {
            bytes.length = size;
          },
          write: (part: Uint8Array, { at }: { at: number }) => {
            const count = Math.max(0, Math.min(3, part.length, 10 - at));
            for (let i = 0; i < count; i++) bytes[at + i] = part[i]!;
            return count;
          },
          flush: () => {},
          close: () => {},
        }),
      };
    },
    async removeEntry(name: string) {
      if (!files.delete(name)) throw new DOMException('none', 'NotFoundError');
    },
  };
  return new OpfsBackend(folder as unknown as FileSystemDirectoryHandle);
}

const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

it('goes on after short writes and reads back what was written', async () => {
  const backend = stingyFolder();
  await backend.create('a');
  await backend.append('a', bytes('hello '));
  await backend.append('a', bytes('you'));
  expect(await backend.close('a')).toBe(9);
  expect(await (await backend.read('a')).text()).toBe('hello you');
});

it('fails instead of looping when nothing more can be written', async () => {
  const backend = stingyFolder();
  await backend.create('a');
  await expect(backend.append('a', bytes('eleven bytes'))).rejects.toMatchObject({
    name: 'QuotaExceededError',
  });
});

it('removes files, also open ones, and those that are not there', async () => {
  const backend = stingyFolder();
  await backend.create('a');
  await backend.remove('a');
  await backend.remove('a');
  await expect(backend.read('a')).rejects.toMatchObject({ name: 'NotFoundError' });
});

it('goes on writing a file after its first bytes', async () => {
  const backend = stingyFolder();
  await backend.create('a');
  await backend.append('a', bytes('abcdef'));
  expect(await backend.flush('a')).toBe(6);
  await backend.close('a');
  await backend.reopen('a', 4);
  await backend.append('a', bytes('xyz'));
  expect(await backend.close('a')).toBe(7);
  expect(await (await backend.read('a')).text()).toBe('abcdxyz');
  await expect(backend.reopen('b', 0)).rejects.toMatchObject({ name: 'NotFoundError' });
});
