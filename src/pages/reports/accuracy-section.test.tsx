import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { WholeReport } from '../../domain/reports';
import { AccuracySection } from './accuracy-section';

const scored = (accuracy: number) => ({ accuracy, accuracyMax: 0.99 });

function reportOf(columns: number): WholeReport {
  const names = Array.from({ length: columns }, (_, i) => `column ${i}`);
  return {
    // The first are the best.
    univariate: names.map((column, i) => ({ column, ...scored(0.98 - i / 1000) })),
    bivariateScores: names.slice(1).map((column2, i) => ({
      ...{ column1: names[0], column2 },
      ...scored(0.97 - i / 1000),
    })),
    trivariateScores: [],
  } as unknown as WholeReport;
}

/** By selectors: roles of hundreds of rows take long to compute. */
const rowsOf = (label: string) => [...document.querySelectorAll(`section[aria-label="${label}"] tbody tr`)];

describe('AccuracySection', () => {
  it('draws the 60 worst of 300 columns, and lists all of them, worst first', () => {
    const { container } = render(<AccuracySection report={reportOf(300)} onChoose={() => undefined} />);
    const cells = container.querySelectorAll('[data-cell]');
    expect(cells).toHaveLength(60 * 60);
    expect(cells[0]!.textContent).toBe('column 299: 68.1 %');
    expect(screen.getByText(/60 worst columns are drawn, 240 better ones are not/)).toBeTruthy();
    const rows = rowsOf('Accuracies');
    expect(rows).toHaveLength(300);
    expect(rows[0]!.textContent).toContain('column 299');
  });

  it('finds columns by name and sorts them', () => {
    render(<AccuracySection report={reportOf(30)} onChoose={() => undefined} />);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'COLUMN 2' } });
    expect(rowsOf('Accuracies')).toHaveLength(11);
    fireEvent.click(screen.getByRole('button', { name: /^Bivariate/ }));
    expect(screen.getByRole('columnheader', { name: /^Bivariate/ }).getAttribute('aria-sort')).toBe(
      'ascending',
    );
  });

  it('goes to the maps of a pair from a cell, from the keyboard and from the table', () => {
    const onChoose = vi.fn();
    const { container } = render(<AccuracySection report={reportOf(3)} onChoose={onChoose} />);
    fireEvent.click(container.querySelector('[data-cell="1"]')!);
    const matrix = screen.getByLabelText(/^Matrix of pairs/);
    for (const key of ['ArrowRight', 'ArrowRight', 'Enter']) fireEvent.keyDown(matrix, { key });
    fireEvent.click(rowsOf('Accuracy of pairs')[0]!.querySelector('button')!);
    const pairs = onChoose.mock.calls.map(([pair]) => [...(pair as string[])].sort());
    expect(pairs).toHaveLength(3);
    for (const pair of pairs) expect(pair[0]).toMatch(/^column [012]$/);
    expect(pairs[2]).toEqual(['column 0', 'column 2']);
  });
});
