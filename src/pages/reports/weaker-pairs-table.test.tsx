import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { WeakerPairsTable } from './weaker-pairs-table';

const textOf = (dependences: Parameters<typeof WeakerPairsTable>[0]['dependences']) =>
  renderToStaticMarkup(<WeakerPairsTable dependences={dependences} />).replace(/<[^>]+>/g, ' ');

it('lists relations that are weaker, with what is left of them', () => {
  const weaker = [{ column1: 'income', column2: '<b>status</b>', original: 0.4, synthetic: 0.1 }];
  const text = textOf({ notable: 12, weaker });
  expect(text).toContain('Of 12 relations');
  expect(text).toContain('&lt;b&gt;status');
  expect(text).toContain('25 %');
});

it('says that all are kept, and nothing where there are none', () => {
  expect(textOf({ notable: 12, weaker: [] })).toContain('All 12 relations');
  expect(textOf({ notable: 0, weaker: [] })).toBe('');
});
