import type { LucideIcon } from 'lucide-react';
import { ChartColumn, Cpu, FileSpreadsheet, Table2 } from 'lucide-react';
import type { ListedKind } from '../domain/resource-list';

/** What the kinds of resources are called, and where their lists are. */
export const RESOURCE_KINDS: Record<
  ListedKind,
  {
    readonly noun: string;
    readonly title: string;
    /** Where there is little space; absent = the title. */
    readonly short?: string;
    readonly path: string;
    readonly icon: LucideIcon;
  }
> = {
  source: { noun: 'source', title: 'Sources', path: '/sources', icon: FileSpreadsheet },
  generator: { noun: 'generator', title: 'Generators', path: '/generators', icon: Cpu },
  'synthetic-dataset': {
    noun: 'synthetic dataset',
    title: 'Synthetic datasets',
    short: 'Synthetic data',
    path: '/synthetic-datasets',
    icon: Table2,
  },
  report: { noun: 'report', title: 'Reports', path: '/reports', icon: ChartColumn },
};
