import { expect, it } from 'vitest';
import { queryNamesOf } from './query-names';

it('gives each location its name, and a short one where it is the only one', () => {
  const short = (locations: string[]) =>
    Object.fromEntries(queryNamesOf(locations).map(({ name, location }) => [name, location]));
  expect(short(['a/sales.csv.gz', 'b/Fruit.parquet', 'c/fruit.csv'])).toEqual({
    sales: 'a/sales.csv.gz',
    'a/sales.csv.gz': 'a/sales.csv.gz',
    'b/Fruit.parquet': 'b/Fruit.parquet',
    'c/fruit.csv': 'c/fruit.csv',
  });
  // A table of a database has no end, and its own name.
  expect(short(['people', 'people.csv'])).toEqual({ people: 'people', 'people.csv': 'people.csv' });
});
