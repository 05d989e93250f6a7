import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SORT_KEYS } from '../../domain/resource-list';
import { type ListView, PAGE_SIZES, readView, writeView } from './list-view';

const views: fc.Arbitrary<ListView> = fc.record({
  text: fc.string({ maxLength: 20 }),
  status: fc.constantFrom('', 'DONE', 'FAILED'),
  model: fc.constantFrom('', 'argn', 'a&b=c'),
  continued: fc.constantFrom('', 'true', 'false'),
  project: fc.constantFrom('current', 'all', 'first', 'p?q#r'),
  sort: fc.constantFrom(...SORT_KEYS),
  order: fc.constantFrom('ascending', 'descending'),
  page: fc.nat(50),
  size: fc.constantFrom(...PAGE_SIZES),
});

it('is read from the address that it wrote', () => {
  fc.assert(
    fc.property(views, (view) => {
      expect(readView(writeView(view))).toEqual(view);
    }),
  );
});

it('is nothing in the address as long as nothing was chosen', () => {
  expect(writeView(readView(''))).toBe('');
  expect(writeView(readView('sort=name&order=ascending&page=1&size=25&other=x'))).toBe('sort=name');
});

it('takes what an address says wrongly as not said', () => {
  expect(readView('status=GONE&sort=colour&order=up&page=-3&size=7&q=a+b')).toEqual({
    ...readView(''),
    text: 'a b',
  });
});
