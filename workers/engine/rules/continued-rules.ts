import { UserError } from '../../../src/domain/errors';
import { ruleText } from '../../../src/domain/rule-words';
import { columnsOfRule, type TableRule } from '../../../src/domain/rules';
import { checkRule } from '../../rules/check-rule';
import type { RuleColumn } from '../../rules/rule-column';
import type { KeptRules } from '../models/kept-rules';
import type { TrainingTable } from '../models/model';
import { type RuledTable, withExtras } from './training-rules';

/**
 * The rules of a training that goes on from a model. Rules found in its own rows stand if they need the columns that the
 * model has learned; else those of the model do, which its new rows must keep.
 * @param kept of the model
 * @param table without rules
 * @param found of the rows of the training
 * @throws UserError `config/invalid` naming a rule of the model that new rows break
 */
export async function withRulesOf(
  kept: KeptRules,
  table: TrainingTable,
  found: RuledTable,
  pause: () => Promise<void>,
): Promise<RuledTable> {
  const learned = ({ extras, ties }: KeptRules) => JSON.stringify([extras, ties]);
  if (learned(found.kept) === learned(kept)) return found;
  const names = new Set(kept.rules.flatMap(columnsOfRule));
  const columns: RuleColumn[] = [];
  for (const [index, { schema }] of table.features.entries()) {
    if (!names.has(schema.name)) continue;
    const { training } = await table.read(index);
    columns.push({ name: schema.name, storageType: schema.storageType, data: training });
    await pause();
  }
  const rules = kept.rules.map(
    (rule): TableRule => ({ ...checkRule(rule, columns), source: 'found', state: 'kept' }),
  );
  const broken = rules.find((checked) => checked.kept < checked.applicable);
  if (broken) {
    throw new UserError(
      'config/invalid',
      `The model keeps the rule “${ruleText(broken.rule)}”, which rows of “${table.name}” now break. Clone the generator with the same settings, and train it anew on this version.`,
      { details: { rule: ruleText(broken.rule) } },
    );
  }
  return { table: withExtras(table, kept), kept, rules };
}
