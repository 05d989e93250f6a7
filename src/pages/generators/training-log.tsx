import { memo, useMemo, useRef } from 'react';
import { LineChart } from '../../components/charts/line-chart';
import { steadyRange, thin } from '../../components/charts/shape';
import { formatCount, formatDuration, formatFixed, UNKNOWN } from '../../components/format';
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
  /** More messages come: the axes leave room for them, and move rarely. */
  readonly isRunning?: boolean;
  /** Epoch of the model that was kept at last; by default that of the last message of a better one. */
  readonly bestEpoch?: number | undefined;
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
  const x = isPrivate ? 'steps' : 'epoch';
  const range = useSteadyRange(
    points,
    x,
    isPrivate ? ['epsilon'] : ['training', 'validation'],
    props.isRunning,
  );
  const best = isPrivate ? null : bestOf(messages, props.bestEpoch);
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
          x={x}
          {...(range && { range })}
          mark={best && { ...best, name: `Best: epoch ${formatEpoch(best.x)}` }}
          xLabel={isPrivate ? (isAtOnce ? 'Releases' : 'Updates') : 'Epoch'}
          series={isPrivate ? PRIVATE_SERIES : SERIES}
          formatX={isPrivate ? formatCount : formatEpoch}
          formatY={(value) => formatFixed(value, 2)}
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

type Point = Readonly<Record<string, number | null>>;

/** Ranges of both axes that change rarely while points come in; null where the points alone say. */
function useSteadyRange(points: readonly Point[], x: string, keys: readonly string[], isRunning = false) {
  const before = useRef<{ readonly key: string; readonly x: Range; readonly y: Range } | null>(null);
  const ys = points.flatMap((point) => keys.map((key) => point[key] ?? null)).filter((y) => y !== null);
  if (!isRunning || points.length < 2 || ys.length === 0) return null;
  const key = [x, ...keys].join();
  const known = before.current?.key === key ? before.current : null;
  const first = points[0]![x] ?? 0;
  const end = steadyRange(first, points.at(-1)![x] ?? 0, known?.x ?? null)[1];
  const y = steadyRange(Math.min(...ys), Math.max(...ys), known?.y ?? null);
  before.current = { key, x: [known?.x[0] ?? first, end], y };
  return before.current;
}

type Range = readonly [low: number, high: number];

/** The point of the model that is kept, as the log knows it. */
function bestOf(
  messages: readonly TrainingMessage[],
  bestEpoch: number | undefined,
): { readonly x: number; readonly y: number } | null {
  const validated = messages.filter(({ validationLoss }) => validationLoss !== null);
  const best =
    bestEpoch === undefined
      ? validated.findLast(({ isCheckpoint }) => isCheckpoint)
      : validated.find(({ epoch }) => Math.abs(epoch - bestEpoch) < 1e-6);
  return best ? { x: best.epoch, y: best.validationLoss! } : null;
}

/** "12", "3.5" */
export function formatEpoch(epoch: number): string {
  return formatFixed(epoch, Number.isInteger(Math.round(epoch * 10) / 10) ? 0 : 1);
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
    return [sentenceCase(release), formatCount(steps), formatFixed(epsilon, 3), time];
  const rate = formatRate(message.learningRate);
  const seen = [formatEpoch(epoch), formatCount(steps), formatCount(samples)];
  return epsilon === undefined
    ? [
        ...seen,
        formatFixed(trainingLoss, 4),
        formatFixed(validationLoss, 4),
        ...[rate, time, message.isCheckpoint ? 'kept' : ''],
      ]
    : [...seen, formatFixed(epsilon, 3), rate, time];
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "1.0e-3" */
export function formatRate(rate: number | null): string {
  return rate === null ? UNKNOWN : rate.toExponential(1);
}
