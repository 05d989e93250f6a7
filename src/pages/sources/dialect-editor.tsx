import { useEffect, useState } from 'react';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { NumberField, SelectField, SwitchField, TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { SmallTable } from '../../components/small-table';
import { showToast } from '../../components/toasts';
import { readNumber } from '../../domain/number-text';
import { onlyTable } from '../../domain/only-table';
import type { CsvDialect, Source, TablePreview } from '../../domain/sources';
import { useClient } from '../client-context';
import { errorText } from '../flows';
import { joinNullValues, splitNullValues } from './null-values';

const DELIMITERS = [
  { value: ',', label: 'Comma  ,' },
  { value: ';', label: 'Semicolon  ;' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Pipe  |' },
  { value: ' ', label: 'Space' },
] as const;

/** Every detected property of the file, changeable, with the first rows as they would be read. */
export function DialectEditor({ source }: { source: Source }) {
  const client = useClient();
  const [dialect, setDialect] = useState<CsvDialect>(source.dialect);
  const [skip, setSkip] = useState(String(source.dialect.skipLines));
  const [nulls, setNulls] = useState(joinNullValues(source.dialect.nullValues));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const set = (fields: Partial<CsvDialect>) => setDialect((old) => ({ ...old, ...fields }));
  const skipRead = readNumber(skip, { min: 0, max: 1_000_000, integer: true });
  const isChanged = JSON.stringify(dialect) !== JSON.stringify(source.dialect);
  const preview = useDialectPreview(source.id, dialect, isChanged);

  const reread = async () => {
    setBusy(true);
    setError(null);
    try {
      const again = await client.sources.reread(source.id, dialect);
      showToast(`${again.name} was read again: ${onlyTable(again).rowCount.toLocaleString('en')} rows.`);
    } catch (problem) {
      setError(errorText(problem));
    } finally {
      setBusy(false);
    }
  };

  const known = DELIMITERS.some(({ value }) => value === dialect.delimiter);
  return (
    <Card>
      <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-4">
        <SelectField
          label="Separator"
          value={dialect.delimiter}
          options={
            known ? DELIMITERS : [...DELIMITERS, { value: dialect.delimiter, label: dialect.delimiter }]
          }
          onChange={(delimiter) => set({ delimiter })}
        />
        <SelectField
          label="Quotes"
          value={dialect.quote}
          options={[
            { value: '"', label: 'Double  "' },
            { value: "'", label: "Single  '" },
            { value: '', label: 'None' },
          ]}
          onChange={(quote) => set({ quote })}
        />
        <SelectField
          label="Text encoding"
          value={dialect.encoding}
          options={[
            { value: 'utf-8', label: 'UTF-8' },
            { value: 'windows-1252', label: 'Windows-1252 (Latin 1)' },
            { value: 'utf-16le', label: 'UTF-16 little endian' },
            { value: 'utf-16be', label: 'UTF-16 big endian' },
          ]}
          onChange={(encoding) => set({ encoding })}
        />
        <SelectField
          label="Decimal sign"
          value={dialect.decimal}
          options={[
            { value: '.', label: 'Point  1.5' },
            { value: ',', label: 'Comma  1,5' },
          ]}
          onChange={(decimal) => set({ decimal })}
        />
        <NumberField
          label="Lines to skip first"
          text={skip}
          error={'error' in skipRead ? skipRead.error : null}
          onText={(text) => {
            setSkip(text);
            const read = readNumber(text, { min: 0, max: 1_000_000, integer: true });
            if ('value' in read && read.value !== null) set({ skipLines: read.value });
          }}
        />
        <div className="sm:col-span-2">
          <TextField
            label="Spellings of “no value”"
            value={nulls}
            help="Separated by commas. An empty cell always counts."
            onChange={(text) => {
              setNulls(text);
              set({ nullValues: splitNullValues(text, source.dialect.nullValues.includes('')) });
            }}
          />
        </div>
        <SwitchField
          label="First row holds names"
          checked={dialect.header}
          onChange={(header) => set({ header })}
        />
      </div>
      {error && (
        <div className="mt-4">
          <Notice tone="error">{error}</Notice>
        </div>
      )}
      {isChanged && (
        <div className="mt-5">
          <h3 className="mb-2 text-sm font-medium">How the first rows would read</h3>
          {preview === null && <p className="text-sm text-ink-soft">Reading…</p>}
          {typeof preview === 'string' && <Notice tone="warning">{preview}</Notice>}
          {preview !== null && typeof preview !== 'string' && (
            <SmallTable
              label="Preview with these settings"
              columns={preview.columns}
              rows={preview.rows.slice(0, 8)}
            />
          )}
          <div className="mt-4 flex flex-wrap gap-2">
            <Button variant="primary" disabled={busy || 'error' in skipRead} onClick={() => void reread()}>
              {busy ? 'Reading…' : 'Read again'}
            </Button>
            <Button
              onClick={() => {
                setDialect(source.dialect);
                setSkip(String(source.dialect.skipLines));
                setNulls(joinNullValues(source.dialect.nullValues));
              }}
            >
              Undo
            </Button>
          </div>
        </div>
      )}
    </Card>
  );
}

/** First rows under another dialect; a sentence when they cannot be read; null while reading. */
function useDialectPreview(
  sourceId: string,
  dialect: CsvDialect,
  wanted: boolean,
): TablePreview | string | null {
  const client = useClient();
  const [preview, setPreview] = useState<TablePreview | string | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let isCurrent = true;
    setPreview(null);
    const timer = setTimeout(() => {
      client.sources
        .sniff({ sourceId }, dialect)
        .then((result) => isCurrent && setPreview(result.preview))
        .catch((error: unknown) => isCurrent && setPreview(errorText(error)));
    }, 250);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, sourceId, dialect, wanted]);
  return preview;
}
