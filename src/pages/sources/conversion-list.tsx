import { useEffect, useRef } from 'react';
import { Button } from '../../components/button';
import { FoldedLine } from '../../components/folded-line';
import { Notice } from '../../components/notice';
import {
  conversionChoices,
  conversionSentence,
  conversionsTitle,
  isAssumed,
} from '../../domain/conversion-words';
import { onlyTable } from '../../domain/only-table';
import type { CsvDialect, Source } from '../../domain/sources';
import { useReread } from './use-reread';

/** How texts were read as values, column by column, each to be undone: the file is read again at once. */
export function ConversionList({ source }: { source: Source }) {
  const { busy, error, reread } = useReread(source);
  const { conversions = [] } = onlyTable(source);
  const list = useRef<HTMLUListElement>(null);
  /** Of the line whose button was pressed, which may go with it. */
  const pressed = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lines have changed once the file has been read again
  useEffect(() => {
    // The lines may change after the reading has ended: whichever comes last takes the button along.
    if (pressed.current === null || busy || document.activeElement !== document.body) return;
    const lines = list.current?.children ?? [];
    const next = lines[Math.min(pressed.current, lines.length - 1)]?.querySelector('button');
    if (!next) pressed.current = null;
    (next ?? document.querySelector('h1'))?.focus();
  }, [busy, conversions]);
  if (conversions.length === 0) return null;
  const choose = (line: number, columns: CsvDialect['columns']) => {
    pressed.current = line;
    void reread({ columns });
  };
  return (
    <FoldedLine title={conversionsTitle(conversions)} isProblem={conversions.some(isAssumed)}>
      <ul
        ref={list}
        className="max-h-96 divide-y divide-line overflow-y-auto rounded-lg border border-line bg-card"
      >
        {conversions.map((conversion, line) => (
          <li
            key={conversion.position}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-2 text-sm"
          >
            <p className="min-w-0 flex-1 basis-64 break-words">
              <strong className="block font-medium">
                <bdi>{conversion.column}</bdi>
              </strong>
              <span className="text-ink-soft">{conversionSentence(conversion)}</span>
            </p>
            <span className="flex gap-2">
              {conversionChoices(conversion, source.dialect).map(({ label, columns }) => (
                <Button
                  key={label}
                  disabled={busy}
                  aria-label={`${label}: ${conversion.column}`}
                  onClick={() => choose(line, columns)}
                >
                  {label}
                </Button>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {error !== null && (
        <Notice tone="error" className="mt-4">
          {error}
        </Notice>
      )}
    </FoldedLine>
  );
}
