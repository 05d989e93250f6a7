import { describe, expect, it } from 'vitest';
import { type PreferenceStorage, PreferenceStore } from './preferences';

function memory(text: string | null = null) {
  const kept = { text };
  const storage: PreferenceStorage = {
    getItem: () => kept.text,
    setItem: (_key, value) => {
      kept.text = value;
    },
  };
  return { kept, store: () => new PreferenceStore(() => storage) };
}

describe('PreferenceStore', () => {
  it('keeps what was chosen for the next visit', () => {
    const { store } = memory();
    store().set({ theme: 'dark', modelSettings: { modelSize: 'S' } });
    expect(store().get()).toMatchObject({ theme: 'dark', goesOn: true, modelSettings: { modelSize: 'S' } });
  });

  it.each(['not json', '[]', 'null', '{"theme":"pink","goesOn":false}'])(
    'begins anew where %s was kept',
    (text) => {
      const { theme, goesOn } = memory(text).store().get();
      expect(theme).toBe('system');
      expect(goesOn).toBe(!text.includes('false'));
    },
  );

  it('tells who listens, until they stop', () => {
    const store = memory().store();
    let told = 0;
    const stop = store.subscribe(() => {
      told++;
    });
    store.set({ goesOn: false });
    stop();
    store.set({ goesOn: true });
    expect(told).toBe(1);
  });

  it('is not written where nothing is to be kept', () => {
    const { kept, store } = memory('{"theme":"dark"}');
    const unkept = new PreferenceStore(
      () => ({ getItem: () => kept.text, setItem: () => expect.fail('written') }),
      () => false,
    );
    unkept.set({ goesOn: false });
    expect(unkept.get()).toMatchObject({ theme: 'dark', goesOn: false });
    expect(store().get().goesOn).toBe(true);
  });

  it('lasts as long as the page where storage is refused', () => {
    const store = new PreferenceStore(() => {
      throw new Error('refused');
    });
    store.set({ theme: 'light' });
    expect(store.get().theme).toBe('light');
  });
});
