import { Save } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '../../components/button';
import { Facts, Section } from '../../components/card';
import { formatCount, formatDuration, UNKNOWN } from '../../components/format';
import { EmptyState } from '../../components/notice';
import { useThrottled } from '../../components/pacing';
import { TextTable } from '../../components/table';
import type { Generator } from '../../domain/generators';
import { numericColumns, type Source } from '../../domain/sources';
import { showError, useActivity } from '../actions';
import { useClient, useTrainingSample } from '../client-context';
import { JobProgressPanel } from '../job-progress-panel';
import { currentStep } from '../job-steps';
import { TrainingLog } from './training-log';

/** A training while it runs. */
export function TrainingView({ generator, source }: { generator: Generator; source: Source | undefined }) {
  const client = useClient();
  const followUp = useActivity((activity) => activity.followUp.has(generator.id));
  const sample = useThrottled(useTrainingSample(generator.id), 500);
  const rows = useMemo(() => sample?.rows.slice(0, 10) ?? [], [sample]);
  const numeric = useMemo(() => numericColumns(source), [source]);
  const last = generator.messages.at(-1);
  const step = currentStep(generator.progress);
  const isPrivate = last?.epsilon !== undefined;
  return (
    <>
      <JobProgressPanel
        progress={generator.progress}
        waiting="Starting the engine"
        onCancel={() => void client.generators.cancel(generator.id).catch(showError)}
      >
        <Button
          icon={Save}
          disabled={!generator.messages.some(({ isCheckpoint }) => isCheckpoint)}
          onClick={() => void client.generators.stop(generator.id).catch(showError)}
        >
          Stop and keep best
        </Button>
      </JobProgressPanel>
      <p className="mt-3 text-sm text-ink-soft">
        {followUp ? 'A synthetic dataset and its report follow automatically. ' : ''}
        {isPrivate
          ? 'The training ends before it would spend more than the ε allowed.'
          : 'The training ends when the validation loss no longer falls, often long before the last epoch.'}
      </p>
      <div className="mt-6">
        <Facts
          items={[
            ['Epoch', last ? String(Math.round(last.epoch * 10) / 10) : UNKNOWN],
            ['Steps', formatCount(last?.steps ?? null)],
            ['Rows seen', formatCount(last?.samples ?? null)],
            ...(isPrivate
              ? ([['ε spent', last.epsilon.toFixed(3)]] as const)
              : ([
                  ['Training loss', last?.trainingLoss?.toFixed(3) ?? UNKNOWN],
                  ['Validation loss', last?.validationLoss?.toFixed(3) ?? UNKNOWN],
                ] as const)),
            ['Learning rate', last ? last.learningRate.toExponential(1) : UNKNOWN],
            [
              'Elapsed',
              formatDuration(last ? Math.max(last.totalTime, step?.elapsed ?? 0) : (step?.elapsed ?? null)),
            ],
            ['Computed by', generator.backend ?? UNKNOWN],
          ]}
        />
      </div>
      <Section
        title={isPrivate ? 'Differential privacy' : 'Loss'}
        about={
          isPrivate
            ? 'What the training may have given away of each subject so far.'
            : 'Nats per row; lower is better. Validation rows are never trained on.'
        }
      >
        <TrainingLog messages={generator.messages} />
      </Section>
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
          <EmptyState>The first rows appear after the first epoch.</EmptyState>
        )}
      </Section>
    </>
  );
}
