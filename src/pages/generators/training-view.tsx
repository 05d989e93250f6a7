import { Save } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '../../components/button';
import { Facts, Section } from '../../components/card';
import { formatCount, formatDuration, formatFixed, UNKNOWN } from '../../components/format';
import { EmptyState } from '../../components/notice';
import { useThrottled } from '../../components/pacing';
import { TextTable } from '../../components/table';
import type { Generator } from '../../domain/generators';
import { onlyTable } from '../../domain/only-table';
import { privacyOf, privacyTraitsOf } from '../../domain/private-training';
import { numericColumns, type Source } from '../../domain/sources';
import { showError } from '../actions';
import { useClient, useTrainingSample } from '../client-context';
import { canPause, pauseJob } from '../job-actions';
import { JobProgressPanel } from '../job-progress-panel';
import { currentStep } from '../job-steps';
import { formatEpoch, formatRate, TrainingLog } from './training-log';

const VALIDATED =
  'The training ends when the validation loss no longer falls, often long before the last epoch.';

/** Why a private training has no way to pause. */
const NO_PAUSE =
  'It cannot be paused: steps that were repeated with other noise would give away more than the guarantee says.';

/** A training while it runs. */
export function TrainingView({ generator, source }: { generator: Generator; source: Source | undefined }) {
  const client = useClient();
  const sample = useThrottled(useTrainingSample(generator.id), 500);
  const rows = useMemo(() => sample?.rows.slice(0, 10) ?? [], [sample]);
  const numeric = useMemo(() => numericColumns(source), [source]);
  const last = generator.messages.at(-1);
  const step = currentStep(generator.progress);
  const configuration = onlyTable(generator.config).tabularModelConfiguration;
  const privacy = privacyOf(configuration);
  const traits = privacyTraitsOf(configuration);
  const isGradual = traits?.isGradual ?? true;
  // A private training may count before it learns.
  const learned = last?.release === undefined ? last : undefined;
  const isStopping = generator.progress?.isStopping ?? false;
  const hasModel = isGradual && generator.messages.some(({ isCheckpoint }) => isCheckpoint);
  const stop = () => void client.generators.stop(generator.id).catch(showError);
  const job = generator.progress;
  const pause = job && canPause(job, [generator]) ? () => pauseJob(client, job) : null;
  // A private training has the button as long as it waits.
  const pauses = pause === null && privacy ? undefined : pause;
  const elapsed = last ? Math.max(last.totalTime, step?.elapsed ?? 0) : (step?.elapsed ?? null);
  return (
    <>
      <JobProgressPanel
        progress={generator.progress}
        waiting="Starting the engine"
        onCancel={() => void client.generators.cancel(generator.id).catch(showError)}
        onStop={hasModel && !isStopping ? stop : null}
        onPause={pauses}
      >
        {isGradual && (
          <Button icon={Save} disabled={!hasModel || isStopping} onClick={stop}>
            {isStopping ? 'Stopping…' : privacy ? 'Stop and keep the model' : 'Stop and keep best'}
          </Button>
        )}
      </JobProgressPanel>
      <p className="mt-3 text-sm text-ink-soft">
        {generator.goesOn ? 'A synthetic dataset and its report follow automatically. ' : ''}
        {traits?.training ?? VALIDATED}
        {privacy && pause === null && ` ${NO_PAUSE}`}
      </p>
      {generator.trainingStatus !== 'QUEUED' && (
        <>
          <div className="mt-6">
            <Facts
              items={[
                ...(isGradual
                  ? ([
                      ['Epoch', learned ? formatEpoch(learned.epoch) : UNKNOWN],
                      [privacy ? 'Updates' : 'Steps', formatCount(learned?.steps ?? null)],
                      ['Rows seen', formatCount(learned?.samples ?? null)],
                    ] as const)
                  : ([['Releases', formatCount(last?.steps ?? null)]] as const)),
                ...(privacy
                  ? ([
                      [
                        'ε spent / allowed',
                        `${formatFixed(last?.epsilon ?? 0, last?.epsilon === undefined ? 0 : 3)} / ${privacy.maxEpsilon}`,
                      ],
                    ] as const)
                  : ([
                      ['Training loss', formatFixed(last?.trainingLoss, 3)],
                      ['Validation loss', formatFixed(last?.validationLoss, 3)],
                    ] as const)),
                ...(isGradual
                  ? ([['Learning rate', formatRate(learned?.learningRate ?? null)]] as const)
                  : []),
                ['Elapsed', formatDuration(elapsed)],
                ...(privacy && step?.remaining
                  ? ([
                      ['Time left', step.remaining < 1 ? 'Almost done' : formatDuration(step.remaining)],
                    ] as const)
                  : []),
                ['Computed by', generator.backend ?? UNKNOWN],
              ]}
            />
          </div>
          <Section
            title={privacy ? 'Differential privacy' : 'Loss'}
            about={
              privacy
                ? 'What the training may have given away of each subject so far. No loss is shown: it would tell of rows without noise.'
                : 'Nats per row; lower is better. Validation rows are never trained on.'
            }
          >
            <TrainingLog messages={generator.messages} isPrivate={privacy !== null} isRunning />
          </Section>
          {isGradual && (
            <Section
              title="Rows as the model draws them now"
              about="They begin as noise and come to look like your table."
            >
              {sample ? (
                <TextTable
                  label="Rows drawn during training"
                  columns={sample.columns}
                  rows={rows}
                  numeric={numeric}
                />
              ) : (
                <EmptyState>
                  {privacy
                    ? 'The first rows appear after the first updates.'
                    : 'The first rows appear after the first epoch.'}
                </EmptyState>
              )}
            </Section>
          )}
        </>
      )}
    </>
  );
}
