import type { Source } from './sources';

const FORMS: Readonly<Record<string, string>> = {
  'e-mail': 'e-mail addresses',
  'web address': 'web addresses',
  'phone number': 'phone numbers',
  identifier: 'identifiers',
  code: 'codes',
};

/**
 * What a person should know of the names of a table's columns: what was assumed of the first row, where that is not
 * plain, and which names were replaced. Nothing of the row itself.
 */
export function headerSentences(source: Pick<Source, 'headerGuess' | 'dialect' | 'tables'>): {
  /** Null where the first row plainly holds names, or a person said what it holds. */
  readonly guess: string | null;
  /** The guess needs an answer. */
  readonly asks: boolean;
  /** Null where every name stands as in the file. */
  readonly renamed: string | null;
} {
  const { headerGuess } = source;
  const asks = headerGuess?.isSure === false;
  const renamed = source.tables.flatMap((table) => table.renamed ?? []);
  return { guess: headerGuess ? guessSentence(headerGuess) : null, asks, renamed: renamedSentence(renamed) };
}

function guessSentence({ header, isSure, forms }: NonNullable<Source['headerGuess']>): string | null {
  if (header) {
    return isSure
      ? null
      : 'Does the first row hold the names of the columns? It looks like the rows below it. It was read as names; if it is a row, its values would appear wherever columns are named.';
  }
  const shared = forms.map((form) => FORMS[form]).filter((words) => words !== undefined);
  const why =
    shared.length > 0 ? `holds ${list(shared)}, as the rows below it do` : 'looks like the rows below it';
  return `The first row ${why}: it was read as a row, and the columns are called column_1, column_2, …${isSure ? '' : ' Does it hold their names?'}`;
}

function renamedSentence([first, ...others]: readonly string[]): string | null {
  if (first === undefined) return null;
  const columns =
    others.length === 0
      ? `A column is called ${first}`
      : `${others.length + 1} columns are called ${list([first, ...others].slice(0, 3))}${others.length > 2 ? ', …' : ''}`;
  return `${columns}, because ${others.length === 0 ? 'its name in the file holds' : 'their names in the file hold'} an e-mail address or a long number. Names are written into every export.`;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
