import { describe, expect, it } from 'vitest';
import { knownInWords, proposeAttacked } from './attacked-columns';

const columns = (...names: string[]) =>
  names.map((name) => ({ name, canBeGuessed: !name.startsWith('text') }));

describe('proposeAttacked', () => {
  it('takes what others know of a person by name, in several languages, and guesses the rest', () => {
    expect(
      proposeAttacked(columns('age', 'marital-status', 'nativeCountry', 'Geschlecht', 'income', 'text')),
    ).toEqual({ known: ['age', 'marital-status', 'nativeCountry', 'Geschlecht'], sensitive: ['income'] });
  });

  it('takes everything else for known where names say too little', () => {
    const proposed = proposeAttacked(columns('age', 'x', 'y'));
    expect(proposed).toEqual({ known: [], sensitive: ['age', 'x', 'y'] });
    expect(knownInWords(proposed)).toBe('all other columns');
    expect(proposeAttacked(columns('sex', 'age')).known).toEqual([]);
  });
});
