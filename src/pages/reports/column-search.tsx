import { Search } from 'lucide-react';
import { formatPlural } from '../../components/format';

/** Below so many columns a look is faster than a search. */
const MIN_COLUMNS = 8;

/** Finds columns by a part of their names. */
export function ColumnSearch(props: {
  readonly query: string;
  readonly onChange: (query: string) => void;
  readonly found: number;
  readonly all: number;
}) {
  if (props.all < MIN_COLUMNS) return null;
  return (
    <div className="no-print mb-3 flex flex-wrap items-center gap-3 text-sm text-ink-soft">
      <label className="flex items-center gap-2 rounded-lg border border-line-strong bg-card px-3 py-1.5">
        <Search aria-hidden="true" size={15} />
        <span className="sr-only">Find columns by name</span>
        <input
          type="search"
          value={props.query}
          onChange={(event) => props.onChange(event.target.value)}
          placeholder="Find columns"
          className="w-44 bg-transparent text-ink placeholder:text-ink-soft"
        />
      </label>
      <span aria-live="polite">
        {props.query !== '' && `${formatPlural(props.found, 'column')} of ${props.all}`}
      </span>
    </div>
  );
}
