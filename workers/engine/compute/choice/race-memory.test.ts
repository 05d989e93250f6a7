import { describe, expect, it } from 'vitest';
import { specOf } from '../testing/samples';
import { modelShape, type RaceKey, RaceMemory, tableShape } from './race-memory';

const KEY: RaceKey = { device: 'NVIDIA ampere, 8 cores', model: 'm', table: '15/512' };

describe('RaceMemory', () => {
  it('finds on the device, the model and the table that raced, or on any table', () => {
    const memory = new RaceMemory();
    memory.remember(KEY, 'webgpu');
    memory.remember({ ...KEY, table: '8/32' }, 'wasm');
    expect(memory.find(KEY)).toBe('webgpu');
    expect(memory.find({ ...KEY, table: null })).toBe('wasm');
    expect(memory.find({ ...KEY, table: '9/32' })).toBeNull();
    expect(memory.find({ ...KEY, device: 'another' })).toBeNull();
    expect(memory.find({ ...KEY, model: 'another' })).toBeNull();
  });

  it('outlives the page as a text, the newest 64', () => {
    const memory = new RaceMemory();
    let text = '';
    memory.open(null, (kept) => {
      text = kept;
    });
    for (let rows = 0; rows < 70; rows++) memory.remember({ ...KEY, table: `${rows}` }, 'wasm');
    memory.remember({ ...KEY, table: '6' }, 'webgpu');
    const next = new RaceMemory();
    next.open(text, () => {});
    const found = (table: string) => next.find({ ...KEY, table });
    expect([found('5'), found('6'), found('7'), found('69')]).toEqual([null, 'webgpu', 'wasm', 'wasm']);
  });

  it.each([
    '',
    '{',
    '[{"device":1}]',
    '{"a":[]}',
    'null',
    '[{"device":"d","model":"m","table":"t","winner":"cuda"}]',
  ])('counts the text %s as nothing remembered', (text) => {
    const memory = new RaceMemory();
    memory.open(text, () => {});
    expect(memory.find(KEY)).toBeNull();
    memory.remember(KEY, 'wasm');
    expect(memory.find(KEY)).toBe('wasm');
  });
});

describe('shapes', () => {
  it('are the same for sizes that cost about the same', () => {
    const spec = (cards: number[], hidden = 16) =>
      specOf(cards.map((card, c) => [card, 4, hidden, c] as const));
    expect(modelShape(spec([70, 9, 103]), null)).toBe(modelShape(spec([70, 9, 105]), null));
    expect(modelShape(spec([70, 9, 103]), null)).not.toBe(modelShape(spec([70, 9, 403]), null));
    expect(modelShape(spec([70, 9]), null)).not.toBe(modelShape(spec([70, 9], 64), null));
    expect(modelShape(spec([70, 9]), null)).not.toBe(modelShape(spec([70, 9]), 1));
    expect(tableShape(24_000, 512)).toBe(tableShape(26_000, 512));
    expect(tableShape(24_000, 512)).not.toBe(tableShape(24_000, 256));
    expect(tableShape(24_000, 512)).not.toBe(tableShape(200_000, 512));
  });
});
