import { type ColumnData, columnLength, takeRows } from '../../../src/domain/column-data';
import type { SourceTableConfig } from '../../../src/domain/generators';
import {
  type CheckedRule,
  columnsOfRule,
  idOfRule,
  type Rule,
  type RuleSettings,
  type TableRule,
} from '../../../src/domain/rules';
import type { JobContext } from '../../../src/threads/run-job';
import { checkRule } from '../../rules/check-rule';
import type { RuleColumn } from '../../rules/rule-column';
import { EQUAL, type ExtraColumn, type KeptRules, NO_RULES } from '../models/kept-rules';
import type { FeatureColumn, FeatureRows, TrainingTable } from '../models/model';
import { protectTable, type TableProtection } from '../privacy/table-protection';
import { findRules } from './find/find-rules';
import { extraValues, learnedOrder, sourcesOf } from './keep/extra-columns';
import { findCurves } from './keep/find-curves';
import { planKeeping } from './keep/plan-keeping';
import { withQuietExclusions } from './keep/quiet-exclusions';

/** Tables of fewer values are read once and held until they are encoded. */
const HELD_VALUES = 4_000_000;

type Parts = FeatureRows;

/** A table whose rules are known: what is learned, and how generated rows keep them. */
export interface RuledTable {
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
    tabularModelConfiguration: { valueProtection, rareThreshold },
  }: Pick<SourceTableConfig, 'rules' | 'tabularModelConfiguration'>,
  job: Pick<JobContext, 'yield' | 'checkpoint'>,
): Promise<RuledTable> {
  const isLinked = table.features.some(({ pairedWith, relativeTo }) => pairedWith ?? relativeTo);
  if (!settings.find && settings.added.length === 0 && !isLinked) return { table, kept: NO_RULES, rules: [] };
  const parts: (Parts | undefined)[] = [];
  const columns: RuleColumn[] = [];
  // What repeats because a subject has several rows is no rule, and what is kept of the values must be many subjects'.
  const sample = (valueProtection && table.subjects?.sample) || null;
  const counted: RuleColumn[] = [];
  const holds = table.rowCount * table.features.length <= HELD_VALUES;
  for (const [index, { schema }] of table.features.entries()) {
    const read = await table.read(index);
    if (holds) parts[index] = read;
    const column = { name: schema.name, storageType: schema.storageType };
    columns.push({ ...column, data: read.training });
    counted.push({ ...column, data: sample ? takeRows(read.training, sample) : read.training });
    await job.yield();
  }
  const pause = () => job.yield();
  const sought = counted.filter((_, index) => !table.features[index]!.identifiesSubjects);
  const protection = protectTable(valueProtection, table.keyed, rareThreshold);
  const checked = await collect({ columns, sought }, settings, protection, pause);
  const isOn = ({ rule }: CheckedRule) => !settings.off.includes(idOfRule(rule));
  const read = async (name: string) => counted.find((column) => column.name === name)!;
  const kept = await planKeeping(checked.filter(isOn), table.features, read, protection, pause);
  const curved = settings.find ? await findCurves(table.features, read, pause) : new Set<string>();
  const keptIds = new Set(kept.rules.map(idOfRule));
  const stateOf = (entry: CheckedRule): TableRule['state'] => {
    if (!isOn(entry)) return 'off';
    if (keptIds.has(idOfRule(entry.rule))) return 'kept';
    return entry.kept < entry.applicable ? 'partly' : 'unkept';
  };
  return {
    table: withExtras(withFineBins(table, curved), kept, parts),
    kept,
    rules: checked.map((entry) => ({ ...entry, state: stateOf(entry) })),
  };
}

/** The table with the columns that matter for its rules: all if rules are sought, else those that added ones name. */
export function namedByRules(table: TrainingTable, { find, added }: RuleSettings): TrainingTable {
  if (find) return table;
  const names = new Set(added.flatMap(columnsOfRule));
  const indices = [...table.features.keys()].filter((index) => names.has(table.features[index]!.schema.name));
  return {
    ...table,
    features: indices.map((index) => table.features[index]!),
    read: (index) => table.read(indices[index]!),
  };
}

/**
 * Rules are sought in some columns and rows, and checked in all. Added rules first; a found rule that was added too
 * counts as added. An added rule about a column that is not learned has no rows that speak of it.
 */
