import { describe, expect, it } from 'vitest';
import { fewRowsWarning } from './small-tables';

describe('fewRowsWarning', () => {
  it('warns below 100 rows and says below 20 that there can be no model', () => {
    expect(fewRowsWarning(100)).toBeNull();
    expect(fewRowsWarning(99)).toMatch(/^Only 99 rows: .*mostly chance/);
    expect(fewRowsWarning(20)).toMatch(/mostly chance/);
    expect(fewRowsWarning(19)).toMatch(/at least 20, from fewer it could only copy/);
    expect(fewRowsWarning(1)).toMatch(/^Only 1 row:/);
  });
});
