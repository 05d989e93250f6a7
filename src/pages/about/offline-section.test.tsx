import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { type OfflineCopy, showCopy } from '../../offline/state';
import { renderPage } from '../testing/render-page';
import { OfflineSection } from './offline-section';

afterEach(() => act(() => showCopy({ status: 'starting' })));

function render(copy: OfflineCopy) {
  showCopy(copy);
  renderPage(<OfflineSection />);
  return screen.queryByRole<HTMLButtonElement>('switch');
}

describe('OfflineSection', () => {
  it('says what the whole app takes, and can be switched off', () => {
    const keep = render({ status: 'kept', bytes: 38_300_000 });
    expect(screen.getByText(/38\.3 MB on this device/)).toBeTruthy();
    expect(keep?.getAttribute('aria-checked')).toBe('true');
    expect(screen.queryByRole('button', { name: 'Fetch the rest now' })).toBeNull();
  });

  it('shows how far it is', () => {
    render({ status: 'fetching', fetched: 500_000, total: 2_000_000 });
    expect(screen.getByText(/500 kB of 2\.00 MB/)).toBeTruthy();
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25');
  });

  it.each([
    [{ status: 'on-use', missing: 34_000_000 }, /34\.0 MB of the app are fetched when they are used/],
    [{ status: 'incomplete', missing: 34_000_000 }, /34\.0 MB of the app could not be fetched/],
    [{ status: 'incomplete', missing: null }, /Files of the app could not be fetched/],
  ] as const)('offers the rest: %j', (copy, sentence) => {
    render(copy);
    expect(screen.getByText(sentence)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Fetch the rest now' })).toBeTruthy();
  });

  it('has a switch only where it would do something', () => {
    expect(render({ status: 'none', reason: 'unsupported' })).toBeNull();
    act(() => showCopy({ status: 'none', reason: 'off' }));
    expect(screen.getByRole('switch').getAttribute('aria-checked')).toBe('false');
  });
});