async function collect(
  { columns, sought }: { readonly columns: readonly RuleColumn[]; readonly sought: readonly RuleColumn[] },
  { find, added }: RuleSettings,
  { thresholdOf }: TableProtection,
  pause: () => Promise<void>,
): Promise<(CheckedRule & Pick<TableRule, 'source'>)[]> {
  const known = new Set(columns.map(({ name }) => name));
  const check = (rule: Rule): CheckedRule =>
    columnsOfRule(rule).every((name) => known.has(name))
      ? checkRule(rule, columns)
      : { rule, applicable: 0, kept: 0 };
  const own = added.map((rule) => ({ ...check(rule), source: 'added' as const }));
  const ids = new Set(added.map(idOfRule));
  const found = find ? await findRules(sought, pause, { thresholdOf }) : [];
  const isPart = sought.length > 0 && columnLength(sought[0]!.data) < columnLength(columns[0]!.data);
  return [
    ...own,
    ...found
      .filter(({ rule }) => !ids.has(idOfRule(rule)))
      .map((entry) => ({ ...(isPart ? check(entry.rule) : entry), source: 'found' as const })),
  ];
}

function withFineBins(table: TrainingTable, names: ReadonlySet<string>): TrainingTable {
  if (names.size === 0) return table;
  const features = table.features.map((feature) =>
    names.has(feature.schema.name) ? { ...feature, fineBins: true } : feature,
  );
  return { ...table, features };
}

/** The table with its extra columns, and what a family needs to know of its rules. */
export function withExtras(
  table: TrainingTable,
  { extras, rules, checks, ties }: KeptRules,
  held: readonly (Parts | undefined)[] = [],
): TrainingTable {
  const names = table.features.map(({ schema }) => schema.name);
  const order = learnedOrder(names, extras);
  const after = (key: 'outputIndex' | 'sourceIndex') =>
    1 + Math.max(...table.features.map((feature) => feature[key]));
  const own = async (index: number) => held[index] ?? table.read(index);
  const column = async (name: string, part: 'training' | 'validation'): Promise<RuleColumn> => {
    const index = names.indexOf(name);
    const { storageType } = table.features[index]!.schema;
    return { name, storageType, data: (await own(index))[part] };
  };
  const extraRows = async (extra: ExtraColumn, part: 'training' | 'validation'): Promise<ColumnData> => {
    const sources: RuleColumn[] = [];
    for (const name of sourcesOf(extra)) sources.push(await column(name, part));
    return extraValues(extra, sources);
  };
  const tied = new Set(extras.flatMap(sourcesOf));
  const features = order.map((learned): FeatureColumn => {
    if ('feature' in learned) {
      const feature = table.features[learned.feature]!;
      return tied.has(feature.schema.name) ? { ...feature, exactCodes: true } : feature;
    }
    const { schema, encodingType } = extras[learned.extra]!;
    return {
      schema,
      encodingType,
      exactCodes: true,
      sourceIndex: after('sourceIndex') + learned.extra,
      outputIndex: after('outputIndex') + learned.extra,
    };
  });
  const read = async (index: number): Promise<Parts> => {
    const learned = order[index]!;
    if ('feature' in learned) {
      const leading = extras.find(
        ({ to, measure }) =>
          to === names[learned.feature] &&
          ['ratio', 'quotient', 'rate', 'rest', 'equal'].includes(measure.kind),
      );
      const parts = await own(learned.feature);
      return leading ? { ...parts, follows: followingRows(await extraRows(leading, 'training')) } : parts;
    }
    const extra = extras[learned.extra]!;
    return {
      training: await extraRows(extra, 'training'),
      validation: await extraRows(extra, 'validation'),
    };
  };
  return { ...table, features, rules: withQuietExclusions(rules, checks), ties, read };
}

/** Rows of a column that a ratio or an equal column gives its value. */
function followingRows(extra: ColumnData): Uint8Array {
  if (extra.kind === 'text')
    return Uint8Array.from(extra.codes, (code) => Number(extra.dictionary[code] === EQUAL));
  return Uint8Array.from(extra.values, (_, row) => 1 - (extra.nulls?.[row] ?? 0));
}
