import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ToastRegion } from '../components/toasts';
import type { DeletedRef } from '../domain/cascade';
import { aDataset, aGenerator, aReport, aSource } from '../domain/testing/stock';
import { DeleteDialog } from './delete-dialog';
import { renderPage } from './testing/render-page';

function ask(refs: readonly DeletedRef[], isBusy = false) {
  const [remove, onClose, onDeleted] = [vi.fn(async () => undefined), vi.fn(), vi.fn()];
  const status = isBusy ? 'IN_PROGRESS' : 'NEW';
  renderPage(
    <>
      <DeleteDialog {...{ refs, onClose }} {...(isBusy && { onDeleted })} />
      <ToastRegion />
    </>,
    {
      sources: { list: () => [aSource('people'), aSource('other')] },
      generators: {
        list: () => [
          aGenerator('trained', 'people', { isTrained: true }),
          aGenerator('draft', 'people', { status }),
          aGenerator('second draft', 'people', { status: 'CONTINUE' }),
        ],
      },
      syntheticDatasets: { list: () => [aDataset('rows', 'trained', { rows: 5, reportId: 'r' })] },
      reports: { list: () => [aReport('r', 'rows')] },
      projects: { delete: remove },
    },
  );
  return { remove, onClose };
}

const region = (name: string) => screen.queryByRole('region', { name })?.textContent ?? null;

describe('DeleteDialog', () => {
  it('says what stays of what was made of a source, by what it loses', () => {
    ask([{ kind: 'source', id: 'people' }]);
    expect(screen.getByRole('dialog', { name: 'Delete this source?' })).toBeTruthy();
    expect(region('Goes with it')).toBeNull();
    const stays = region('Stays, with a loss');
    expect(stays).toContain('1 generator: trainedIt generates as before.');
    expect(stays).toContain('2 generators: draft, second draftIt cannot be trained any more');
    expect(stays).toContain('1 synthetic dataset: rows');
  });

  it('says what goes with a dataset, and deletes when that is confirmed', async () => {
    const { remove, onClose } = ask([{ kind: 'synthetic-dataset', id: 'rows' }]);
    expect(region('Goes with it')).toContain('1 report: rows');
    expect(remove).not.toHaveBeenCalled();
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Delete' })));
    expect(remove).toHaveBeenCalledWith([{ kind: 'synthetic-dataset', id: 'rows' }]);
    expect(onClose).toHaveBeenCalled();
    expect(screen.getByText('The synthetic dataset was deleted.')).toBeTruthy();
  });

  it.each([
    ['trained', 'Its model is lost.'],
    ['second draft', 'Its settings are lost.'],
  ])('says what is lost with the generator “%s”: a model only where it has one', (id, lost) => {
    ask([{ kind: 'generator', id }]);
    expect(screen.getByRole('dialog').textContent).toContain(lost);
  });

  it('counts several, and leaves them where that is asked', () => {
    const { remove, onClose } = ask([
      { kind: 'source', id: 'people' },
      { kind: 'source', id: 'other' },
    ]);
    expect(region('Goes')).toContain('2 sources: people, other');
    fireEvent.click(screen.getByRole('button', { name: 'Keep them' }));
    expect(onClose).toHaveBeenCalled();
    expect(remove).not.toHaveBeenCalled();
  });

  it('does not offer what cannot be now', () => {
    ask([{ kind: 'source', id: 'people' }], true);
    expect(screen.getByRole('alert').textContent).toContain('“draft” is being trained on this source');
    expect((screen.getByRole('button', { name: 'Delete' }) as HTMLButtonElement).disabled).toBe(true);
  });

  it('asks for a version as for everything else', async () => {
    const { remove } = ask([{ kind: 'version', id: 'people', number: 1 }]);
    expect(screen.getByRole('dialog', { name: 'Delete version 1?' }).textContent).toContain(
      'The copy of its file',
    );
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Delete' })));
    expect(remove).toHaveBeenCalledWith([{ kind: 'version', id: 'people', number: 1 }]);
    expect(screen.getByText('Version 1 was deleted.')).toBeTruthy();
  });
});
