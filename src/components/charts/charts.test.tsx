import { describe, expect, it } from 'vitest';
import { drawingOf } from '../../testing/drawing';
import { AccuracyMap } from './accuracy-map';
import { CurveChart } from './curve-chart';
import { Histogram } from './histogram';
import { LineChart } from './line-chart';
import { PairMaps } from './pair-maps';
import { ShareBars } from './share-bars';
import { ShareHistogram } from './share-histogram';

const SERIES = [
  { key: 'a', name: 'Training', color: 'var(--original)' },
  { key: 'b', name: 'Validation', color: 'var(--synthetic)', dashed: true },
];
const POINTS = [
  { at: 0, a: 0, b: null },
  { at: 5, a: 0.5, b: 0.25 },
  { at: 10, a: 1, b: 0.75 },
];

describe('charts', () => {
  it('AccuracyMap: a cell a pair with both names, amber by what it lacks, none where nothing was computed', async () => {
    expect(
      await drawingOf(
        <AccuracyMap
          label="Accuracy"
          columns={['age', 'a name of more than 22 letters']}
          values={[1, 0.75, 0.75, Number.NaN]}
          lowest={0.5}
          marked={[0, 1]}
        />,
      ),
    ).toMatchSnapshot();
  });

  it('PairMaps: three maps with names of values, fewer synthetic rows with a stroke, legends', async () => {
    expect(
      await drawingOf(
        <PairMaps
          label="age by city"
          down={{ name: 'age', labels: ['young', 'old'] }}
          across={{ name: 'city', labels: ['Bern'] }}
          original={[0.75, 0.25]}
          synthetic={[0.7, 0.3]}
          limit={0.1}
        />,
      ),
    ).toMatchSnapshot();
  });

  it('Histogram: the tallest bar fills the height, a rare one is seen, an empty one is not', async () => {
    expect(
      await drawingOf(<Histogram label="Histogram of age" counts={[1_000, 500, 1, 0]} />),
    ).toMatchSnapshot();
  });

  it('Histogram: nothing but a base line without bars', async () => {
    expect(await drawingOf(<Histogram label="Histogram of age" counts={[]} />)).toMatchSnapshot();
  });

  it('ShareBars: a light bar with a dark mark for every value, numbers beside, paler what is no value', async () => {
    expect(
      await drawingOf(
        <ShareBars
          label="Distribution of city"
          labels={['Bergen', '(other)']}
          original={[0.6, 0.4]}
          synthetic={[0.5, 0.5]}
          isMuted={(label) => label === '(other)'}
        />,
      ),
    ).toMatchSnapshot();
  });

  it('ShareHistogram: a light area, a dark line of steps, axes with units, the empty share at the end', async () => {
    expect(
      await drawingOf(
        <ShareHistogram
          label="Distribution of age"
          edges={[0, 50, 100]}
          formatEdge={String}
          original={[0.5, 0.4]}
          synthetic={[0.6, 0.35]}
          missing={{ original: 0.1, synthetic: 0.05 }}
          axis="years"
        />,
      ),
    ).toMatchSnapshot();
  });

  it('CurveChart: a line a series from 0 to 100 %, round ticks, a legend', async () => {
    expect(
      await drawingOf(
        <CurveChart
          label="Shares by distance"
          points={POINTS}
          x="at"
          xLabel="Distance"
          series={SERIES}
          formatX={String}
        />,
      ),
    ).toMatchSnapshot();
  });

  it.each([
    ['a series that begins later', POINTS],
    ['a flat one', POINTS.map(({ at }) => ({ at, a: 2, b: 2 }))],
  ])('LineChart: %s', async (_, points) => {
    expect(
      await drawingOf(
        <LineChart
          label="Loss by epoch"
          points={points}
          x="at"
          xLabel="Epoch"
          series={SERIES}
          formatX={String}
          formatY={(value) => value.toFixed(2)}
        />,
      ),
    ).toMatchSnapshot();
  });
});
