import { formatCount, formatFixed, formatPercent } from '../../components/format';
import { ShowMore } from '../../components/show-more';
import { Table, type TableColumn, UserText } from '../../components/table';
import type { KeptDependences, WeakerPair } from '../../domain/reports';

const NUMBER = 'text-right whitespace-nowrap tabular-nums';

const COLUMNS: readonly TableColumn<WeakerPair>[] = [
  {
    title: 'Columns',
    cell: ({ column1, column2 }) => (
      <span className="flex flex-wrap gap-x-2">
        <UserText text={column1} className="max-w-32 sm:max-w-64" />
        <span className="text-ink-soft">×</span>
        <UserText text={column2} className="max-w-32 sm:max-w-64" />
      </span>
    ),
    isHeader: true,
  },
  { title: 'Original', cell: ({ original }) => formatFixed(original, 2), className: NUMBER },
  { title: 'Synthetic', cell: ({ synthetic }) => formatFixed(synthetic, 2), className: NUMBER },
  {
    title: 'Kept',
    cell: ({ original, synthetic }) => formatPercent(synthetic / original, 0),
    className: `${NUMBER} font-medium`,
  },
];

/** Relations between two columns that the synthetic rows lost, the greatest loss first; or that none is lost. */
export function WeakerPairsTable({ dependences: { notable, weaker } }: { dependences: KeptDependences }) {
  if (notable === 0) return null;
  if (weaker.length === 0) {
    return (
      <p className="mb-4 text-sm text-ink-soft">
        {notable === 1
          ? 'The one relation between two columns (Cramér’s V of 0.05 or more) keeps at least 85 % of its strength, or misses it by no more than chance explains.'
          : `All ${formatCount(notable)} relations between two columns (Cramér’s V of 0.05 or more) keep at least 85 % of their strength, or miss it by no more than chance explains.`}
      </p>
    );
  }
  return (
    <div className="mb-6">
      <h3 className="font-medium">Weaker than in the original</h3>
      <p className="mt-1 mb-3 text-sm text-ink-soft">
        {`Of ${formatCount(notable)} relations between two columns (Cramér’s V of 0.05 or more), ${formatCount(weaker.length)} ${weaker.length === 1 ? 'keeps' : 'keep'} less than 85 % of ${weaker.length === 1 ? 'its' : 'their'} strength.`}
      </p>
      <ShowMore items={weaker} portion={10} noun="pairs">
        {(shown) => (
          <Table label="Relations weaker than in the original" columns={COLUMNS} rows={shown} className="" />
        )}
      </ShowMore>
    </div>
  );
}
