/** What of a list is looked at, as the query of its address has it. */
import { ResourceFilter, type SortKey } from '../../domain/resource-list';

const CONTINUED = ['true', 'false'] as const;
export const PAGE_SIZES = [25, 50, 100] as const;

export interface ListView {
  readonly text: string;
  /** '' = any. */
  readonly status: string;
  readonly model: string;
  /** Whether generators were trained further from another one; '' = either. */
  readonly continued: '' | 'true' | 'false';
  /** "current", "all" or the id of a project. */
  readonly project: string;
  readonly sort: SortKey;
  readonly order: 'ascending' | 'descending';
  /** From 0. */
  readonly page: number;
  readonly size: number;
}

const DEFAULT: ListView = {
  text: '',
  status: '',
  model: '',
  continued: '',
  project: 'current',
  sort: 'updated',
  order: 'descending',
  page: 0,
  size: PAGE_SIZES[0],
};

/** The order that a list is first put in by a column. */
export function firstOrder(sort: SortKey): ListView['order'] {
  return sort === 'name' ? 'ascending' : 'descending';
}

/** Reads a query; what it does not say, or says wrongly, is as by default. */
export function readView(query: string): ListView {
  const given = new URLSearchParams(query);
  const field = <T>(name: keyof typeof ResourceFilter.shape, byDefault: T, key: string = name): T => {
    const value = ResourceFilter.shape[name].safeParse(given.get(key) ?? undefined);
    return value.success && value.data !== undefined ? (value.data as T) : byDefault;
  };
  const sort = field('sort', DEFAULT.sort);
  const size = Number(given.get('size'));
  const page = Number(given.get('page'));
  return {
    text: field('text', '', 'q'),
    status: field('status', ''),
    model: field('model', ''),
    continued: CONTINUED.find((each) => each === given.get('continued')) ?? '',
    project: field('project', DEFAULT.project),
    sort,
    order: field('order', firstOrder(sort)),
    page: Number.isInteger(page) && page > 1 ? page - 1 : 0,
    size: PAGE_SIZES.find((each) => each === size) ?? DEFAULT.size,
  };
}

/** The query of a view: what is as by default is left out. */
export function writeView(view: ListView): string {
  const said: [string, string, string][] = [
    ['q', view.text, ''],
    ['status', view.status, ''],
    ['model', view.model, ''],
    ['continued', view.continued, ''],
    ['project', view.project, DEFAULT.project],
    ['sort', view.sort, DEFAULT.sort],
    ['order', view.order, firstOrder(view.sort)],
    ['page', String(view.page + 1), '1'],
    ['size', String(view.size), String(DEFAULT.size)],
  ];
  const kept = said.filter(([, value, byDefault]) => value !== byDefault);
  return new URLSearchParams(kept.map(([name, value]) => [name, value])).toString();
}

/** The filter of a view, without its page. */
export function filterOf({ text, status, model, continued, project, sort, order }: ListView): ResourceFilter {
  return {
    ...{ text, project, sort, order },
    ...(status !== '' && { status: status as NonNullable<ResourceFilter['status']> }),
    ...(model !== '' && { model }),
    ...(continued !== '' && { continued: continued === 'true' }),
  };
}

/** Whether anything but project, order and page is chosen. */
export function isNarrowed({ text, status, model, continued }: ListView): boolean {
  return text.trim() !== '' || status !== '' || model !== '' || continued !== '';
}
