import type { LucideIcon } from 'lucide-react';
import { Boxes, Cable, ChartColumn, Cpu, FileSpreadsheet, ScrollText, Table2 } from 'lucide-react';
import type { ListedKind } from '../domain/resource-list';

/** What a list says of its lines beside name and times. */
export type ListFact =
  | 'status'
  | 'model'
  | 'type'
  | 'version'
  | 'sources'
  | 'extent'
  | 'columns'
  | 'size'
  | 'used';

/** What the kinds of resources are called, where their lists are, and what these say. */
export const RESOURCE_KINDS: Record<
  ListedKind,
  {
    readonly noun: string;
    readonly title: string;
    readonly path: string;
    readonly icon: LucideIcon;
    readonly facts: readonly ListFact[];
  }
> = {
  source: {
    ...{ noun: 'source', title: 'Sources', path: '/sources', icon: FileSpreadsheet },
    facts: ['extent', 'size', 'used'],
  },
  dataset: {
    ...{ noun: 'dataset', title: 'Datasets', path: '/datasets', icon: Boxes },
    facts: ['sources', 'extent'],
  },
  generator: {
    ...{ noun: 'generator', title: 'Generators', path: '/generators', icon: Cpu },
    facts: ['status', 'model', 'extent', 'size', 'used'],
  },
  'synthetic-dataset': {
    ...{ noun: 'synthetic dataset', title: 'Synthetic datasets', path: '/synthetic-datasets', icon: Table2 },
    facts: ['status', 'model', 'extent', 'size'],
  },
  report: {
    ...{ noun: 'report', title: 'Reports', path: '/reports', icon: ChartColumn },
    facts: ['model', 'extent'],
  },
  recipe: {
    ...{ noun: 'recipe', title: 'Recipes', path: '/recipes', icon: ScrollText },
    facts: ['model', 'version', 'columns', 'used'],
  },
  connector: {
    ...{ noun: 'connector', title: 'Connectors', path: '/connectors', icon: Cable },
    facts: ['type'],
  },
};

/** Path of the page of a resource. */
export function pathOfResource({ kind, id }: { readonly kind: ListedKind; readonly id: string }): string {
  return `${RESOURCE_KINDS[kind].path}/${id}`;
}
