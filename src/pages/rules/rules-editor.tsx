import { Plus, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '../../components/button';
import { Section } from '../../components/card';
import { SwitchField } from '../../components/field';
import { formatCount } from '../../components/format';
import { EmptyState, Loading, Notice } from '../../components/notice';
import { ruleText } from '../../domain/rule-words';
import { idOfRule, type RuleSettings, type TableRule } from '../../domain/rules';
import { JobProgressPanel } from '../job-progress-panel';
import { AddRuleDialog } from './add-rule-dialog';
import { datesOf, type LearnedColumn } from './learned-columns';
import { listed } from './listed-rules';
import { RuleTable } from './rule-table';
import { useCheckedRules } from './use-checked-rules';
import { useRuleSearch } from './use-rule-search';

/** Tables of more values are searched when a person asks for it. */
const MAX_UNASKED_VALUES = 2_000_000;

interface EditorProps {
  readonly generatorId: string;
  readonly columns: readonly LearnedColumn[];
  /** Rows that are trained on, or a few more. */
  readonly rows: number;
  readonly settings: RuleSettings;
  readonly onChange: (edit: (old: RuleSettings) => RuleSettings) => void;
}

/**
 * The rules of a table before its training: those found in its rows, with a switch each, and those a person adds. To be
 * given a new key when the rows or columns to train on change: then all is found and checked anew.
 */
export function RulesEditor(props: EditorProps) {
  const { generatorId, columns, settings, onChange } = props;
  const [isAdding, setAdding] = useState(false);
  const { checked, check } = useCheckedRules(generatorId, settings.added);
  const isAutomatic = settings.find && props.rows * columns.length <= MAX_UNASKED_VALUES;
  const { state, start, cancel } = useRuleSearch(generatorId, isAutomatic);
  const dates = useMemo(() => datesOf(columns), [columns]);
  const found = settings.find && state.status === 'done' ? state.rules : NONE;
  const rules = useMemo(() => listed(found, settings, checked), [found, settings, checked]);
  const pending = settings.added.filter((rule) => !checked.has(idOfRule(rule)));
  const wrong = settings.added.flatMap((rule) => {
    const problem = checked.get(idOfRule(rule));
    return typeof problem === 'string' ? [{ rule, problem }] : [];
  });
  const remove = (id: string) =>
    onChange((old) => ({ ...old, added: old.added.filter((rule) => idOfRule(rule) !== id) }));
  return (
    <Section
      title="Rules found in your data"
      about="Relations between columns that hold in the rows to train on. Generated rows keep every rule that holds in all of them, unless you switch it off."
      actions={
        <Button icon={Plus} onClick={() => setAdding(true)}>
          Add a rule
        </Button>
      }
    >
      <div className="mb-4">
        <SwitchField
          label="Look for rules"
          value={settings.find}
          onChange={(find) => onChange((old) => ({ ...old, find }))}
          help="Off: only the rules that you add are kept."
        />
      </div>
      {settings.find && state.status === 'running' && (
        <JobProgressPanel progress={state.job} waiting="Looking for rules in the data" onCancel={cancel} />
      )}
      {settings.find && state.status === 'idle' && !isAutomatic && (
        <SearchOffer onStart={start}>
          {`Searching ${formatCount(props.rows * columns.length)} values takes a while. The training looks for rules in any case.`}
        </SearchOffer>
      )}
      {settings.find && state.status === 'idle' && isAutomatic && (
        <SearchOffer onStart={start}>The training looks for rules in any case.</SearchOffer>
      )}
      {settings.find && state.status === 'failed' && (
        <Notice
          tone="error"
          actions={
            <Button icon={Search} onClick={() => void start()}>
              Try again
            </Button>
          }
        >
          {state.error}
        </Notice>
      )}
      {wrong.map(({ rule, problem }) => (
        <Notice
          key={idOfRule(rule)}
          tone="error"
          className="mt-4"
          actions={<Button onClick={() => remove(idOfRule(rule))}>Remove the rule</Button>}
        >
          <bdi>{ruleText(rule, (name) => dates.has(name))}</bdi>: {problem}
        </Notice>
      ))}
      {pending.length > 0 && <Loading what="Checking the rules that you added" />}
      {rules.length > 0 && (
        <div className="mt-4">
          <RuleTable
            rules={rules}
            dates={dates}
            onRemove={remove}
            onSwitch={(id, on) =>
              onChange((old) => ({
                ...old,
                off: on ? old.off.filter((known) => known !== id) : [...old.off, id],
              }))
            }
          />
        </div>
      )}
      {rules.length === 0 && pending.length === 0 && (state.status === 'done' || !settings.find) && (
        <EmptyState>
          {settings.find
            ? 'No rule was found that every row keeps. Add one by hand if you know of it.'
            : 'No rules. Look for them, or add one by hand.'}
        </EmptyState>
      )}
      <p role="status" className="sr-only">
        {state.status === 'done' && settings.find && `${found.length} rules found`}
      </p>
      {isAdding && (
        <AddRuleDialog
          columns={columns}
          onClose={() => setAdding(false)}
          onAdd={async (added) => {
            await check(added);
            setAdding(false);
            onChange((old) => {
              const ids = new Set(added.map(idOfRule));
              return {
                ...old,
                off: old.off.filter((id) => !ids.has(id)),
                added: [...old.added.filter((rule) => !ids.has(idOfRule(rule))), ...added],
              };
            });
          }}
        />
      )}
    </Section>
  );
}

const NONE: readonly TableRule[] = [];

function SearchOffer({ onStart, children }: { onStart: () => Promise<void>; children: string }) {
  return (
    <Notice
      actions={
        <Button icon={Search} onClick={() => void onStart()}>
          Look for rules now
        </Button>
      }
    >
      {children}
    </Notice>
  );
}
