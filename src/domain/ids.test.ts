import { expect, it } from 'vitest';
import { newId, uuidOf } from './ids';

it('are UUIDs of version 4, each another', () => {
  const ids = Array.from({ length: 200 }, newId);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(200);
});

it('keep every bit but version and variant', () => {
  expect(uuidOf([0, 0, 0, 0])).toBe('00000000-0000-4000-8000-000000000000');
  expect(uuidOf([0xffffffff, 0xffffffff, 0xffffffff, 1])).toBe('ffffffff-ffff-4fff-bfff-ffff00000001');
});
