import { Play, Undo2 } from 'lucide-react';
import { startTransition, useCallback, useEffect, useMemo, useState } from 'react';
import { preferences } from '../../client/preferences';
import { Button } from '../../components/button';
import { Card, Section } from '../../components/card';
import { CheckField, SelectField, TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { useUndo } from '../../components/use-undo';
import type { ColumnConfig, EncodingDecision } from '../../domain/columns';
import { errorText } from '../../domain/errors';
import type { Generator, GeneratorConfig } from '../../domain/generators';
import { coordinateColumns } from '../../domain/linked-columns';
import { familyOf } from '../../domain/model-configuration';
import { onlyTable } from '../../domain/only-table';
import {
  lacksValueProtection,
  privacyProblem,
  privacySummary,
  riskInWords,
} from '../../domain/private-training';
import { fewRowsWarning, MIN_ROWS, trainingRows } from '../../domain/row-plan';
import type { Source, SourceTable } from '../../domain/sources';
import { sampledRows } from '../../domain/split';
import { decideSubject, missingSubjectColumns, type Subject } from '../../domain/subjects';
import { isWritten } from '../../domain/unlearned-words';
import { trainGenerator } from '../actions';
import { useClient, useResources } from '../client-context';
import { convertedColumns } from '../columns/converted-columns';
import { PrivateRules } from '../rules/private-rules';
import { RulesEditor } from '../rules/rules-editor';
import { UnlearnedNotice } from '../unlearned-notice';
import { usePreferences } from '../use-preferences';
import { ColumnTable } from './column-table';
import { fromDraft, toDraft } from './generator-draft';
import { ModelSettings } from './model-settings';
import { PrivacySection } from './privacy-section';
import { SubjectFacts } from './subject-facts';
import { SubjectField } from './subject-field';
import { SubjectNotices } from './subject-notices';

/** A generator that has not been trained: everything can be changed. */
export function ConfigureView({ generator, source }: { generator: Generator; source: Source }) {
  const client = useClient();
  const { sources } = useResources();
  const { goesOn } = usePreferences();
  const table = onlyTable(source);
  const names = useMemo(() => table.columns.map(({ name }) => name), [table]);
  const [base] = useState(generator.config);
  const { value: draft, set: edit, undo, canUndo } = useUndo(() => toDraft(base, names));
  const { columns, primaryKey, subjectColumns } = draft;
  const valueProtection = draft.settings['valueProtection'] === true;
  const threshold = draft.settings['rareThreshold'];
  const rareThreshold = typeof threshold === 'number' ? threshold : undefined;
  const isPrivate = draft.privacy.isOn;
  const decisions = useMemo(
    () =>
      client.generators.decide(
        source.id,
        {
          columns,
          primaryKey,
          subjectColumns,
          valueProtection,
          ...(rareThreshold !== undefined && { rareThreshold }),
          isPrivate,
        },
        source.version,
      ),
    [
      client,
      source.id,
      source.version,
      columns,
      primaryKey,
      subjectColumns,
      valueProtection,
      rareThreshold,
      isPrivate,
    ],
  );
  // The description is edited above, while the form is open.
  const { description } = generator.config;
  const config = useMemo(
    () => fromDraft(draft, description === undefined ? base : { ...base, description }),
    [draft, base, description],
  );
  const [saved, setSaved] = useState(base);
  // A setting that cannot be read for a moment changes no rule.
  if (config !== null && config !== saved) setSaved(config);
  const problem = useSaved(generator.id, config);
  const rows = sampledRows(
    table.rowCount,
    config && onlyTable(config).tabularModelConfiguration.maxSampleSize,
  );
  const fewRows = fewRowsWarning(rows);
  const learned = useMemo(
    () => table.columns.filter(({ name }) => decisions.get(name)?.role === 'feature'),
    [table, decisions],
  );
  const features = learned.length;
  const output = names.filter((name) => {
    const decision = decisions.get(name);
    return decision && isWritten({ name, decision });
  }).length;
  const subject = useMemo(
    () => decideSubject(table.columns, { primaryKey, subjectColumns }),
    [table, primaryKey, subjectColumns],
  );
  const missing = missingSubjectColumns(names, draft);
  const found = useMemo(
    () => decideSubject(table.columns, { primaryKey, subjectColumns: null }),
    [table, primaryKey],
  );
  const configuration = config && onlyTable(config).tabularModelConfiguration;
  const { privacy } = draft;
  const regenerates = !privacy.isOn || familyOf(privacy.engine).privacy!.regenerates;
  const regenerated = useMemo(
    () => names.filter((name) => regenerates && decisions.get(name)?.identifiesSubjects),
    [names, decisions, regenerates],
  );
  const exhausted = configuration && privacyProblem(configuration);
  const declare = (chosen: Subject['columns'] | null) => edit((old) => ({ ...old, subjectColumns: chosen }));
  const searchKey = useMemo(
    () => rulesDependOn(saved, table, learned, decisions),
    [saved, table, learned, decisions],
  );
  const isUnprotected = configuration ? lacksValueProtection(configuration) : !valueProtection;
  const warnings = [
    fewRows,
    output === 0 ? 'Every column is left out. Include at least one.' : null,
    config === null ? 'A setting below is out of its range.' : null,
    exhausted,
  ].filter((sentence) => sentence !== null);
  const editColumns = useCallback(
    (changed: readonly ColumnConfig[]) => {
      const configs = new Map(changed.map((config) => [config.name, config]));
      edit((old) => ({
        ...old,
        columns: old.columns.map((column) => configs.get(column.name) ?? column),
      }));
    },
    [edit],
  );
  const columnRows = useMemo(() => {
    const profiles = new Map(table.columns.map((profile) => [profile.name, profile]));
    const coordinates = coordinateColumns(table.columns);
    const converted = convertedColumns(table);
    return columns.map((config) => ({
      config,
      storageType: profiles.get(config.name)?.storageType ?? 'text',
      isCoordinate: coordinates.has(config.name),
      decision: decisions.get(config.name),
      profile: profiles.get(config.name),
      isConverted: converted.has(config.name),
    }));
  }, [table, columns, decisions]);

  return (
    <>
      <div className="flex flex-wrap items-center gap-4 rounded-xl border border-line bg-card p-4">
        <Button
          variant="primary"
          icon={Play}
          disabled={config === null || output === 0 || problem !== null || exhausted !== null}
          onClick={() => void trainGenerator(client, generator.id)}
        >
          Train
        </Button>
        <Button icon={Undo2} disabled={!canUndo} onClick={() => startTransition(undo)}>
          Undo
        </Button>
        <CheckField
          label="Then generate rows and their report"
          value={goesOn}
          onChange={(on) => preferences.set({ goesOn: on })}
        />
        <p className="basis-full text-sm text-ink-soft">Every setting below has a sensible default.</p>
        {configuration && privacy.isOn && (
          <p className="basis-full text-sm">
            <strong className="font-medium">{privacySummary(configuration)}</strong>{' '}
            {riskInWords(configuration)}
          </p>
        )}
      </div>
      <UnlearnedNotice
        className="mt-4"
        columns={columns.flatMap(({ name }) => {
          const decision = decisions.get(name);
          return decision ? [{ name, decision: regenerates ? decision : counted(decision) }] : [];
        })}
      />
      {warnings.map((sentence) => (
        <Notice key={sentence} tone="warning" className="mt-4">
          {sentence}
        </Notice>
      ))}
      {missing.length === 0 && (
        <SubjectNotices subject={subject} valueProtection={!isUnprotected} onDeclare={declare} />
      )}
      {problem !== null && (
        <Notice tone="error" className="mt-4">
          {problem}
        </Notice>
      )}

      <Section title="Name, key and people">
        <Card>
          <div className="grid gap-6 sm:grid-cols-2">
            <TextField
              label="Name of the generator"
              value={draft.name}
              maxLength={256}
              onChange={(name) => edit((old) => ({ ...old, name }))}
            />
            <SelectField
              label="Primary key"
              value={primaryKey ?? ''}
              options={[{ value: '', label: 'None' }, ...names.map((name) => ({ value: name, label: name }))]}
              onChange={(name) => edit((old) => ({ ...old, primaryKey: name === '' ? null : name }))}
              help="Not learned but written anew, so that no original key appears."
            />
            <SubjectField
              value={subjectColumns}
              found={found}
              names={names}
              missing={missing}
              onChange={declare}
            />
            {missing.length === 0 && (
              <div className="sm:pt-7">
                <SubjectFacts
                  subject={subject}
                  regenerated={regenerated}
                  isDeclared={subjectColumns !== null}
                />
              </div>
            )}
          </div>
        </Card>
      </Section>

      <Section title="Columns" about="Decided from every row. The reason stands beside each decision.">
        <ColumnTable
          primaryKey={primaryKey}
          regenerates={regenerates}
          rows={columnRows}
          onChange={editColumns}
        />
      </Section>

      {privacy.isOn && <PrivateRules added={draft.rules.added.length} />}
      {!privacy.isOn && features > 0 && rows >= MIN_ROWS && (
        <RulesEditor
          key={searchKey}
          generatorId={generator.id}
          columns={learned}
          rows={rows}
          settings={draft.rules}
          onChange={(change) => edit((old) => ({ ...old, rules: change(old.rules) }))}
        />
      )}

      <PrivacySection
        draft={privacy}
        subjects={subject?.subjects ?? rows}
        onChange={(next) => edit((old) => ({ ...old, privacy: next }))}
      />

      <Section title="Model">
        <ModelSettings
          draft={draft}
          otherSources={sources.filter(({ id }) => id !== source.id)}
          onChange={(next) => edit(() => next)}
        />
      </Section>
    </>
  );
}

/** The decision where columns that identify subjects are counted as others are. */
function counted({ identifiesSubjects: _none, ...decision }: EncodingDecision): EncodingDecision {
  return decision;
}

/** What the rules of a table depend on, as a key: other settings leave them as they are. */
function rulesDependOn(
  config: GeneratorConfig,
  { id, rowCount, columns: profiles }: SourceTable,
  learned: SourceTable['columns'],
  decisions: ReadonlyMap<string, EncodingDecision>,
): string {
  const columns = learned.map(({ name }) => [name, decisions.get(name)?.encodingType]);
  const table = onlyTable(config);
  const { valueProtection } = table.tabularModelConfiguration;
  const rows = trainingRows(config, rowCount, decideSubject(profiles, table));
  return JSON.stringify([id, columns, rows, valueProtection]);
}

/** Keeps every valid edit, so that it survives leaving the page; the sentence to show when it is refused. */
function useSaved(id: string, config: GeneratorConfig | null): string | null {
  const client = useClient();
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!config) return;
    try {
      client.generators.update(id, config);
      setProblem(null);
    } catch (error) {
      setProblem(errorText(error));
    }
  }, [client, id, config]);
  return problem;
}
