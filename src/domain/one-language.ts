import type { GeneratorColumn } from './generators';
import type { FakeLocale } from './writing';

/**
 * Made-up values of a table in one language, so that those of a row can be one person's: the one that is told of most
 * columns, English where none is.
 * @param isChosen whether a person chose the language of a column: it stays
 */
export function inOneLanguage(
  columns: readonly GeneratorColumn[],
  isChosen: (name: string) => boolean,
): GeneratorColumn[] {
  const counts = new Map<FakeLocale, number>();
  for (const { decision } of columns) {
    if (decision.writing?.as !== 'fake' || decision.writing.locale === 'en') continue;
    const { locale } = decision.writing;
    counts.set(locale, (counts.get(locale) ?? 0) + 1);
  }
  const [common] = [...counts].sort(([, a], [, b]) => b - a);
  if (!common) return [...columns];
  return columns.map((column) => {
    const { decision, name } = column;
    if (decision.writing?.as !== 'fake' || isChosen(name)) return column;
    return { ...column, decision: { ...decision, writing: { ...decision.writing, locale: common[0] } } };
  });
}
