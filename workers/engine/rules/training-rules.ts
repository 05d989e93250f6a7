import type { ColumnData } from '../../../src/domain/column-data';
import type { SourceTableConfig } from '../../../src/domain/generators';
import { type CheckedRule, idOfRule, type RuleSettings, type TableRule } from '../../../src/domain/rules';
import type { JobContext } from '../../../src/threads/run-job';
import { type KeptRules, NO_RULES } from '../models/kept-rules';
import type { FeatureColumn, TrainingTable } from '../models/model';
import { checkRule } from './check-rule';
import { findRules } from './find/find-rules';
import { gapValues } from './keep/gap-columns';
import { planKeeping } from './keep/plan-keeping';
import type { RuleColumn } from './rule-column';

/** Tables of fewer values are read once and held until they are encoded. */
const HELD_VALUES = 4_000_000;

type Parts = Awaited<ReturnType<TrainingTable['read']>>;

/** A table whose rules are known: what is learned, and how generated rows keep them. */
interface RuledTable {
  readonly table: TrainingTable;
  readonly kept: KeptRules;
  readonly rules: readonly TableRule[];
}

/**
 * Finds the rules that the training rows keep, adds those of a person, and plans how generated rows keep them.
 * @throws UserError `canceled`; `config/invalid` for an added rule that does not fit the table
 */
export async function withRules(
  table: TrainingTable,
  {
    rules: settings,
    tabularModelConfiguration: { valueProtection },
  }: Pick<SourceTableConfig, 'rules' | 'tabularModelConfiguration'>,
  job: Pick<JobContext, 'yield' | 'checkpoint'>,
): Promise<RuledTable> {
  if (!settings.find && settings.added.length === 0) return { table, kept: NO_RULES, rules: [] };
  const parts: (Parts | undefined)[] = [];
  const columns: RuleColumn[] = [];
  const holds = table.rowCount * table.features.length <= HELD_VALUES;
  for (const [index, { schema }] of table.features.entries()) {
    const read = await table.read(index);
    if (holds) parts[index] = read;
    columns.push({ name: schema.name, storageType: schema.storageType, data: read.training });
    await job.yield();
  }
  const pause = () => job.yield();
  const checked = await collect(columns, settings, pause);
  const isOn = ({ rule }: CheckedRule) => !settings.off.includes(idOfRule(rule));
  const read = async (name: string) => columns.find((column) => column.name === name)!;
  const kept = await planKeeping(checked.filter(isOn), table.features, read, valueProtection);
  const keptIds = new Set(kept.rules.map(idOfRule));
  const stateOf = (entry: CheckedRule): TableRule['state'] => {
    if (!isOn(entry)) return 'off';
    if (keptIds.has(idOfRule(entry.rule))) return 'kept';
    return entry.kept < entry.applicable ? 'partly' : 'unkept';
  };
  return {
    table: withGaps(table, kept, parts),
    kept,
    rules: checked.map((entry) => ({ ...entry, state: stateOf(entry) })),
  };
}

/** Added rules first; a found rule that was added too counts as added. */
async function collect(
  columns: readonly RuleColumn[],
  { find, added }: RuleSettings,
  pause: () => Promise<void>,
): Promise<(CheckedRule & Pick<TableRule, 'source'>)[]> {
  const own = added.map((rule) => ({ ...checkRule(rule, columns), source: 'added' as const }));
  const ids = new Set(added.map(idOfRule));
  const found = find ? await findRules(columns, pause) : [];
  return [
    ...own,
    ...found
      .filter(({ rule }) => !ids.has(idOfRule(rule)))
      .map((entry) => ({ ...entry, source: 'found' as const })),
  ];
}

/** The table with its gap columns, which follow its own, and what a family needs to know of its rules. */
function withGaps(
  table: TrainingTable,
  { gaps, rules }: KeptRules,
  held: readonly (Parts | undefined)[],
): TrainingTable {
  const count = table.features.length;
  const last = Math.max(...table.features.map(({ outputIndex }) => outputIndex));
  const lastSource = Math.max(...table.features.map(({ sourceIndex }) => sourceIndex));
  const indexOf = (name: string) => table.features.findIndex(({ schema }) => schema.name === name);
  const own = async (index: number) => held[index] ?? table.read(index);
  const read = async (index: number): Promise<Parts> => {
    if (index < count) return own(index);
    const gap = gaps[index - count]!;
    const [low, high] = [await own(indexOf(gap.low)), await own(indexOf(gap.high))];
    const of = (part: keyof Parts): ColumnData =>
      gapValues(gap, named(gap.low, low[part]), named(gap.high, high[part]));
    return { training: of('training'), validation: of('validation') };
  };
  const named = (name: string, data: ColumnData): RuleColumn => {
    const { storageType } = table.features[indexOf(name)]!.schema;
    return { name, storageType, data };
  };
  const features: FeatureColumn[] = gaps.map(({ schema, encodingType }, k) => ({
    schema,
    encodingType,
    sourceIndex: lastSource + 1 + k,
    outputIndex: last + 1 + k,
  }));
  return { ...table, features: [...table.features, ...features], rules, read };
}
