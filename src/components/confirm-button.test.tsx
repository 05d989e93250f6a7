import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ConfirmButton } from './confirm-button';

function open() {
  const onConfirm = vi.fn();
  render(
    <ConfirmButton
      label="Delete the source"
      question="Delete it?"
      consequence="Its rows go."
      onConfirm={onConfirm}
    />,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Delete the source' }));
  return onConfirm;
}

describe('ConfirmButton', () => {
  it('asks with the consequence before anything happens', () => {
    const onConfirm = open();
    const dialog = screen.getByRole('dialog', { name: 'Delete it?' });
    expect(dialog.textContent).toContain('Its rows go.');
    expect(onConfirm).not.toHaveBeenCalled();
  });

  it('deletes once on a second press and closes', () => {
    const onConfirm = open();
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(onConfirm).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it.each(['Keep it', 'Close'])('deletes nothing on “%s”', (name) => {
    const onConfirm = open();
    fireEvent.click(screen.getByRole('button', { name }));
    expect(onConfirm).not.toHaveBeenCalled();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
