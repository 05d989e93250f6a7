import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ProgressBar } from './progress-bar';

function bar(value: number, max: number | null) {
  render(<ProgressBar label="Training" value={value} max={max} />);
  const element = screen.getByRole('progressbar', { name: 'Training' });
  const inner = element.firstElementChild as HTMLElement;
  return { now: element.getAttribute('aria-valuenow'), width: inner.style.width };
}

describe('ProgressBar', () => {
  it('tells the share that is done', () => expect(bar(1, 8)).toEqual({ now: '13', width: '12.5%' }));
  it('never tells more than all of it', () => expect(bar(9, 8)).toEqual({ now: '100', width: '100%' }));
  it.each([null, 0])('claims no share where the end is not known: %s', (max) =>
    expect(bar(3, max)).toEqual({ now: null, width: '' }),
  );
});
