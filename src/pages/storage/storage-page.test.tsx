import { act, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { ClientEvent } from '../../client/api';
import type { Source } from '../../domain/sources';
import { renderPage } from '../testing/render-page';
import { StoragePage } from './storage-page';

it('measures when files come or go, not at every progress of a job', async () => {
  vi.useFakeTimers();
  const sources = [{ id: 's', name: 'people.csv', file: 'f' } as Source];
  const usage = vi.fn(async () => ({ files: [], used: null, quota: null }));
  let tell: (event: ClientEvent) => void = () => undefined;
  renderPage(<StoragePage />, {
    sources: { list: () => [...sources] },
    workspace: { usage },
    subscribe: (listener: (event: ClientEvent) => void) => {
      tell = listener;
      return () => true;
    },
  });
  const pass = () => act(() => vi.advanceTimersByTimeAsync(1_000));
  await pass();
  expect(usage).toHaveBeenCalledTimes(1);
  tell({ type: 'source', id: 's' });
  await pass();
  expect(usage).toHaveBeenCalledTimes(1);
  expect(screen.getByRole('table')).toBeTruthy();
  sources.push({ id: 't', name: 'more.csv', file: 'g' } as Source);
  tell({ type: 'source', id: 't' });
  await pass();
  expect(usage).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
