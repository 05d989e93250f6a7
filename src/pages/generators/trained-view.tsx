import { Facts, Section } from '../../components/card';
import { formatCount, formatDuration, formatFixed, formatNumber } from '../../components/format';
import { EmptyState } from '../../components/notice';
import type { StorageType } from '../../domain/columns';
import type { Generator, TrainingSummary } from '../../domain/generators';
import { type AuditState, auditStateOf } from '../../domain/model-audit';
import { capabilitiesOf } from '../../domain/model-configuration';
import { auditVerdict } from '../../domain/model-evidence';
import { onlyTable } from '../../domain/only-table';
import { privacySentences } from '../../domain/privacy-words';
import { asCounted, privacyOf, regeneratesIdentifiers } from '../../domain/private-training';
import type { Source } from '../../domain/sources';
import { regeneratedColumns } from '../../domain/subject-words';
import { learnsNothing } from '../../domain/unlearned-words';
import { isUnprotected } from '../../domain/unprotected';
import { createDataset } from '../actions';
import { useClient } from '../client-context';
import { convertedColumns } from '../columns/converted-columns';
import { PrivacyLedgerSection } from '../privacy-ledger';
import { datesOf } from '../rules/learned-columns';
import { RuleTable } from '../rules/rule-table';
import { GenerationForm } from '../synthetic-datasets/generation-form';
import { UnkeptNotice } from '../unkept-notice';
import { UnlearnedNotice } from '../unlearned-notice';
import { UnprotectedNotice } from '../unprotected-notice';
import { LevelMark } from '../verdict-words';
import { ColumnTable } from './column-table';
import { HiddenList } from './hidden-list';
import { SubjectFacts } from './subject-facts';
import { TrainingLog } from './training-log';

const STOPPED: Record<TrainingSummary['stoppedBy'], string> = {
  completed: 'fitted at once',
  'early-stopping': 'no further improvement',
  'privacy-guard': 'the privacy guard',
  'max-epochs': 'last epoch',
  'max-time': 'time limit',
  person: 'stopped by you',
};

/** A trained generator: generate with it, and see how the training went. */
export function TrainedView({ generator, source }: { generator: Generator; source: Source | undefined }) {
  const client = useClient();
  const table = onlyTable(generator.config);
  const { summary } = generator;
  const configuration = table.tabularModelConfiguration;
  const isPrivate = privacyOf(configuration) !== null;
  const isNothing = learnsNothing(onlyTable(generator).columns);
  const regenerates = regeneratesIdentifiers(configuration);
  const settings = new Map(table.columns.map((column) => [column.name, column]));
  const types = new Map(
    source && onlyTable(source).columns.map(({ name, storageType }) => [name, storageType]),
  );
  const profiles = new Map(source && onlyTable(source).columns.map((profile) => [profile.name, profile]));
  const converted = source && convertedColumns(onlyTable(source));
  return (
    <>
      {isUnprotected(generator.config) && <UnprotectedNotice when="result" />}
      <UnkeptNotice what="model" isKept={generator.tables.every(({ model }) => model !== undefined)} />
      <Section title="Generate rows" about="With this model, as often as you like.">
        <GenerationForm
          initial={client.syntheticDatasets.propose(generator.id)}
          anyOrder={capabilitiesOf(configuration).anyOrder}
          order={summary?.generationOrder ?? 'natural'}
          onGenerate={(config) => void createDataset(client, config)}
        />
      </Section>
      {summary && !isNothing && (
        <Section title="The training">
          <Facts
            items={[
              ['Took', formatDuration(summary.seconds)],
              ['Ended by', endOf(summary)],
              ...passFacts(summary.passes, isPrivate),
              rowFacts(summary),
              ['Parameters', formatCount(summary.parameters)],
              ['Computed by', summary.adapter],
            ]}
          />
          {(summary.differentialPrivacy ? [] : privacySentences(summary)).map((sentence) => (
            <p key={sentence} className="mt-4 text-sm text-ink-soft">
              {sentence}
            </p>
          ))}
          {generator.audit && <AuditLine audit={auditStateOf(generator.audit)} />}
          {summary.discriminator && (
            <p className="mt-2 text-sm text-ink-soft">{discriminatorSentence(summary.discriminator)}</p>
          )}
          {summary.rotations && (
            <p className="mt-2 text-sm text-ink-soft">{rotationsSentence(summary.rotations)}</p>
          )}
          <div className="mt-5">
            <SubjectFacts
              subject={onlyTable(generator).subject}
              regenerated={regenerates ? regeneratedColumns(onlyTable(generator).columns) : []}
              isDeclared={table.subjectColumns !== null}
            />
          </div>
          <HiddenList hidden={summary.hidden ?? []} least={table.tabularModelConfiguration.rareThreshold} />
          {generator.messages.length > 0 && (
            <div className="mt-5">
              <TrainingLog messages={generator.messages} bestEpoch={summary.passes?.bestEpoch} />
            </div>
          )}
        </Section>
      )}
      {summary?.differentialPrivacy && <PrivacyLedgerSection ledger={summary.differentialPrivacy} />}
      <TrainedRules generator={generator} types={types} />
      <Section title="Columns" about="As they were learned, or how they are written.">
        <UnlearnedNotice columns={asCounted(onlyTable(generator).columns, configuration)} className="mb-4" />
        <ColumnTable
          primaryKey={table.primaryKey}
          regenerates={regenerates}
          rows={onlyTable(generator).columns.map(({ name, decision }) => ({
            config: settings.get(name) ?? { name, included: false, modelEncodingType: 'AUTO' },
            storageType: types.get(name) ?? 'text',
            decision,
            profile: profiles.get(name),
            isConverted: converted?.has(name) ?? false,
          }))}
        />
      </Section>
    </>
  );
}

