import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ToastRegion } from '../components/toasts';
import { ResourceHeading } from './resource-page';
import { renderPage } from './testing/render-page';

describe('ResourceHeading', () => {
  it.each([
    ['dataset', 'datasets', 'Datasets'],
    ['recipe', 'recipes', 'Recipes'],
  ] as const)('leads from a %s to all, and renames it with a way back', (kind, shelf, title) => {
    const rename = vi.fn();
    renderPage(
      <>
        <ResourceHeading resource={{ kind, id: 'x' }} title="Monthly" description="" />
        <ToastRegion />
      </>,
      { [shelf]: { rename }, workspace: { times: () => ({ createdAt: 0, updatedAt: 0 }) } },
    );
    expect(screen.getByRole('link', { name: title }).getAttribute('href')).toBe(`#/${shelf}`);
    expect(screen.getByText(/^Created /)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Edit the name' }));
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Weekly' } });
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter' });
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(rename.mock.calls).toEqual([
      ['x', { name: 'Weekly' }],
      ['x', { name: 'Monthly' }],
    ]);
  });
});
