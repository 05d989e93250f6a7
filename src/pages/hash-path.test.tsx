import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { Link, Router, useLocation } from 'wouter';
import { setHashQuery, useHashPath, useHashQuery } from './hash-path';

function Where() {
  const [path] = useLocation();
  const query = useHashQuery();
  return (
    <>
      <p role="status">{`${path} | ${query}`}</p>
      <Link href="/other?project=all">Other</Link>
      <Link href="/plain">Plain</Link>
    </>
  );
}

beforeEach(() => {
  window.location.hash = '#/list?q=a';
});

it('tells path and query of the hash apart, and follows both', async () => {
  render(
    <Router hook={useHashPath}>
      <Where />
    </Router>,
  );
  const said = () => screen.getByRole('status').textContent;
  expect(said()).toBe('/list | q=a');
  act(() => setHashQuery('q=ab', true));
  expect([said(), window.location.hash]).toEqual(['/list | q=ab', '#/list?q=ab']);
  act(() => setHashQuery('', false));
  expect([said(), window.location.hash]).toEqual(['/list | ', '#/list']);
  expect(screen.getByRole('link', { name: 'Other' }).getAttribute('href')).toBe('#/other?project=all');
  await act(async () => {
    fireEvent.click(screen.getByRole('link', { name: 'Other' }));
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect([said(), window.location.search]).toEqual(['/other | project=all', '']);
  act(() => {
    fireEvent.click(screen.getByRole('link', { name: 'Plain' }));
  });
  expect(said()).toBe('/plain | ');
});
