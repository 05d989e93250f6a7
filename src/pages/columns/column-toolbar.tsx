import { SelectField, TextField } from '../../components/field';
import { formatCount } from '../../components/format';
import { useTyped } from '../../components/use-typed';
import { COLUMN_FILTERS, COLUMN_ORDERS, type ColumnFacts, type ColumnView, passes } from './column-view';

const FILTERS = {
  all: 'All',
  unlearned: 'Not learned',
  personal: 'Personal data',
  converted: 'Converted',
} as const;

const ORDERS = {
  file: 'As in the file',
  name: 'Name',
  type: 'Type',
  missing: 'Most empty first',
  decision: 'Decision',
} as const;

/** What narrows and sorts a list of columns. Filters say how many columns they leave. */
export function ColumnToolbar(props: {
  readonly columns: readonly { readonly facts: ColumnFacts }[];
  readonly view: ColumnView;
  readonly onChange: (changes: Partial<ColumnView>) => void;
}) {
  const { columns, view, onChange } = props;
  const [text, type] = useTyped(view.text, (typed) => onChange({ text: typed }));
  const filters = COLUMN_FILTERS.map((filter) => ({
    filter,
    count: columns.filter(({ facts }) => passes(facts, filter)).length,
  }));
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-1 sm:grid-cols-[2fr_1fr_1fr]">
      <div className="max-sm:col-span-2">
        <TextField
          label="Search columns"
          value={text}
          maxLength={200}
          placeholder="Words of the name"
          onChange={type}
        />
      </div>
      <SelectField
        label="Show"
        value={view.filter}
        options={filters
          .filter(({ filter, count }) => count > 0 || filter === 'all' || filter === view.filter)
          .map(({ filter, count }) => ({
            value: filter,
            label: `${FILTERS[filter]} (${formatCount(count)})`,
          }))}
        onChange={(filter) => onChange({ filter })}
      />
      <SelectField
        label="Sort by"
        value={view.order}
        options={COLUMN_ORDERS.map((order) => ({ value: order, label: ORDERS[order] }))}
        onChange={(order) => onChange({ order })}
      />
    </div>
  );
}
