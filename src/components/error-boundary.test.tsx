import { render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ErrorBoundary } from './error-boundary';

function Page({ broken }: { broken: boolean }) {
  if (broken) throw new Error('A column has no name.');
  return <p>the page</p>;
}

describe('ErrorBoundary', () => {
  // React reports every error it caught there, too.
  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
  afterEach(() => vi.restoreAllMocks());

  it('says what is wrong and where to go on, until the person goes elsewhere', () => {
    const at = (page: string, broken: boolean) => (
      <ErrorBoundary key={page}>
        <Page broken={broken} />
      </ErrorBoundary>
    );
    const { rerender } = render(at('/sources/1', true));
    expect(screen.getByRole('alert').textContent).toContain('A column has no name.');
    expect(screen.getByRole('link', { name: 'Back to the start' }).getAttribute('href')).toBe('#/');
    rerender(at('/sources/1', false));
    expect(screen.queryByText('the page')).toBeNull();
    rerender(at('/', false));
    expect(screen.getByText('the page')).toBeTruthy();
  });
});
