import type { StorageType } from './columns';
import type { InputColumn } from './recipes';

const SAMPLE_ROWS = 3;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2020, 0, 1);

/** A made-up value of a type: counted up row by row, so no value of any table. */
function sampleCell(type: StorageType, row: number): string | number | boolean {
  const instant = new Date(FIRST_DAY + row * DAY_MS).toISOString();
  switch (type) {
    case 'integer':
      return row + 1;
    case 'float':
      return row + 0.5;
    case 'boolean':
      return row % 2 === 0;
    case 'date':
      return instant.slice(0, 10);
    case 'datetime':
      return instant.slice(0, 19);
    case 'time':
      return `${String(8 + row).padStart(2, '0')}:30:00`;
    case 'text':
      return `text ${row + 1}`;
  }
}

/** Rows that show what a file should look like, of made-up values by the declared types. */
export function sampleInput(columns: readonly InputColumn[]): Record<string, string | number | boolean>[] {
  return Array.from({ length: SAMPLE_ROWS }, (_, row) =>
    Object.fromEntries(columns.map(({ name, type }) => [name, sampleCell(type ?? 'text', row)])),
  );
}
