import { useState } from 'react';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { SelectField } from '../../components/field';
import { Notice } from '../../components/notice';
import { errorText } from '../../domain/errors';
import type { Rule } from '../../domain/rules';
import { datesOf, type LearnedColumn } from './learned-columns';
import { DRAFT_KINDS, EMPTY_DRAFT, readRuleDraft } from './rule-draft';
import { RuleFields } from './rule-fields';
import { RuleSentence } from './rule-sentence';

/** A form for a rule that a person knows of. It is checked against the rows before it is added. */
export function AddRuleDialog(props: {
  readonly columns: readonly LearnedColumn[];
  readonly onAdd: (rules: readonly Rule[]) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { columns, onAdd, onClose } = props;
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [isChecking, setChecking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const types = new Map(columns.map(({ name, storageType }) => [name, storageType]));
  const read = readRuleDraft(draft, (name) => types.get(name) ?? 'text');
  const change = (next: typeof draft) => {
    setProblem(null);
    setDraft(next);
  };
  const add = async () => {
    if ('error' in read) {
      setProblem(read.error);
      return;
    }
    setChecking(true);
    try {
      await onAdd(read.rules);
    } catch (error) {
      setProblem(errorText(error));
      setChecking(false);
    }
  };
  return (
    <Dialog
      title="Add a rule"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button variant="primary" disabled={isChecking} onClick={() => void add()}>
            {isChecking ? 'Checking the rows' : 'Check and add'}
          </Button>
        </>
      }
    >
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <SelectField
            label="Kind of rule"
            value={draft.kind}
            options={DRAFT_KINDS}
            onChange={(kind) => change({ ...EMPTY_DRAFT, kind })}
          />
        </div>
        <RuleFields draft={draft} columns={columns} onChange={change} />
      </div>
      {'rules' in read && (
        <ul
          aria-label="The rule in words"
          className="mt-2 space-y-2 rounded-xl border border-line p-4 text-sm"
        >
          {read.rules.map((rule) => (
            <li key={JSON.stringify(rule)}>
              <RuleSentence rule={rule} dates={datesOf(columns)} />
            </li>
          ))}
        </ul>
      )}
      {problem !== null && (
        <Notice tone="error" className="mt-4">
          {problem}
        </Notice>
      )}
    </Dialog>
  );
}
