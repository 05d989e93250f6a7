import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ShowMore } from './show-more';

it('shows a portion, then two more with each press, and counts what is left', () => {
  const items = Array.from({ length: 9 }, (_, k) => `item ${k}`);
  render(
    <ShowMore items={items} portion={2} noun="pairs">
      {(shown) => <p>{shown.join(', ')}</p>}
    </ShowMore>,
  );
  const shown = () => screen.getByText(/^item 0/).textContent!.split(', ').length;
  const more = () => screen.queryByRole('button');
  expect(shown()).toBe(2);
  expect(more()?.textContent).toBe('Show more pairs (7 left)');
  fireEvent.click(more()!);
  expect(shown()).toBe(6);
  expect(screen.getByText(/not printed/).textContent).toBe('3 more pairs not printed; the page shows them.');
  fireEvent.click(more()!);
  expect(shown()).toBe(9);
  expect(more()).toBeNull();
});
