import { describe, expect, it } from 'vitest';
import { headerSentences } from './header-words';
import type { HeaderGuess, Source } from './sources';

const of = (headerGuess: HeaderGuess | null, renamed: readonly string[] = []) =>
  headerSentences({
    ...(headerGuess && { headerGuess }),
    dialect: { header: true },
    tables: [{ renamed }],
  } as unknown as Source);

describe('headerSentences', () => {
  it('says nothing where names are plain or a person said what the row is', () => {
    const nothing = { guess: null, asks: false, renamed: null };
    expect(of({ header: true, isSure: true, forms: [] })).toEqual(nothing);
    expect(of(null)).toEqual(nothing);
  });

  it('says which forms the first row shares, and asks where it is unsure', () => {
    const sure = of({ header: false, isSure: true, forms: ['e-mail', 'phone number'] });
    expect(sure.guess).toMatch(
      /^The first row holds e-mail addresses and phone numbers, as the rows below it do/,
    );
    expect(sure.asks).toBe(false);
    expect(of({ header: true, isSure: false, forms: [] })).toMatchObject({ asks: true });
    expect(of({ header: false, isSure: false, forms: [] }).guess).toMatch(/Does it hold their names\?$/);
  });

  it('names the columns that were renamed', () => {
    expect(of(null, ['column_2']).renamed).toMatch(/^A column is called column_2, because its name/);
    expect(of(null, ['column_2', 'column_3', 'column_4', 'column_5']).renamed).toMatch(
      /^4 columns are called column_2, column_3 and column_4, …, because their names/,
    );
  });
});
