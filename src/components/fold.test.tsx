import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Fold } from './fold';

const fold = (isOpen: boolean) => (
  <Fold title="Advanced" about="Few need it." isOpen={isOpen}>
    <input />
  </Fold>
);

it('is folded until something in it needs attention', () => {
  const { container, rerender } = render(fold(false));
  const details = container.querySelector('details')!;
  expect(details.open).toBe(false);
  rerender(fold(true));
  expect(details.open).toBe(true);
});
