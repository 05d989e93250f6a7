import type { Generator } from '../../src/domain/generators';
import { onlyTable } from '../../src/domain/only-table';
import { privacySummary, privacyWarnings, riskInWords } from '../../src/domain/private-training';

/** What a private training will guarantee and leave out, before it begins, and what a person should know; empty if it is not private. */
export function privacyLines(
  generator: Pick<Generator, 'config' | 'tables'>,
  rowCount: number,
): { readonly lines: string[]; readonly warnings: string[] } {
  const { tabularModelConfiguration: configuration, rules } = onlyTable(generator.config);
  const summary = privacySummary(configuration);
  if (summary === null) return { lines: [], warnings: [] };
  const subjects = onlyTable(generator).subject?.subjects ?? rowCount;
  const added =
    rules.added.length > 0
      ? ['Rules that you add are not kept either: a private model does not look at which rows keep them.']
      : [];
  return {
    lines: [
      `${summary} ${riskInWords(configuration)}`,
      'No rules are looked for or kept, and the privacy guard does not run.',
    ],
    warnings: [...privacyWarnings(configuration, subjects), ...added],
  };
}
