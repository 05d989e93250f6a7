import { SelectField, TextField } from '../../components/field';
import { UNKNOWN } from '../../components/format';
import type { ProgressStatus } from '../../domain/job';
import { familyOf, MODEL_FAMILIES, type ModelId } from '../../domain/model-configuration';
import type { ListedKind, ResourceRow, SortKey } from '../../domain/resource-list';
import { useResources } from '../client-context';
import { STATUS_NAMES } from '../job-words';
import { RESOURCE_KINDS } from '../kinds';
import { firstOrder, type ListView } from './list-view';

const SORTS: readonly { readonly value: SortKey; readonly label: string }[] = [
  { value: 'updated', label: 'Last changed' },
  { value: 'created', label: 'Newest' },
  { value: 'name', label: 'Name' },
  { value: 'size', label: 'Largest' },
];

/** Title of a model, by its id. */
export function modelTitle(id: string | null): string {
  if (id === null) return UNKNOWN;
  return MODEL_FAMILIES.some((family) => family.id === id) ? familyOf(id as ModelId).title : id;
}

/** What narrows a list. Only what its resources have is offered. */
export function ListToolbar(props: {
  readonly kind: ListedKind;
  readonly rows: readonly ResourceRow[];
  readonly view: ListView;
  readonly onChange: (changes: Partial<ListView>, isTyped?: boolean) => void;
}) {
  const { kind, rows, view, onChange } = props;
  const { projects } = useResources();
  const { facts } = RESOURCE_KINDS[kind];
  const statuses = [...new Set(rows.map(({ status }) => status))];
  if (view.status !== '' && !statuses.includes(view.status as ProgressStatus))
    statuses.push(view.status as ProgressStatus);
  const models = [...new Set(rows.flatMap(({ model }) => model ?? []))];
  const areSomeContinued = view.continued !== '' || rows.some(({ continues }) => continues !== null);
  const options = [
    { value: 'current', label: 'Current project' },
    { value: 'all', label: 'All projects' },
    ...projects.map(({ id, name, archived }) => ({
      value: id,
      label: archived ? `${name} (archived)` : name,
    })),
  ];
  return (
    <section
      aria-label="Filters"
      className={`mt-5 grid grid-cols-2 gap-x-4 gap-y-1 ${
        areSomeContinued ? 'lg:grid-cols-[2fr_1fr_1fr_1fr_1fr]' : 'lg:grid-cols-[2fr_1fr_1fr_1fr]'
      }`}
    >
      <div className="max-lg:col-span-2">
        <TextField
          label="Search"
          value={view.text}
          maxLength={200}
          placeholder="Words of name or description"
          onChange={(text) => onChange({ text }, true)}
        />
      </div>
      <SelectField
        label="Project"
        value={options.some(({ value }) => value === view.project) ? view.project : 'current'}
        options={options}
        onChange={(project) => onChange({ project })}
      />
      {facts.includes('status') && (
        <SelectField
          label="Status"
          value={view.status}
          options={[
            { value: '', label: 'Any' },
            ...statuses.map((status) => ({ value: status as string, label: STATUS_NAMES[status] ?? status })),
          ]}
          onChange={(status) => onChange({ status })}
        />
      )}
      {facts.includes('model') && (
        <SelectField
          label="Model"
          value={view.model}
          options={[
            { value: '', label: 'Any' },
            ...models.map((model) => ({ value: model, label: modelTitle(model) })),
          ]}
          onChange={(model) => onChange({ model })}
        />
      )}
      {areSomeContinued && (
        <SelectField
          label="Training"
          value={view.continued}
          options={[
            { value: '', label: 'Any' },
            { value: 'false', label: 'From the start' },
            { value: 'true', label: 'Further from another' },
          ]}
          onChange={(continued) => onChange({ continued })}
        />
      )}
      <div className="lg:hidden">
        <SelectField
          label="Sort by"
          value={view.sort}
          options={SORTS.filter(({ value }) => value !== 'size' || facts.includes('size'))}
          onChange={(sort) => onChange({ sort, order: firstOrder(sort) })}
        />
      </div>
    </section>
  );
}
