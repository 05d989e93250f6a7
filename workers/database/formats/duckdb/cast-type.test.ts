import { expect, it } from 'vitest';
import { castType } from './cast-type';

it.each([
  ['BIGINT', 'BIGINT'],
  ['DECIMAL(18,3)', 'DECIMAL(18,3)'],
  ['TIMESTAMP WITH TIME ZONE', 'TIMESTAMP'],
  ['TIME WITH TIME ZONE', 'VARCHAR'],
  ["ENUM('a)', 'it''s, []')", 'VARCHAR'],
  ['UHUGEINT', 'VARCHAR'],
  ['DATE[]', 'VARCHAR[]'],
  ['INTEGER[3][]', 'INTEGER[][]'],
  ['MAP(VARCHAR, DECIMAL(9,2)[])', 'MAP(VARCHAR, DOUBLE[])'],
  [
    'STRUCT(a DATE, "b, (""c" STRUCT(d BIT, e TIMESTAMP[]))',
    'STRUCT(a DATE, "b, (""c" STRUCT(d VARCHAR, e VARCHAR[]))',
  ],
  ["STRUCT(kind ENUM('x, y', 'z'), n UNION(i INTEGER, t VARCHAR))", 'STRUCT(kind VARCHAR, n VARCHAR)'],
  ['STRUCT(a DATE)[]', 'STRUCT(a VARCHAR)[]'],
  ['STRUCT(INTEGER, VARCHAR)', 'VARCHAR'],
])('%s is read as %s', (type, cast) => {
  expect(castType(type)).toBe(cast);
});
