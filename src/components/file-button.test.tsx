import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { FileButton } from './file-button';

it('hands over chosen files, and forgets them so that the same can be chosen again', () => {
  const onFiles = vi.fn();
  render(<FileButton accept=".csv" onFiles={onFiles} />);
  const input = screen.getByLabelText<HTMLInputElement>('File to read');
  const forget = vi.spyOn(input, 'value', 'set');
  const file = new File(['a\n'], 'a.csv');
  fireEvent.change(input, { target: { files: [file] } });
  expect(onFiles.mock.calls).toEqual([[[file]]]);
  expect(forget).toHaveBeenLastCalledWith('');
  // A chooser that was closed without a choice.
  fireEvent.change(input, { target: { files: [] } });
  expect(onFiles).toHaveBeenCalledTimes(1);
});

it('takes one file where there is use for one alone', () => {
  render(<FileButton accept=".csv" onFiles={vi.fn()} isSingle />);
  expect(screen.getByLabelText<HTMLInputElement>('File to read').multiple).toBe(false);
});
