import { act, fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { type Generator, GeneratorConfig } from '../../domain/generators';
import type { TrainingMessage } from '../../domain/job';
import { renderPage } from '../testing/render-page';
import { TrainingLog } from './training-log';
import { TrainingView } from './training-view';

const message = (epoch: number, of: Partial<TrainingMessage>): TrainingMessage => ({
  ...{ epoch, isCheckpoint: true, steps: 10 * epoch, samples: 100 * epoch, totalTime: epoch },
  ...{ trainingLoss: null, validationLoss: null, learningRate: 0.001 },
  ...of,
});

it('shows the ε of a private training, and the losses of any other', () => {
  const { container } = renderPage(
    <TrainingLog messages={[message(1, { epsilon: 0.75 }), message(2, { epsilon: 1.5 })]} />,
  );
  expect(screen.getByRole('img', { name: 'ε spent by update' })).toBeTruthy();
  const details = container.querySelector('details')!;
  act(() => {
    details.open = true;
  });
  fireEvent(details, new Event('toggle'));
  const headers = () => screen.getAllByRole('columnheader').map(({ textContent }) => textContent);
  expect(headers()).toContain('ε spent');
  expect(headers()).not.toContain('Validation');
  expect(screen.getByRole('cell', { name: '1.500' })).toBeTruthy();
});

it('shows losses of a training without differential privacy', () => {
  const losses = { trainingLoss: 2, validationLoss: 2.5 };
  renderPage(<TrainingLog messages={[message(1, losses), message(2, losses)]} />);
  expect(screen.getByRole('img', { name: 'Training and validation loss per epoch' })).toBeTruthy();
});

it('marks the best epoch: the last better model, or the one that was kept', () => {
  const losses = [3, 2, 2.5].map((validationLoss, i) =>
    message(i + 1, { trainingLoss: 2, validationLoss, isCheckpoint: i < 2 }),
  );
  const { unmount } = renderPage(<TrainingLog messages={losses} isRunning />);
  expect(screen.getByText('Best: epoch 2')).toBeTruthy();
  unmount();
  renderPage(<TrainingLog messages={losses} bestEpoch={1} />);
  expect(screen.getByText('Best: epoch 1')).toBeTruthy();
});

it('keeps its axes while messages come in, and lets none of them leave the chart', () => {
  vi.useFakeTimers();
  const losses = Array.from({ length: 40 }, (_, i) =>
    message(i + 1, { trainingLoss: 2 + 1 / (i + 1), validationLoss: 2.2 + 1 / (i + 1) }),
  );
  const axes = new Set<string>();
  const page = (messages: TrainingMessage[]) => <TrainingLog messages={messages} isRunning />;
  const { container, rerender } = render(page(losses.slice(0, 2)));
  for (let count = 2; count <= losses.length; count++) {
    rerender(page(losses.slice(0, count)));
    act(() => void vi.advanceTimersByTime(1000));
    const labels = [...container.querySelectorAll('figure [aria-hidden] > span')].map(
      (span) => span.textContent,
    );
    axes.add(labels.join(' '));
    const drawn = [...container.querySelectorAll('path')].flatMap((path) =>
      path
        .getAttribute('d')!
        .match(/[\d.-]+/g)!
        .map(Number),
    );
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(100);
  }
  expect(axes.size).toBeLessThan(12);
  vi.useRealTimers();
});

it('shows what was released by a model that is fitted at once', () => {
  const released = (steps: number, release: string, epsilon: number) =>
    message(0, { steps, release, epsilon, learningRate: null, isCheckpoint: false });
  const { container } = renderPage(
    <TrainingLog messages={[released(9, 'categories', 0.9), released(14, 'values of columns', 1.4)]} />,
  );
  expect(screen.getByRole('img', { name: 'ε spent by release' })).toBeTruthy();
  const details = container.querySelector('details')!;
  act(() => {
    details.open = true;
  });
  fireEvent(details, new Event('toggle'));
  const cells = screen
    .getAllByRole('row')
    .map((row) => [...row.children].map(({ textContent }) => textContent));
  expect(cells[0]).toEqual(['Released', 'Releases', 'ε spent', 'Time']);
  expect(cells[2]!.slice(0, 3)).toEqual(['Values of columns', '14', '1.400']);
});

it('shows what a training does now that first counted with noise', () => {
  const counted = message(0, { steps: 900, release: 'pairs', epsilon: 0.5, learningRate: null });
  renderPage(
    <TrainingLog messages={[counted, message(1, { epsilon: 0.75 }), message(2, { epsilon: 1.5 })]} />,
  );
  expect(screen.getByRole('img', { name: 'ε spent by update' })).toBeTruthy();
  expect(screen.queryByText('900')).toBeNull();
});

const neural = { differentialPrivacy: { maxEpsilon: 4, valueProtectionEpsilon: null } };
const counts = { model: 'marginals', maxEpsilon: 2 };

it.each([
  [
    'plain',
    {},
    message(1, { trainingLoss: 2, validationLoss: 2.1 }),
    ['Validation loss', '2.100'],
    /no longer falls/,
  ],
  ['plain, before the first message', {}, undefined, ['Validation loss'], /no longer falls/],
  [
    'neural and private',
    neural,
    message(1, { epsilon: 1.2345 }),
    ['ε spent / allowed', '1.234 / 4', 'Updates'],
    /updates on the private rows follow/,
  ],
  [
    'neural and private, before the first message',
    neural,
    undefined,
    ['0 / 4', 'Updates'],
    /updates on the private rows follow/,
  ],
  [
    'private counts',
    counts,
    message(0, { epsilon: 1.5, release: 'values of columns', learningRate: null }),
    ['1.500 / 2', 'Releases'],
    /until ε is spent/,
  ],
  [
    'neural and private, while it counts first',
    neural,
    message(0, { steps: 900, epsilon: 0.5, release: 'pairs', learningRate: null }),
    ['0.500 / 4', 'Updates', '–'],
    /updates on the private rows follow/,
  ],
  ['private counts, before the first message', counts, undefined, ['0 / 2', 'Releases'], /until ε is spent/],
])('says what ends a training and what it has spent: %s', (_name, settings, last, facts, end) => {
  const config = GeneratorConfig.parse({
    name: 'g',
    tables: [{ name: 't', sourceId: 's', tableId: 't', columns: [], tabularModelConfiguration: settings }],
  });
  const generator = { id: 'g', config, messages: last ? [last] : [], progress: null, backend: null };
  renderPage(<TrainingView generator={generator as unknown as Generator} source={undefined} />);
  for (const fact of facts) expect(screen.getAllByText(fact)).not.toHaveLength(0);
  expect(screen.getByText(end)).toBeDefined();
  const isPrivate = Object.keys(settings).length > 0;
  const words = document.body.textContent!;
  expect(/validation loss|Training loss|keep best/i.test(words)).toBe(!isPrivate);
  expect(screen.queryByRole('button', { name: /Stop and keep/ }) === null).toBe(settings === counts);
});

it('says that it is stopping, and offers it once', () => {
  const config = GeneratorConfig.parse({
    name: 'g',
    tables: [{ name: 't', sourceId: 's', tableId: 't', columns: [] }],
  });
  const progress = { steps: [], waitsFor: null, isStopping: true };
  const generator = { id: 'g', config, messages: [message(1, {})], progress, backend: null };
  renderPage(<TrainingView generator={generator as unknown as Generator} source={undefined} />);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Stopping…' }).disabled).toBe(true);
  expect(screen.queryByRole('button', { name: /Stop and keep/ })).toBeNull();
});
