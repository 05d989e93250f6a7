import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from './testing/render-page';
import { UnkeptNotice } from './unkept-notice';

const page = (isKept: boolean, keeps: boolean) =>
  renderPage(<UnkeptNotice what="source" isKept={isKept} />, {
    workspace: { state: () => ({ isKept: keeps, refusal: null }) },
  });

it('tells of what has no copy where others have one', () => {
  page(false, true);
  expect(screen.getByText(/^The file of this source is not kept: storage was full/)).toBeTruthy();
});

it.each([
  ['what is kept', true, true],
  ['a private session', false, false],
])('says nothing of %s', (_, isKept, keeps) => {
  page(isKept, keeps);
  expect(screen.queryByText(/is not kept/)).toBeNull();
});
