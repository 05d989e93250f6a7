import { describe, expect, it } from 'vitest';
import { accuracyMeaning, matchesMeaning, shareMeaning } from './meanings';

describe('what scores mean', () => {
  it('compares accuracy with its reference, whatever its size', () => {
    expect(accuracyMeaning(0.9, 0.91).tone).toBe('good');
    expect(accuracyMeaning(0.9, 0.98).tone).toBe('attention');
    expect(accuracyMeaning(0.95, 0.94).sentence).toContain('closer');
    expect(accuracyMeaning(null, 0.9).tone).toBe('plain');
  });
  it('allows a share for its uncertainty', () => {
    expect(shareMeaning(0.52, 0.015).tone).toBe('good');
    expect(shareMeaning(0.52, 0.005).tone).toBe('plain');
    expect(shareMeaning(0.62, 0.01).tone).toBe('attention');
    expect(shareMeaning(null, null).tone).toBe('plain');
  });
  it('compares matches with those between original rows', () => {
    expect(matchesMeaning(0, 0).tone).toBe('good');
    expect(matchesMeaning(0.02, 0.02).tone).toBe('good');
    expect(matchesMeaning(0.2, 0.01).tone).toBe('attention');
  });
});
