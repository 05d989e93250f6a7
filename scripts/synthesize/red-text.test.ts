import { afterEach, expect, it, vi } from 'vitest';
import { redText } from './red-text';

afterEach(() => vi.unstubAllEnvs());

it('is red on a terminal and plain elsewhere', () => {
  vi.stubEnv('NO_COLOR', '');
  expect(redText('Careful.', { isTTY: true })).toBe('\x1b[1;31mCareful.\x1b[0m');
  expect(redText('Careful.', { isTTY: false })).toBe('Careful.');
  vi.stubEnv('NO_COLOR', '1');
  expect(redText('Careful.', { isTTY: true })).toBe('Careful.');
});
