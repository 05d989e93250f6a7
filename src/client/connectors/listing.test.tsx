import { expect, it } from 'vitest';
import { namesInListing } from './listing';

const AT = 'https://a.b/data/';

it.each([
  [
    'the page of a folder',
    `<html><body><a href="../">up</a><a href="?C=N;O=D">Name</a><a href="sales.csv">s</a><a href="2024/">2024/</a>
     <a href="/data/a%20b.csv">x</a><a href="/other/x.csv">o</a><a href="https://c.d/y.csv">far</a>
     <a href="javascript:alert(1)">j</a><script>throw new Error('it ran')</script></body></html>`,
    ['sales.csv', '2024/', 'a b.csv'],
  ],
  ['a list of names', '["a.csv", "b/c.csv", "../x.csv", 3]', ['a.csv', 'b/c.csv']],
  [
    'a list of objects',
    '{"files": [{"path": "a.csv", "size": 3}, {"name": "b.csv"}, {"key": "c.csv"}]}',
    ['a.csv', 'b.csv', 'c.csv'],
  ],
  ['lines', 'a.csv\r\n./b.csv\n\n/etc/x.csv\nhttps://c.d/y.csv\nd.csv?sig=1\n', ['a.csv', 'b.csv']],
  [
    'the keys of a bucket',
    '<?xml version="1.0"?><ListBucketResult><Contents><Key>data/a.csv</Key></Contents><Contents><Key>b.csv</Key></Contents></ListBucketResult>',
    ['a.csv'],
  ],
  ['broken JSON', '["a.csv"', []],
])('reads %s', (_what, text, names) => {
  expect(namesInListing(text, AT)).toEqual(names);
});
