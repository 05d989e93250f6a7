import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Job } from '../domain/job';
import type { Source } from '../domain/sources';
import { showUpdate } from '../offline/state';
import { type ClientParts, renderPage } from '../pages/testing/render-page';
import { UpdateNotice } from './update-notice';

afterEach(() => act(() => showUpdate('none')));

function notice(parts: ClientParts = {}) {
  renderPage(<UpdateNotice />, parts);
  return screen.getByRole('status');
}

const reload = () => screen.queryByRole('button', { name: 'Reload now' });

describe('UpdateNotice', () => {
  it('says nothing while there is no newer version', () => {
    expect(notice().textContent).toBe('');
  });

  it('offers to reload, and may be put off', async () => {
    const status = notice();
    await act(async () => showUpdate('waiting'));
    expect(status.textContent).toContain('A newer version of Doppelgrid is ready.');
    expect(reload()).not.toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Not now' }));
    expect(status.textContent).toBe('');
  });

  it('waits for what runs', async () => {
    const running = { kind: 'training', status: 'IN_PROGRESS' } as Job;
    const status = notice({ jobs: { list: () => [running] } });
    await act(async () => showUpdate('waiting'));
    expect(status.textContent).toContain('It waits until the work in this tab has ended.');
    expect(reload()).toBeNull();
  });

  it('says what a reload would cost', async () => {
    const status = notice({ sources: { list: () => [{ id: '1' } as Source] } });
    await act(async () => showUpdate('active'));
    expect(status.textContent).toContain('Another tab has changed to a newer version');
    expect(status.textContent).toContain('download first what you want to keep');
  });
});