/** What passing the model on would tell. */
function AuditLine({ audit }: { readonly audit: AuditState }) {
  const { level, sentence } = auditVerdict(audit);
  return (
    <div className="mt-4 text-sm text-ink-soft">
      <p className="flex items-center gap-2">
        White-box audit: <LevelMark level={level} />
      </p>
      <p className="mt-1 max-w-prose">{sentence}</p>
    </div>
  );
}

function TrainedRules(props: {
  readonly generator: Generator;
  readonly types: ReadonlyMap<string, StorageType>;
}) {
  const { rules, columns } = onlyTable(props.generator);
  const { rules: settings, tabularModelConfiguration } = onlyTable(props.generator.config);
  const { find } = settings;
  const isPrivate = privacyOf(tabularModelConfiguration) !== null;
  // The source may be gone: then what a column was learned as tells.
  const dates = datesOf(
    columns.map(({ name, decision }) => ({
      name,
      storageType:
        props.types.get(name) ?? (decision.encodingType === 'TABULAR_DATETIME' ? 'datetime' : 'text'),
    })),
  );
  return (
    <Section title="Rules" about={isPrivate ? PRIVATE_RULES : RULES}>
      {rules.length > 0 ? (
        <RuleTable label="Rules of the model" rules={rules} dates={dates} isPrivate={isPrivate} />
      ) : (
        <EmptyState>
          {find && !isPrivate
            ? 'No rule was found that every row trained on keeps.'
            : 'No rules were looked for.'}
        </EmptyState>
      )}
    </Section>
  );
}

const RULES = 'Found in the rows trained on or added, and what becomes of them.';
const PRIVATE_RULES =
  'A private model keeps none: which relations hold in every row would be told without noise.';

function discriminatorSentence({ auc }: NonNullable<TrainingSummary['discriminator']>): string {
  return `Drawn rows could be told from rows held back (AUC ${formatFixed(auc, 3)}, chance is ${formatFixed(0.5, 1)}), so about every second drawn row is kept: those more like the original.`;
}

function rotationsSentence({ used, compared }: NonNullable<TrainingSummary['rotations']>): string {
  return `Rotated order draws in ${used} of ${compared} rotations of the columns: rows of the others could be told apart more easily.`;
}

/** What ended the training. */
function endOf({ stoppedBy, passes, differentialPrivacy }: TrainingSummary): string {
  const isDone = differentialPrivacy && passes && stoppedBy === 'completed';
  return isDone ? 'all planned updates' : STOPPED[stoppedBy];
}

/** A model that is fitted at once validates with no rows. */
function rowFacts({ rows: { training, validation }, passes }: TrainingSummary): [string, string] {
  return passes || validation > 0
    ? ['Rows trained / held back', `${formatCount(training)} / ${formatCount(validation)}`]
    : ['Rows used', formatCount(training)];
}

/** Nothing is validated in a private training, so none of its models is the best. */
function passFacts(passes: TrainingSummary['passes'], isPrivate: boolean): [string, string][] {
  if (!passes) return [];
  const tenths = (epochs: number) => formatNumber(Math.round(epochs * 10) / 10);
  return [
    [
      'Epochs',
      isPrivate ? tenths(passes.epochs) : `${tenths(passes.epochs)}, best ${tenths(passes.bestEpoch)}`,
    ],
    ...(isPrivate
      ? ([['Updates', formatCount(passes.steps)]] as [string, string][])
      : ([
          [
            'Validation loss',
            passes.validationLoss === null ? 'not known' : formatFixed(passes.validationLoss, 3),
          ],
        ] as [string, string][])),
    ['Rows per second', formatCount(passes.rowsPerSecond)],
  ];
}
