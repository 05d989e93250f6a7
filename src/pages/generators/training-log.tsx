import { memo, useMemo } from 'react';
import { LineChart } from '../../components/charts/line-chart';
import { thin } from '../../components/charts/shape';
import { formatCount, formatDuration, UNKNOWN } from '../../components/format';
import { useThrottled } from '../../components/pacing';
import { ChartData } from '../../components/table';
import type { TrainingMessage } from '../../domain/job';

/** Lines of the log that its table shows, the newest. */
const MAX_ROWS = 200;

const SERIES = [
  { key: 'training', name: 'Training', color: 'var(--original)', dashed: true },
  { key: 'validation', name: 'Validation', color: 'var(--synthetic)' },
] as const;
/** Of a private training, which shows no loss. */
const PRIVATE_SERIES = [{ key: 'epsilon', name: 'ε spent', color: 'var(--synthetic)' }] as const;

/** The loss over the epochs, or the ε of a private training, as a chart, with the log as its table. Redrawn at most twice a second. */
export const TrainingLog = memo(function TrainingLog(props: {
  readonly messages: readonly TrainingMessage[];
}) {
  const messages = useThrottled(props.messages, 500);
  const points = useMemo(
    () =>
      thin(
        messages.filter(
          ({ validationLoss, trainingLoss, epsilon }) =>
            validationLoss !== null || trainingLoss !== null || epsilon !== undefined,
        ),
      ).map((message) => ({
        epoch: message.epoch,
        training: message.trainingLoss,
        validation: message.validationLoss,
        epsilon: message.epsilon ?? null,
      })),
    [messages],
  );
  const isPrivate = messages.at(-1)?.epsilon !== undefined;
  return (
    <div className="rounded-xl border border-line bg-card p-4">
      {points.length < 2 ? (
        <p className="flex h-75 items-center justify-center text-sm text-ink-soft">
          The curve appears after the second epoch.
        </p>
      ) : (
        <LineChart
          label={isPrivate ? 'ε spent per epoch' : 'Training and validation loss per epoch'}
          points={points}
          x="epoch"
          xLabel="Epoch"
          series={isPrivate ? PRIVATE_SERIES : SERIES}
          formatX={formatEpoch}
          formatY={(value) => value.toFixed(2)}
        />
      )}
      <ChartData
        label="the training log"
        columns={[
          ...['Epoch', 'Steps', 'Rows seen'],
          ...(isPrivate ? ['ε spent'] : ['Training', 'Validation']),
          ...['Learning rate', 'Time', 'Best'],
        ]}
        rows={() => messages.slice(-MAX_ROWS).map(cellsOf)}
      />
    </div>
  );
});

function formatEpoch(epoch: number): string {
  return String(Math.round(epoch * 10) / 10);
}

function cellsOf(message: TrainingMessage): string[] {
  return [
    formatEpoch(message.epoch),
    formatCount(message.steps),
    formatCount(message.samples),
    ...(message.epsilon === undefined
      ? [message.trainingLoss?.toFixed(4) ?? UNKNOWN, message.validationLoss?.toFixed(4) ?? UNKNOWN]
      : [message.epsilon.toFixed(3)]),
    message.learningRate.toExponential(1),
    formatDuration(message.totalTime),
    message.isCheckpoint ? 'kept' : '',
  ];
}
