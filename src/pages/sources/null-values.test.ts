import { describe, expect, it } from 'vitest';
import { joinNullValues, splitNullValues } from './null-values';

describe('spellings of no value', () => {
  it('survive a round trip, the empty one included', () => {
    const values = ['', 'NA', 'null'];
    expect(splitNullValues(joinNullValues(values), true)).toEqual(values);
  });
  it('are trimmed, unique, and bounded', () => {
    expect(splitNullValues(' NA,NA , ,-', false)).toEqual(['NA', '-']);
    expect(splitNullValues(Array.from({ length: 50 }, (_, i) => `n${i}`).join(','), false)).toHaveLength(32);
    expect(splitNullValues('x'.repeat(100), false)[0]).toHaveLength(64);
  });
});
