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

/**
 * The loss over the epochs, or the ε of a private training over its updates or releases, as a chart, with the log as its
 * table. Redrawn at most twice a second.
 */
export const TrainingLog = memo(function TrainingLog(props: {
  readonly messages: readonly TrainingMessage[];
  /** A training with differential privacy, of which there is no message yet. */
  readonly isPrivate?: boolean;
}) {
  const all = useThrottled(props.messages, 500);
  const last = all.at(-1);
  const isAtOnce = last?.release !== undefined;
  // A training may first count with noise and then learn: what it does now is shown.
  const messages = useMemo(
    () => all.filter(({ release }) => (release !== undefined) === isAtOnce),
    [all, isAtOnce],
  );
  const points = useMemo(
    () =>
      thin(
        messages.filter(
          ({ validationLoss, trainingLoss, epsilon }) =>
            validationLoss !== null || trainingLoss !== null || epsilon !== undefined,
        ),
      ).map((message) => ({
        epoch: message.epoch,
        steps: message.steps,
        training: message.trainingLoss,
        validation: message.validationLoss,
        epsilon: message.epsilon ?? null,
      })),
    [messages],
  );
  const isPrivate = props.isPrivate || last?.epsilon !== undefined;
  const step = isAtOnce ? 'release' : 'update';
  return (
    <div className="rounded-xl border border-line bg-card p-4">
      {points.length < 2 ? (
        <p className="flex h-75 items-center justify-center text-sm text-ink-soft">
          {isPrivate
            ? 'The curve appears once ε has been spent twice.'
            : 'The curve appears after the second epoch.'}
        </p>
      ) : (
        <LineChart
          label={isPrivate ? `ε spent by ${step}` : 'Training and validation loss per epoch'}
          points={points}
          x={isPrivate ? 'steps' : 'epoch'}
          xLabel={isPrivate ? (isAtOnce ? 'Releases' : 'Updates') : 'Epoch'}
          series={isPrivate ? PRIVATE_SERIES : SERIES}
          formatX={isPrivate ? formatCount : formatEpoch}
          formatY={(value) => value.toFixed(2)}
        />
      )}
      <ChartData
        label="the training log"
        columns={columnsOf(last)}
        rows={() => messages.slice(-MAX_ROWS).map(cellsOf)}
      />
    </div>
  );
});

function formatEpoch(epoch: number): string {
  return String(Math.round(epoch * 10) / 10);
}

/** A private training has no losses and no best model; one that is fitted at once has releases instead of updates. */
function columnsOf(last: TrainingMessage | undefined): string[] {
  if (last?.release !== undefined) return ['Released', 'Releases', 'ε spent', 'Time'];
  return last?.epsilon === undefined
    ? ['Epoch', 'Steps', 'Rows seen', 'Training', 'Validation', 'Learning rate', 'Time', 'Best']
    : ['Epoch', 'Updates', 'Rows seen', 'ε spent', 'Learning rate', 'Time'];
}

function cellsOf(message: TrainingMessage): string[] {
  const { epoch, steps, samples, epsilon, trainingLoss, validationLoss, release } = message;
  const time = formatDuration(message.totalTime);
  if (release !== undefined)
    return [sentenceCase(release), formatCount(steps), epsilon?.toFixed(3) ?? UNKNOWN, time];
  const rate = formatRate(message.learningRate);
  const seen = [formatEpoch(epoch), formatCount(steps), formatCount(samples)];
  return epsilon === undefined
    ? [
        ...seen,
        trainingLoss?.toFixed(4) ?? UNKNOWN,
        validationLoss?.toFixed(4) ?? UNKNOWN,
        ...[rate, time, message.isCheckpoint ? 'kept' : ''],
      ]
    : [...seen, epsilon.toFixed(3), rate, time];
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "1.0e-3" */
export function formatRate(rate: number | null): string {
  return rate === null ? UNKNOWN : rate.toExponential(1);
}
