import { describe, expect, it } from 'vitest';
import { CONSTANTS_STRUCT, ConstantSlots, NONE, SLOT_BYTES } from './constants';

describe('ConstantSlots', () => {
  it('writes every constant where the WGSL struct has it', () => {
    const names = [...CONSTANTS_STRUCT.matchAll(/^ {2}(\w+): (u32|f32),$/gm)];
    expect(names.length * 4).toBeLessThanOrEqual(SLOT_BYTES);
    const slots = new ConstantSlots(2, { parts: 3, jobsAt: 99 });
    slots.add({});
    const offset = slots.add({ biasAt: NONE, rate: 0.5, jobCount: 7 });
    expect(offset).toBe(SLOT_BYTES);
    expect(slots.isFull).toBe(true);
    const view = new DataView(slots.bytes.buffer, offset);
    const at = (name: string) => 4 * names.findIndex((match) => match[1] === name);
    expect(view.getUint32(at('biasAt'), true)).toBe(NONE);
    expect(view.getFloat32(at('rate'), true)).toBe(0.5);
    expect(view.getUint32(at('jobCount'), true)).toBe(7);
    expect(view.getUint32(at('seed'), true)).toBe(0);
    expect([view.getUint32(at('parts'), true), view.getUint32(at('jobsAt'), true)]).toEqual([3, 99]);
  });
});
