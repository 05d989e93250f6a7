import { lazy, Suspense, useMemo } from 'react';
import { thin } from '../../components/charts/shape';
import { formatCount, formatDuration, UNKNOWN } from '../../components/format';
import { Loading } from '../../components/notice';
import { ScrollArea } from '../../components/scroll-area';
import { useThrottled } from '../../components/use-throttled';
import type { TrainingMessage } from '../../domain/generators';

const LineChart = lazy(async () => ({
  default: (await import('../../components/charts/line-chart')).LineChart,
}));

const SERIES = [
  { key: 'training', name: 'Training', color: 'var(--original)', dashed: true },
  { key: 'validation', name: 'Validation', color: 'var(--synthetic)' },
] as const;

/** The loss over the epochs as a chart, with the log as its table. Redrawn at most twice a second. */
export function TrainingLog({ messages }: { messages: readonly TrainingMessage[] }) {
  const shown = useThrottled(messages, 500);
  const points = useMemo(
    () =>
      thin(
        shown.filter(({ validationLoss, trainingLoss }) => validationLoss !== null || trainingLoss !== null),
      ).map((message) => ({
        epoch: message.epoch,
        training: message.trainingLoss,
        validation: message.validationLoss,
      })),
    [shown],
  );
  return (
    <div className="rounded-xl border border-line bg-card p-4">
      {points.length < 2 ? (
        <p className="flex h-64 items-center justify-center text-sm text-ink-soft">
          The curve appears after the second epoch.
        </p>
      ) : (
        <Suspense fallback={<Loading what="Opening the chart" />}>
          <LineChart
            label="Training and validation loss per epoch"
            points={points}
            x="epoch"
            xLabel="Epoch"
            series={SERIES}
            formatX={(value) => String(Math.round(value * 10) / 10)}
            formatY={(value) => value.toFixed(2)}
          />
        </Suspense>
      )}
      <details className="mt-2 text-sm">
        <summary className="text-ink-soft">The numbers behind the chart</summary>
        <MessageTable messages={shown} />
      </details>
    </div>
  );
}

function MessageTable({ messages }: { messages: readonly TrainingMessage[] }) {
  return (
    <ScrollArea label="Training log" className="mt-2 max-h-80 overflow-auto">
      <table className="w-full min-w-xl text-right">
        <thead className="sticky top-0 bg-card text-ink-soft">
          <tr>
            {[
              'Epoch',
              'Steps',
              'Rows seen',
              'Training loss',
              'Validation loss',
              'Learning rate',
              'Time',
              'Best',
            ].map((title) => (
              <th key={title} scope="col" className="px-2 py-1 font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {messages.slice(-MAX_ROWS).map((message) => (
            <tr key={`${message.epoch} ${message.steps}`} className="border-t border-line/60">
              <td className="px-2 py-1">{Math.round(message.epoch * 10) / 10}</td>
              <td className="px-2 py-1">{formatCount(message.steps)}</td>
              <td className="px-2 py-1">{formatCount(message.samples)}</td>
              <td className="px-2 py-1">{message.trainingLoss?.toFixed(4) ?? UNKNOWN}</td>
              <td className="px-2 py-1">{message.validationLoss?.toFixed(4) ?? UNKNOWN}</td>
              <td className="px-2 py-1">{message.learningRate.toExponential(1)}</td>
              <td className="px-2 py-1">{formatDuration(message.totalTime)}</td>
              <td className="px-2 py-1">{message.isCheckpoint ? 'kept' : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

/** Lines of the log that are kept on the page. */
const MAX_ROWS = 200;
