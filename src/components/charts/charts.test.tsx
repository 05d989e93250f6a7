import { describe, expect, it } from 'vitest';
import { drawingOf } from '../../testing/drawing';
import { DensityChart } from './density-chart';
import { HeatMap } from './heat-map';
import { Histogram } from './histogram';
import { LineChart } from './line-chart';
import { PairedBars } from './paired-bars';

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
  it('HeatMap: a cell a value, row by row, none where there is nothing to see', async () => {
    expect(
      await drawingOf(
        <HeatMap
          label="a by b"
          rows={2}
          columns={3}
          values={[0, 0.25, 1.5, 1, Number.NaN, 0.5]}
          color="var(--original)"
        />,
      ),
    ).toMatchSnapshot();
  });

  it('HeatMap: every cell where cells have titles', async () => {
    const titleOf = (row: number, column: number) => `${row} × ${column}`;
    expect(
      await drawingOf(
        <HeatMap
          label="a by b"
          rows={1}
          columns={2}
          values={[0, 1]}
          color="var(--difference)"
          titleOf={titleOf}
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

  it('PairedBars: original above synthetic, the difference at its end, as many as asked for', async () => {
    expect(
      await drawingOf(
        <PairedBars
          label="Distribution of city"
          labels={['Bergen', 'Lisboa', 'Zürich']}
          original={[0.5, 0.3, 0.2]}
          synthetic={[0.4, 0.4, 0.2]}
          limit={2}
        />,
      ),
    ).toMatchSnapshot();
  });

  it('DensityChart: two lines and the band between them', async () => {
    expect(
      await drawingOf(
        <DensityChart
          label="Distribution of age"
          x={[0, 50, 100]}
          original={[0, 1, 0]}
          synthetic={[0.5, 0.5, 0.5]}
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
