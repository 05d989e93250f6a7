import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { DropOverlay } from './drop-overlay';
import { ToastRegion } from './toasts';

const FILE = new File(['a\n1\n'], 'a.csv');
const FILES = {
  dataTransfer: { types: ['Files'], files: [FILE], items: [{ kind: 'file', webkitGetAsEntry: () => null }] },
};
const TEXT = { dataTransfer: { types: ['text/plain'], files: [] } };

function rendered() {
  const onFiles = vi.fn();
  const { unmount } = render(<DropOverlay onFiles={onFiles} />);
  return { onFiles, unmount, isShown: () => screen.queryByText('Drop it anywhere') !== null };
}

describe('DropOverlay', () => {
  it('takes the files of a drop and keeps the browser from opening them', async () => {
    const { onFiles, isShown } = rendered();
    fireEvent.dragEnter(window, FILES);
    expect(isShown()).toBe(true);
    // Prevented events return false.
    expect(fireEvent.dragOver(window, FILES)).toBe(false);
    expect(fireEvent.drop(window, FILES)).toBe(false);
    expect(isShown()).toBe(false);
    await vi.waitFor(() => expect(onFiles.mock.calls).toEqual([[[FILE]]]));
  });

  it('says so where nothing of a drop can be read', async () => {
    const { onFiles } = rendered();
    render(<ToastRegion />);
    const unreadable = {
      isDirectory: true,
      createReader: () => ({
        readEntries: (_: unknown, fail: (cause: Error) => void) => fail(new Error('Gone.')),
      }),
    };
    const empty = {
      isDirectory: true,
      createReader: () => ({ readEntries: (done: (found: unknown[]) => void) => done([]) }),
    };
    const drop = (entry: unknown) => {
      const items = [{ kind: 'file', webkitGetAsEntry: () => entry }];
      fireEvent.drop(window, { dataTransfer: { ...FILES.dataTransfer, items } });
    };
    drop(unreadable);
    await screen.findByText(/could not be read: Gone\. Drop the files/);
    drop(empty);
    await screen.findByText(/holds no file/);
    expect(onFiles).not.toHaveBeenCalled();
  });

  it('stays while the pointer moves from part to part of the page', () => {
    const { isShown } = rendered();
    fireEvent.dragEnter(window, FILES);
    fireEvent.dragEnter(window, FILES);
    fireEvent.dragLeave(window, FILES);
    expect(isShown()).toBe(true);
    fireEvent.dragLeave(window, FILES);
    expect(isShown()).toBe(false);
  });

  it('leaves dragged text to the page', () => {
    const { onFiles, isShown } = rendered();
    fireEvent.dragEnter(window, TEXT);
    expect(isShown()).toBe(false);
    expect(fireEvent.drop(window, TEXT)).toBe(true);
    expect(onFiles).not.toHaveBeenCalled();
  });

  it('listens no longer once it is gone', () => {
    const { onFiles, unmount } = rendered();
    unmount();
    fireEvent.drop(window, FILES);
    expect(onFiles).not.toHaveBeenCalled();
  });
});
