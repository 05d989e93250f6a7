import { useMemo } from 'react';
import { Histogram } from '../../components/charts/histogram';
import { formatCount, formatDate, formatNumber, formatPercent, UNKNOWN } from '../../components/format';
import { Table, type TableColumn, UserText } from '../../components/table';
import type { ColumnProfile, EncodingDecision } from '../../domain/columns';
import { unreadSentence } from '../../domain/evidence-words';
import { timeOfDayText } from '../../domain/time-of-day';
import { isUnlearned } from '../../domain/unlearned-words';
import { ColumnPages } from '../columns/column-pages';
import { type ColumnFacts, missingShare } from '../columns/column-view';
import { decisionInWords, personalInWords } from '../columns/column-words';

interface ProfiledColumn {
  readonly profile: ColumnProfile;
  readonly facts: ColumnFacts;
  readonly personal: string | null;
}

const COLUMNS: readonly TableColumn<ProfiledColumn>[] = [
  {
    title: 'Column',
    cell: ({ profile: { name }, personal }) => (
      <>
        <UserText text={name} />
        {personal && <span className="block text-xs font-normal text-difference">{personal}</span>}
      </>
    ),
    isHeader: true,
    className: 'sm:max-w-44',
  },
  {
    title: 'Type',
    cell: ({ facts }) => (
      <>
        {facts.storageType}
        {facts.isConverted && (
          <>
            <span className="sm:hidden">, </span>
            <span className="text-xs max-sm:text-sm sm:block">converted</span>
          </>
        )}
      </>
    ),
    className: 'text-ink-soft',
    inCard: 'short',
  },
  {
    title: 'Empty',
    cell: ({ facts: { missing } }) => (missing === null ? UNKNOWN : formatPercent(missing)),
    className: 'text-right whitespace-nowrap',
    inCard: 'short',
  },
  {
    title: 'Distinct',
    cell: ({ profile }) => formatCount(profile.distinctCount),
    className: 'text-right',
    inCard: 'short',
  },
  {
    title: 'Shape',
    cell: ({ profile: { name, histogram } }) =>
      histogram.length > 0 && (
        <Histogram label={`Histogram of ${name}`} counts={histogram.map(({ count }) => count)} />
      ),
  },
  {
    title: 'Values',
    cell: ({ profile }) => (
      <>
        <Values column={profile} />
        <Unread column={profile} />
      </>
    ),
    className: 'text-ink-soft',
  },
];

/** One line per column: what it holds, how full, how varied, what it looks like. */
export function ColumnProfiles(props: {
  readonly columns: readonly ColumnProfile[];
  /** What becomes of them; absent = not asked. */
  readonly decisions?: ReadonlyMap<string, EncodingDecision> | undefined;
  /** Names of those whose cells were converted. */
  readonly converted?: ReadonlySet<string>;
}) {
  const { columns, decisions, converted } = props;
  const profiled = useMemo(
    () =>
      columns.map((profile): ProfiledColumn => {
        const { name, storageType } = profile;
        const decision = decisions?.get(name);
        const personal = personalInWords(profile);
        const facts = {
          ...{ name, storageType, missing: missingShare(profile) },
          decision: decision ? decisionInWords(decision) : '',
          isUnlearned: decision !== undefined && isUnlearned(decision),
          isPersonal: personal !== null,
          isConverted: converted?.has(name) ?? false,
        };
        return { profile, facts, personal };
      }),
    [columns, decisions, converted],
  );
  return (
    <ColumnPages columns={profiled}>
      {(shown) => (
        <Table
          label="Column profiles"
          asCards
          columns={COLUMNS}
          rows={shown}
          keyOf={({ profile }) => profile.name}
          className="sm:max-h-[40rem] sm:*:min-w-3xl"
          cellClass="py-2"
        />
      )}
    </ColumnPages>
  );
}

/** Texts among numbers or dates, which count as empty or make the column a text. */
function Unread({ column }: { column: ColumnProfile }) {
  const sentence = unreadSentence(column);
  return sentence !== null && <bdi className="mt-1 block max-w-prose break-words">{sentence}</bdi>;
}

/** A mean or median of days is a day, too. */
const SHOWN: Partial<Record<ColumnProfile['storageType'], (value: number | null) => string>> = {
  date: (value) => formatDate(value).split(' ')[0]!,
  datetime: formatDate,
  time: (value) => (value === null ? UNKNOWN : timeOfDayText(value)),
};

function Values({ column }: { column: ColumnProfile }) {
  const { min, median, mean, max, storageType, topValues, rowCount } = column;
  if (min !== null) {
    const show = SHOWN[storageType] ?? formatNumber;
    return (
      <span className="flex flex-wrap gap-x-4">
        {Object.entries({ min, median, mean, max }).map(([name, value]) => (
          <span key={name} className="whitespace-nowrap">
            {name} <span className="text-ink">{show(value)}</span>
          </span>
        ))}
      </span>
    );
  }
  return (
    <span className="flex flex-wrap gap-x-4">
      {topValues.slice(0, 3).map(({ value, count }) => (
        <span key={value} className="inline-flex max-w-52 items-baseline gap-1.5">
          <UserText text={value} className="text-ink" />
          <span className="shrink-0">{formatPercent(count / Math.max(1, rowCount), 0)}</span>
        </span>
      ))}
    </span>
  );
}
