import { Check, CircleDashed, type LucideIcon, Minus, Trash2, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { SelectField, Toggle } from '../../components/field';
import { ShowMore } from '../../components/show-more';
import { Table, type TableColumn } from '../../components/table';
import { ruleEvidence, ruleState } from '../../domain/rule-state';
import { ruleText } from '../../domain/rule-words';
import { columnsOfRule, idOfRule, type TableRule } from '../../domain/rules';
import { RuleSentence } from './rule-sentence';

/** More rules than this can be filtered by column. */
const MAX_UNFILTERED = 10;
const PORTION = 25;

const MARKS: Record<TableRule['state'], readonly [LucideIcon, string]> = {
  kept: [Check, 'text-accent'],
  off: [Minus, 'text-ink-soft'],
  partly: [TriangleAlert, 'text-difference'],
  unkept: [CircleDashed, 'text-ink-soft'],
};

/** Rules with the rows that keep them and what becomes of them; switches and removal where they can be changed. */
export function RuleTable(props: {
  readonly rules: readonly TableRule[];
  readonly dates: ReadonlySet<string>;
  readonly onSwitch?: (id: string, on: boolean) => void;
  readonly onRemove?: (id: string) => void;
  /** Names the table; by default "Rules". */
  readonly label?: string;
  /** The model keeps none, since it is private. */
  readonly isPrivate?: boolean;
}) {
  const { rules, onSwitch, onRemove } = props;
  const [column, setColumn] = useState('');
  const names = [...new Set(rules.flatMap(({ rule }) => columnsOfRule(rule)))].sort();
  const isKnown = names.includes(column);
  const shown = isKnown ? rules.filter(({ rule }) => columnsOfRule(rule).includes(column)) : rules;
  const sentence = (rule: TableRule['rule']) => ruleText(rule, (name) => props.dates.has(name));
  const columns: TableColumn<TableRule>[] = [
    {
      title: 'Rule',
      cell: ({ rule, source }) => (
        <RuleSentence
          rule={rule}
          dates={props.dates}
          remark={source === 'added' ? 'added by you' : undefined}
        />
      ),
      isHeader: true,
      className: 'sm:min-w-56',
    },
    {
      title: 'Holds in',
      cell: (rule) => ruleEvidence(rule),
      className: 'w-44 tabular-nums',
    },
    {
      title: 'In generated rows',
      cell: (rule) => <State rule={rule} isPrivate={props.isPrivate} />,
      className: 'w-56',
    },
  ];
  if (onSwitch) {
    columns.unshift({
      title: 'Keep',
      inCard: 'corner',
      cell: ({ rule, state }) => (
        <Toggle
          aria-label={`Keep: ${sentence(rule)}`}
          checked={state !== 'off'}
          onCheckedChange={(on) => onSwitch(idOfRule(rule), on)}
        />
      ),
      className: 'w-20',
    });
  }
  if (onRemove) {
    columns.push({
      title: <span className="sr-only">Remove</span>,
      inCard: 'corner',
      cell: ({ rule, source }) =>
        source === 'added' && (
          <button
            type="button"
            aria-label={`Remove: ${sentence(rule)}`}
            onClick={() => onRemove(idOfRule(rule))}
            className="-my-1.5 rounded-lg p-2 text-ink-soft hover:bg-sunken hover:text-ink"
          >
            <Trash2 aria-hidden="true" size={16} />
          </button>
        ),
      className: 'w-12',
    });
  }
  return (
    <>
      {rules.length > MAX_UNFILTERED && (
        <div className="mb-3 max-w-64">
          <SelectField
            label="Rules about"
            value={isKnown ? column : ''}
            options={[
              { value: '', label: `All columns (${rules.length} rules)` },
              ...names.map((name) => ({ value: name, label: name })),
            ]}
            onChange={setColumn}
          />
        </div>
      )}
      <ShowMore key={column} items={shown} portion={PORTION} noun="rules">
        {(portion) => (
          <Table
            label={props.label ?? 'Rules'}
            asCards
            className="sm:max-h-[36rem] sm:*:min-w-2xl"
            cellClass="py-2.5 align-top"
            rows={portion}
            keyOf={({ rule }) => idOfRule(rule)}
            columns={columns}
          />
        )}
      </ShowMore>
    </>
  );
}

function State({ rule, isPrivate }: { rule: TableRule; isPrivate?: boolean }) {
  const [Icon, color] = MARKS[rule.state];
  const { title, why } = ruleState(rule, isPrivate);
  return (
    <>
      <span className="flex items-center gap-1.5">
        <Icon aria-hidden="true" size={15} className={`shrink-0 ${color}`} />
        {title}
      </span>
      {why && <span className="block text-xs text-ink-soft">{why}</span>}
    </>
  );
}
