import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '../../components/button';
import { formatCount } from '../../components/format';
import { PAGE_SIZES } from './list-view';

/** Which part of a list is shown, and the way to the others. */
export function ListPager(props: {
  readonly total: number;
  readonly page: number;
  readonly size: number;
  /** From small to large; of lists of resources by default. */
  readonly sizes?: readonly number[];
  readonly onChange: (changes: { readonly page?: number; readonly size?: number }) => void;
}) {
  const { total, page, size, sizes = PAGE_SIZES, onChange } = props;
  if (total <= sizes[0]!) return null;
  const last = Math.ceil(total / size) - 1;
  return (
    <nav
      aria-label="Pages"
      className="no-print mt-3 flex flex-wrap items-center justify-between gap-3 text-sm"
    >
      <label className="flex items-center gap-2 text-ink-soft">
        Per page
        <select
          value={size}
          onChange={(event) => onChange({ size: Number(event.target.value) })}
          className="min-h-10 rounded-lg border border-line-strong/70 bg-card px-2 text-ink"
        >
          {sizes.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <div className="flex items-center gap-2">
        <span className="px-1 text-ink-soft tabular-nums">
          {formatCount(page * size + 1)}–{formatCount(Math.min(total, (page + 1) * size))} of{' '}
          {formatCount(total)}
        </span>
        <Button
          icon={ChevronLeft}
          disabled={page === 0}
          onClick={() => onChange({ page: page - 1 })}
          aria-label="Previous page"
        >
          <span className="max-sm:hidden">Previous</span>
        </Button>
        <Button disabled={page >= last} onClick={() => onChange({ page: page + 1 })} aria-label="Next page">
          <span className="max-sm:hidden">Next</span>
          <ChevronRight aria-hidden="true" size={16} />
        </Button>
      </div>
    </nav>
  );
}
