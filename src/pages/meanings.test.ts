import { describe, expect, it } from 'vitest';
import { accuracyMeaning } from './meanings';

describe('what scores mean', () => {
  it('compares accuracy with its reference, whatever its size', () => {
    expect(accuracyMeaning(0.9, 0.91).tone).toBe('good');
    expect(accuracyMeaning(0.9, 0.98).tone).toBe('attention');
    expect(accuracyMeaning(0.95, 0.94).sentence).toContain('closer');
    expect(accuracyMeaning(null, 0.9).tone).toBe('plain');
  });
});
