import { expect, testOnOnePage as test } from './app';
import { readParquetFile } from './read-parquet';

const LONG = 'x'.repeat(100_000);
/** Column names and cells that something on the way might run, fold, cut or reorder. */
const NAMES = [
  '<img src=x onerror=alert(1)>',
  '"; DROP TABLE source; --',
  "it's",
  '=1+1',
  '😀👩‍👧',
  '\u202eright to left',
  '__proto__',
  'constructor',
];
const CELLS = [
  '<script>alert(1)</script>',
  "'; DROP TABLE x; --",
  '=HYPERLINK("http://example.invalid";"x")',
  '👩‍👩‍👧‍👦 família',
  '\u202eevil\u202c',
  'line\nbreak',
  'back\\slash',
];

const ROWS = 280;

function quote(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

/**
 * Each column holds the cells in another order, each cell often enough that protection leaves it alone; one column
 * holds the long one too.
 */
function hostileTable(): string {
  const rows = Array.from({ length: ROWS }, (_, row) =>
    NAMES.map((_, column) => {
      const pool = column === 0 ? [...CELLS, LONG] : CELLS;
      return quote(pool[(row * (column + 1) + Math.floor(row / 8)) % pool.length]!);
    }).join(','),
  );
  return `${NAMES.map(quote).join(',')}\n${rows.join('\n')}\n`;
}

test('hostile names and cells travel unharmed and unexecuted', async ({ page, home, source, dataset }) => {
  await home.drop({ name: '<b>evil</b>.csv', content: hostileTable() });
  await source.shows('<b>evil</b>.csv');
  await expect(source.fact('Rows')).toHaveText(String(ROWS));
  for (const name of NAMES.slice(0, 4)) await expect(source.profile(name)).toBeVisible();
  await expect(source.rows).toContainText('<script>alert(1)</script>');
  await source.synthesize();
  await dataset.isDone();

  const parquet = readParquetFile((await dataset.download('Parquet')).bytes);
  expect(parquet.names).toEqual(NAMES);
  const allowed = new Set<unknown>([...CELLS, LONG]);
  const strange = parquet.columns.flat().filter((cell) => !allowed.has(cell));
  expect(strange.map((cell) => String(cell).slice(0, 80))).toEqual([]);
  const seen = new Set(parquet.columns.flat());
  for (const cell of allowed) expect(seen.has(cell), String(cell).slice(0, 40)).toBe(true);
  expect(await page.locator('main script, main img').count()).toBe(0);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('<b>evil</b>');
});
