import { formatCount, formatPlural } from '../../components/format';
import { familyOf } from '../../domain/model-configuration';
import { onlyTable } from '../../domain/only-table';
import { privacyOf } from '../../domain/private-training';
import { type Recipe, type RecipeVersion, versionOf } from '../../domain/recipes';
import type { RuleSettings } from '../../domain/rules';

const DELIMITERS: Readonly<Record<string, string>> = {
  ...{ ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' },
};

/** A version of a recipe in a few facts. */
export function recipeFacts({ config, dialect, holdout, input }: RecipeVersion): [string, string][] {
  const table = onlyTable(config.generator);
  const { configuration } = onlyTable(config.syntheticDataset);
  const model = table.tabularModelConfiguration;
  const privacy = privacyOf(model);
  const learned = table.columns.filter(({ included, name }) => included && name !== table.primaryKey).length;
  return [
    ['Read with', `${DELIMITERS[dialect.delimiter] ?? `“${dialect.delimiter}”`}, ${dialect.encoding}`],
    ['Columns learned', `${learned} of ${input.columns.length}`],
    ['Primary key', table.primaryKey ?? 'none'],
    ['People', table.subjectColumns?.join(', ') || (table.subjectColumns ? 'one row each' : 'as found')],
    ['Model', familyOf(model.model).title],
    ['Differential privacy', privacy ? `ε ${privacy.maxEpsilon}, δ ${privacy.delta}` : 'off'],
    ['Value protection', model.valueProtection ? 'on' : 'off'],
    ['Holdout', holdout === 'file' ? 'a file of its own' : 'rows held back'],
    ['Rules', rulesInWords(table.rules)],
    [
      'Rows',
      configuration.sampleSize === null ? 'as many as the file' : formatCount(configuration.sampleSize),
    ],
    ['Seeds', `${config.generator.randomState}, ${config.syntheticDataset.randomState}`],
  ];
}

function rulesInWords({ find, added, off }: RuleSettings): string {
  const parts = [find ? 'found anew' : 'not looked for'];
  if (added.length > 0) parts.push(`${added.length} added`);
  if (off.length > 0) parts.push(`${off.length} off`);
  return parts.join(', ');
}

/** "Version 2 · 9 columns · 1 check" */
export function aboutRecipe(recipe: Recipe): string {
  const { version, input, checks } = versionOf(recipe);
  const asked = Object.values(checks).filter((limit) => limit !== null).length;
  return [
    `Version ${version}`,
    formatPlural(input.columns.length, 'column'),
    asked === 0 ? 'no checks' : formatPlural(asked, 'check'),
  ].join(' · ');
}
