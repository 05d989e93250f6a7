import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { FileButton } from './file-button';
import { useFileComing } from './file-coming';

function Page({ onComing }: { readonly onComing: () => void }) {
  useFileComing(onComing);
  return <FileButton accept=".csv" onFiles={() => undefined} />;
}

it('tells of files that are dragged over the window or about to be chosen, and of nothing else', () => {
  const onComing = vi.fn();
  const { unmount } = render(<Page onComing={onComing} />);
  fireEvent.dragEnter(window, { dataTransfer: { types: ['text/plain'] } });
  fireEvent.click(document.body);
  expect(onComing).toHaveBeenCalledTimes(0);
  fireEvent.dragEnter(window, { dataTransfer: { types: ['Files'] } });
  expect(onComing).toHaveBeenCalledTimes(1);
  fireEvent.click(screen.getByRole('button', { name: 'Choose files' }));
  expect(onComing).toHaveBeenCalledTimes(2);
  unmount();
  fireEvent.dragEnter(window, { dataTransfer: { types: ['Files'] } });
  expect(onComing).toHaveBeenCalledTimes(2);
});
