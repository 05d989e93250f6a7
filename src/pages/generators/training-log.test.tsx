import { act, fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Generator } from '../../domain/generators';
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
  expect(screen.getByRole('img', { name: 'ε spent per epoch' })).toBeTruthy();
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

it.each([
  [message(1, { trainingLoss: 2, validationLoss: 2.1 }), 'Validation loss', /no longer falls/],
  [message(1, { epsilon: 1.2345 }), 'ε spent', /more than the ε allowed/],
])('says of a training what ends it', (last, fact, end) => {
  const generator = { id: 'g', messages: [last], progress: null, backend: null };
  renderPage(<TrainingView generator={generator as unknown as Generator} source={undefined} />);
  expect(screen.getAllByText(fact)).not.toHaveLength(0);
  expect(screen.getByText(end)).toBeDefined();
});
