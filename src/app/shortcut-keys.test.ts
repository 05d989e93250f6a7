import { describe, expect, it } from 'vitest';
import { createShortcutReader, type PressedKey, SHORTCUTS } from './shortcut-keys';

const press = (key: string, fields: Partial<PressedKey> = {}): PressedKey => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, isTyping: false },
  ...fields,
});

function reader(allowsSingle = true) {
  const read = createShortcutReader(() => allowsSingle);
  return (...keys: PressedKey[]) => keys.map((key, i) => read(key, i * 100)).at(-1);
}

describe('shortcuts', () => {
  it.each(SHORTCUTS)('$keys: $about', ({ keys, action }) => {
    expect(reader()(...keys.split(' ').map((key) => press(key.toLowerCase())))).toBe(action);
  });

  it.each([{ ctrlKey: true }, { metaKey: true }])(
    'open the commands with %j and K, also while typing',
    (held) => {
      expect(reader(false)(press('k', { ...held, isTyping: true }))).toBe('commands');
    },
  );

  it('do nothing while text is typed, with another key held, or switched off', () => {
    expect(reader()(press('o', { isTyping: true }))).toBeNull();
    expect(reader()(press('o', { ctrlKey: true }))).toBeNull();
    expect(reader()(press('o', { altKey: true }))).toBeNull();
    expect(reader(false)(press('o'))).toBeNull();
    expect(reader()(press('k'))).toBeNull();
  });

  it('forget the first key after another, and after a while', () => {
    expect(reader()(press('g'), press('x'), press('h'))).toBeNull();
    const read = createShortcutReader(() => true);
    read(press('g'), 0);
    expect(read(press('h'), 5_000)).toBeNull();
    read(press('g'), 6_000);
    expect(read(press('g'), 6_100)).toBeNull();
    expect(read(press('h'), 6_200)).toBe('start');
  });
});
