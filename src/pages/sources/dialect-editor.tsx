import { useMemo, useState } from 'react';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { SelectField, SwitchField, TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { TextTable } from '../../components/table';
import { changedSettings, chosenWith } from '../../domain/chosen-dialect';
import { ENCODING_LABELS } from '../../domain/encoding-labels';
import { readNumber } from '../../domain/number-text';
import type { CsvDialect, Source } from '../../domain/sources';
import { useClient, useLoaded } from '../client-context';
import { useReread } from './use-reread';

const DELIMITERS = [
  { value: ',', label: 'Comma  ,' },
  { value: ';', label: 'Semicolon  ;' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Pipe  |' },
  { value: ' ', label: 'Space' },
  { value: '  ', label: 'Two spaces and more' },
  { value: ':', label: 'Colon  :' },
] as const;
const HEADER_ROWS = [
  { value: '1', label: '1' },
  { value: '2', label: '2, joined' },
  { value: '3', label: '3, joined' },
  { value: '4', label: '4, joined' },
] as const;

const QUOTES = [
  { value: '"', label: 'Double  "' },
  { value: "'", label: "Single  '" },
  { value: '', label: 'None' },
] as const;
const ESCAPES = [
  { value: 'double', label: 'Doubled  ""' },
  { value: 'backslash', label: 'Backslash  \\"' },
] as const;
const DECIMALS = [
  { value: '.', label: 'Point  1.5' },
  { value: ',', label: 'Comma  1,5' },
] as const;
const SKIPPED_LINES = { min: 0, max: 1_000_000, integer: true } as const;
const LAST_LINE = { min: 1, max: 1_000_000_000, integer: true, optional: true } as const;

/** A dialect while a person edits it, with three of its fields as they are typed. */
function formOf(dialect: CsvDialect) {
  return {
    dialect,
    skip: String(dialect.skipLines),
    end: dialect.endLine === undefined ? '' : String(dialect.endLine),
    nulls: joinNullValues(dialect.nullValues),
  };
}

/** Every detected property of the file, changeable, with the first rows as they would be read. */
export function DialectEditor({ source }: { source: Source }) {
  const client = useClient();
  const [form, setForm] = useState(() => formOf(source.dialect));
  const { dialect, skip, end, nulls } = form;
  // The cells of a workbook stand in no text.
  const isText = source.format?.id !== 'xlsx';
  const { busy, error, reread } = useReread(source);
  const was = source.dialect;
  const set = (fields: Partial<CsvDialect>, typed: { skip?: string; end?: string; nulls?: string } = {}) =>
    setForm((old) => ({ ...old, ...typed, dialect: { ...old.dialect, ...fields } }));
  const skipRead = readNumber(skip, SKIPPED_LINES);
  const endRead = readNumber(end, LAST_LINE);
  const isWrong = 'error' in skipRead || 'error' in endRead;
  const change = useMemo(() => changedSettings(dialect, source.dialect), [dialect, source.dialect]);
  const isChanged = Object.keys(change).length > 0;
  const load = useMemo(
    () =>
      isChanged
        ? async () =>
            (
              await client.sources.sniff(
                { sourceId: source.id },
                // Known already, and told by the whole file.
                { encoding: source.dialect.encoding, ...chosenWith(source, change) },
              )
            ).preview
        : null,
    [client, source, change, isChanged],
  );
  const preview = useLoaded(load, 250);

  const known = DELIMITERS.some(({ value }) => value === dialect.delimiter);
  return (
    <Card>
      <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-4">
        {isText && (
          <>
            <div data-reading="delimiter mergeDelimiters">
              <SelectField
                label="Separator"
                value={dialect.delimiter}
                options={
                  known ? DELIMITERS : [...DELIMITERS, { value: dialect.delimiter, label: dialect.delimiter }]
                }
                onChange={(delimiter) => set({ delimiter })}
              />
            </div>
            <div data-reading="quote">
              <SelectField
                label="Quotes"
                value={dialect.quote}
                options={QUOTES}
                onChange={(quote) => set({ quote })}
              />
            </div>
            <div data-reading="escape">
              <SelectField
                label="Quotes in cells"
                value={dialect.escape ?? 'double'}
                options={ESCAPES}
                onChange={(by) => set({ escape: by })}
              />
            </div>
            <div data-reading="encoding">
              <SelectField
                label="Text encoding"
                value={dialect.encoding}
                options={ENCODING_LABELS}
                onChange={(encoding) => set({ encoding })}
              />
            </div>
          </>
        )}
        <div data-reading="decimal">
          <SelectField
            label="Decimal sign"
            value={dialect.decimal}
            options={DECIMALS}
            onChange={(decimal) => set({ decimal })}
          />
        </div>
        <div data-reading="skipLines">
          <TextField
            label="Lines to skip first"
            inputMode="numeric"
            value={skip}
            error={'error' in skipRead ? skipRead.error : null}
            onChange={(text) => {
              const read = readNumber(text, SKIPPED_LINES);
              set('value' in read && read.value !== null ? { skipLines: read.value } : {}, { skip: text });
            }}
          />
        </div>
        <div className="sm:col-span-2" data-reading="nullValues">
          <TextField
            label="Spellings of “no value”"
            value={nulls}
            help="Separated by commas. An empty cell always counts."
            onChange={(text) =>
              set(
                { nullValues: splitNullValues(text, source.dialect.nullValues.includes('')) },
                { nulls: text },
              )
            }
          />
        </div>
        <div data-reading="header">
          <SwitchField
            label="First row holds names"
            value={dialect.header}
            onChange={(header) => set({ header })}
          />
        </div>
        <SelectField
          label="Rows that the names take"
          value={String(dialect.headerRows ?? 1) as '1' | '2' | '3' | '4'}
          options={HEADER_ROWS}
          disabled={!dialect.header}
          onChange={(rows) =>
            set({ headerRows: rows === '1' && was.headerRows === undefined ? undefined : Number(rows) })
          }
        />
        <TextField
          label="Last line to read"
          inputMode="numeric"
          value={end}
          help="Empty: where the table ends."
          error={'error' in endRead ? endRead.error : null}
          onChange={(text) => {
            const read = readNumber(text, LAST_LINE);
            set('value' in read ? { endLine: read.value ?? undefined } : {}, { end: text });
          }}
        />
        <TextField
          label="Comments begin with"
          value={dialect.comment ?? ''}
          maxLength={4}
          help="Such lines are left out."
          onChange={(comment) => set({ comment: comment === '' ? was.comment && '' : comment })}
        />
        <SwitchField
          label="Units below the names"
          value={dialect.unitsRow ?? false}
          disabled={!dialect.header}
          onChange={(unitsRow) =>
            set({ unitsRow: unitsRow || was.unitsRow === undefined ? unitsRow || undefined : false })
          }
        />
        <SwitchField
          label="Runs of separators count as one"
          value={dialect.mergeDelimiters ?? false}
          onChange={(merge) =>
            set({ mergeDelimiters: merge || was.mergeDelimiters === undefined ? merge || undefined : false })
          }
        />
      </div>
      {error && (
        <Notice tone="error" className="mt-4">
          {error}
        </Notice>
      )}
      {isChanged && (
        <div className="mt-5">
          <h3 className="mb-2 text-sm font-medium">How the first rows would read</h3>
          {preview === null && <p className="text-sm text-ink-soft">Reading…</p>}
          {typeof preview === 'string' && <Notice tone="warning">{preview}</Notice>}
          {preview !== null && typeof preview !== 'string' && (
            <TextTable
              label="Preview with these settings"
              columns={preview.columns}
              rows={preview.rows.slice(0, 8)}
            />
          )}
          <div className="mt-4 flex flex-wrap gap-2">
            <Button variant="primary" disabled={busy || isWrong} onClick={() => void reread(change)}>
              {busy ? 'Reading…' : 'Read again'}
            </Button>
            <Button onClick={() => setForm(formOf(source.dialect))}>Undo</Button>
          </div>
        </div>
      )}
    </Card>
  );
}

/** "NA, null" ↔ ['', 'NA', 'null']: the empty spelling is kept apart, it cannot be typed in a list. */
export function joinNullValues(values: readonly string[]): string {
  return values.filter((value) => value !== '').join(', ');
}

/** Splits at commas, trims, drops doubles; at most 32 spellings of at most 64 characters. */
export function splitNullValues(text: string, withEmpty: boolean): string[] {
  const spellings = text
    .split(',')
    .map((value) => value.trim().slice(0, 64))
    .filter((value) => value !== '');
  return [...new Set(withEmpty ? ['', ...spellings] : spellings)].slice(0, 32);
}
