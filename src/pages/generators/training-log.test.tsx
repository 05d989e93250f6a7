import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Generator } from '../../domain/generators';
import type { TrainingMessage } from '../../domain/job';
import { renderPage } from '../testing/render-page';
import { TrainingLog } from './training-log';
import { TrainingView } from './training-view';

function message(own: Partial<TrainingMessage>): TrainingMessage {
  return {
    ...{ epoch: 1, isCheckpoint: true, steps: 10, samples: 100, trainingLoss: 2, validationLoss: 2.1 },
    ...{ totalTime: 1, learningRate: 0.001, ...own },
  };
}

const PRIVATE = message({ trainingLoss: null, validationLoss: null, epsilon: 1.2345 });

it('says why there is no curve', () => {
  const { unmount } = renderPage(<TrainingLog messages={[message({})]} />);
  expect(screen.getByText(/appears after the second epoch/)).toBeDefined();
  unmount();
  renderPage(<TrainingLog messages={[PRIVATE, PRIVATE, PRIVATE]} />);
  expect(screen.getByText(/private training shows no loss/)).toBeDefined();
});

it.each([
  [message({}), 'Validation loss', /ends when the validation loss no longer falls/],
  [PRIVATE, 'ε spent', /as many steps as its ε allows/],
])('says of a training what ends it', (last, fact, end) => {
  const generator = { id: 'g', messages: [last], progress: null, backend: null };
  renderPage(<TrainingView generator={generator as unknown as Generator} source={undefined} />);
  expect(screen.getAllByText(fact)).not.toHaveLength(0);
  expect(screen.getByText(end)).toBeDefined();
});
