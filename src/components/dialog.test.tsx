import { createEvent, fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Dialog } from './dialog';

describe('Dialog', () => {
  it('opens as a modal and closes itself before it leaves the page', () => {
    const showModal = vi.spyOn(HTMLDialogElement.prototype, 'showModal');
    const { unmount } = render(
      <Dialog title="Paste a table" onClose={() => undefined}>
        rows
      </Dialog>,
    );
    const dialog = screen.getByRole<HTMLDialogElement>('dialog', { name: 'Paste a table' });
    expect(showModal).toHaveBeenCalledTimes(1);
    expect(dialog.open).toBe(true);
    unmount();
    expect(dialog.open).toBe(false);
    showModal.mockRestore();
  });

  it('leaves closing on Escape to its owner', () => {
    const onClose = vi.fn();
    render(
      <Dialog title="Paste a table" onClose={onClose}>
        rows
      </Dialog>,
    );
    const dialog = screen.getByRole('dialog');
    const cancel = createEvent('cancel', dialog, { cancelable: true });
    fireEvent(dialog, cancel);
    expect(onClose).toHaveBeenCalledTimes(1);
    expect(cancel.defaultPrevented).toBe(true);
  });
});
