import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { StepRail } from './step-rail';

it('leads to the steps that can be reached, and says what comes before the others', () => {
  render(
    <StepRail
      steps={[
        { label: 'Source', to: '/sources/1', current: false, hint: 'the source was deleted' },
        { label: 'Generator', to: '/generators/1', current: true, hint: 'configure first' },
        { label: 'Report', to: null, current: false, hint: 'generate first' },
      ]}
    />,
  );
  const links = screen.getAllByRole('link');
  expect(links.map((link) => [link.textContent, link.getAttribute('aria-current')])).toEqual([
    ['Source', null],
    ['2Generator', 'step'],
  ]);
  expect(links[0]!.getAttribute('href')).toBe('/sources/1');
  expect(screen.getByTitle('generate first').textContent).toBe('Report (locked: generate first)');
});
