import type { StorageType } from './columns';

/** A table that the SQL console reads. */
export interface SqlTableRef {
  /** In queries: unique among the tables of a project, whatever the case of its letters. */
  readonly name: string;
  readonly tableId: string;
}

/** The same with what people see of it. */
export interface SqlTableFacts extends SqlTableRef {
  readonly kind: 'source' | 'synthetic-dataset';
  /** Of the source or synthetic dataset. */
  readonly id: string;
  readonly columns: readonly { readonly name: string; readonly type: StorageType }[];
  readonly rows: number;
  /** Rows of the whole, where queries read an even sample of it. */
  readonly sampleOf?: number;
}

/** What a query gave. */
export interface SqlResult {
  readonly columns: readonly { readonly name: string; readonly type: StorageType }[];
  /** The first rows, as texts, null for no value. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** Of the whole result. */
  readonly rowCount: number;
  readonly seconds: number;
  /** What values became, where they could not stay as they are, in sentences. */
  readonly notes: readonly string[];
}

/** Rows of a result that are shown. */
export const SHOWN_ROWS = 1_000;

/** Names that differ whatever the case of their letters, as SQL needs them: later ones are numbered from 2. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  const given = new Set(names.map((name) => name.toLowerCase()));
  return names.map((name) => {
    let unique = name;
    for (let n = 2; taken.has(unique.toLowerCase()) || unique === ''; n++) {
      const candidate = `${name || 'table'}_${n}`;
      if (!given.has(candidate.toLowerCase())) unique = candidate;
    }
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** A name as queries write it. DuckDB takes a statement as a C string, which a NUL would end. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('\0', '\uFFFD').replaceAll('"', '""')}"`;
}
