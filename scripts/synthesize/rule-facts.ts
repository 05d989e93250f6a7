import type { Generator } from '../../src/domain/generators';
import { onlyTable } from '../../src/domain/only-table';
import type { Report } from '../../src/domain/reports';
import { ruleText } from '../../src/domain/rule-words';
import { idOfRule, type TableRule } from '../../src/domain/rules';
import { shownShare } from '../../src/domain/shown-counts';

/** "Rules: 6 found, 1 added, 6 kept, 1 in part". @param isPrivate the model is, and looks for none and keeps none */
export function rulesLine(rules: readonly Pick<TableRule, 'source' | 'state'>[], isPrivate = false): string {
  const count = (of: TableRule['source'] | TableRule['state']) =>
    rules.filter(({ source, state }) => source === of || state === of).length;
  if (isPrivate) {
    return [
      'Rules: none looked for, as the model is private',
      ...some(count('added'), 'added and not kept'),
    ].join(', ');
  }
  const parts = [
    `${count('found')} found`,
    ...some(count('added'), 'added'),
    `${count('kept')} kept`,
    ...some(count('off'), 'switched off'),
    ...some(count('partly'), 'in part'),
    ...some(count('unkept'), 'not forced'),
  ];
  return `Rules: ${parts.join(', ')}`;
}

function some(count: number, what: string): string[] {
  return count > 0 ? [`${count} ${what}`] : [];
}

/** `rules` of run.json: each with its evidence, its state and how many synthetic rows keep it. */
export function describeRules(generator: Generator, report: Report | null): object[] {
  const { rules, columns } = onlyTable(generator);
  const dates = new Set(
    columns.flatMap(({ name, decision }) => (decision.encodingType === 'TABULAR_DATETIME' ? [name] : [])),
  );
  const scores = new Map(report?.rules.map((score) => [idOfRule(score.rule), score.synthetic]));
  return rules.map(({ rule, source, state, applicable, kept }) => ({
    id: idOfRule(rule),
    sentence: ruleText(rule, (column) => dates.has(column)),
    source,
    state,
    original: shownShare({ applicable, kept }),
    synthetic: scores.get(idOfRule(rule)) ?? null,
    rule,
  }));
}
