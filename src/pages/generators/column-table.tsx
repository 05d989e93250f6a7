import { KeyRound, Users } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import { Button } from '../../components/button';
import { Tick, Toggle } from '../../components/field';
import { Table, type TableColumn, UserText } from '../../components/table';
import type { ColumnConfig, ColumnProfile } from '../../domain/columns';
import { isUnlearned } from '../../domain/unlearned-words';
import { writingInWords } from '../../domain/writing';
import { ColumnPages } from '../columns/column-pages';
import { type ColumnFacts, missingShare } from '../columns/column-view';
import { decisionInWords, personalInWords } from '../columns/column-words';
import { BulkEdit } from './bulk-edit';
import type { EditedColumn } from './column-edits';
import { encodingName } from './encoding-names';
import { TypeSelect } from './type-select';

interface Row extends EditedColumn {
  /** Absent = the source is gone. */
  readonly profile?: ColumnProfile | undefined;
  /** Its cells were converted when the file was read. */
  readonly isConverted?: boolean;
}

interface FoundRow extends Row {
  readonly facts: ColumnFacts;
  /** What of people it seems to hold. */
  readonly personal: string | null;
}

type OnChange = (configs: readonly ColumnConfig[]) => void;

/** Of a column that identifies subjects where it is counted. */
const COUNTED =
  'Identifies subjects. Counted with noise as other columns are: values that few subjects have do not appear.';

/** How every column takes part, why, and the way to change it, one by one or many at once. Without `onChange` it only shows. */
export const ColumnTable = memo(function ColumnTable(props: {
  readonly rows: readonly Row[];
  readonly primaryKey: string | null;
  /** Whether columns that identify subjects get invented values; else they are counted as others are. */
  readonly regenerates?: boolean;
  readonly onChange?: OnChange;
}) {
  const { onChange, primaryKey, regenerates = true } = props;
  const [names, setNames] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => props.rows.map((row) => withFacts(row, regenerates)), [props.rows, regenerates]);
  const selected = rows.filter(({ config }) => names.has(config.name));
  const select = (some: readonly FoundRow[], on: boolean) => {
    const next = new Set(names);
    for (const { config } of some) {
      if (on) next.add(config.name);
      else next.delete(config.name);
    }
    setNames(next);
  };
  return (
    <ColumnPages
      columns={rows}
      beside={
        onChange &&
        ((found) =>
          selected.length > 0 ? (
            <BulkEdit {...{ selected, onChange }} onClear={() => setNames(new Set())} />
          ) : (
            <Button variant="ghost" disabled={found.length === 0} onClick={() => select(found, true)}>
              Select all {found.length}
            </Button>
          ))
      }
    >
      {(shown, isSearched) => (
        <Table
          label="Column settings"
          asCards
          className="sm:max-h-[36rem] sm:*:min-w-3xl"
          cellClass="py-2.5 align-top"
          rows={shown}
          keyOf={({ config }) => config.name}
          columns={[
            ...(onChange && isSearched ? [tickColumn(shown, names, select)] : []),
            ...(onChange ? [switchColumn(onChange)] : []),
            {
              title: 'Column',
              cell: (row) => <ColumnName {...{ row, primaryKey, regenerates }} />,
              isHeader: true,
              className: 'sm:max-w-44',
            },
            {
              title: 'Learned or written as',
              cell: (row) =>
                onChange ? (
                  <TypeSelect {...row} regenerates={regenerates} onChange={(config) => onChange([config])} />
                ) : (
                  <ResolvedType {...row} regenerates={regenerates} />
                ),
              className: 'w-72',
            },
            {
              title: 'Why',
              cell: ({ decision }) => {
                const evidence = decision?.identifiesSubjects && !regenerates ? COUNTED : decision?.evidence;
                return (
                  <bdi className="sm:line-clamp-3" title={evidence}>
                    {evidence}
                  </bdi>
                );
              },
              className: 'text-ink-soft',
            },
          ]}
        />
      )}
    </ColumnPages>
  );
});

function withFacts(row: Row, regenerates: boolean): FoundRow {
  const { config, decision, profile, storageType, isConverted = false } = row;
  const personal = profile ? personalInWords(profile) : null;
  const isCounted = decision?.identifiesSubjects && !regenerates;
  const facts = {
    name: config.name,
    storageType,
    missing: profile ? missingShare(profile) : null,
    decision: decisionInWords(decision, regenerates),
    isUnlearned: !decision || (!isCounted && isUnlearned(decision)),
    isPersonal: personal !== null,
    isConverted,
  };
  return { ...row, facts, personal };
}

function ColumnName(props: { row: FoundRow; primaryKey: string | null; regenerates: boolean }) {
  const { config, storageType, decision, personal, isConverted } = props.row;
  return (
    <>
      <UserText text={config.name} />
      <span className="block text-xs font-normal text-ink-soft">
        {config.name === props.primaryKey ? (
          <span className="inline-flex items-center gap-1">
            <KeyRound aria-hidden="true" size={12} /> primary key
          </span>
        ) : (
          storageType
        )}
        {isConverted && ', converted'}
      </span>
      {decision?.identifiesSubjects && (
        <span className="inline-flex items-center gap-1 text-xs font-normal text-difference">
          <Users aria-hidden="true" size={12} className="shrink-0" />
          {props.regenerates ? 'regenerated' : 'names people'}
        </span>
      )}
      {personal && <span className="block text-xs font-normal text-difference">{personal}</span>}
    </>
  );
}

/** Selects columns for an edit of many. */
function tickColumn(
  shown: readonly FoundRow[],
  names: ReadonlySet<string>,
  select: (rows: readonly FoundRow[], on: boolean) => void,
): TableColumn<FoundRow> {
  return {
    title: (
      <Tick
        label="Select all on this page"
        checked={shown.every(({ config }) => names.has(config.name))}
        onChange={(on) => select(shown, on)}
      />
    ),
    cell: (row) => (
      <Tick
        label={`Select ${row.config.name}`}
        checked={names.has(row.config.name)}
        onChange={(on) => select([row], on)}
      />
    ),
    className: 'w-8 pr-0!',
    inCard: 'corner',
  };
}

/** The switch of a column. */
function switchColumn(onChange: OnChange): TableColumn<FoundRow> {
  return {
    title: 'Use',
    inCard: 'corner',
    cell: ({ config }) => (
      <Toggle
        aria-label={`Use ${config.name}`}
        checked={config.included}
        onCheckedChange={(included) => onChange([{ ...config, included }])}
      />
    ),
    className: 'w-20',
  };
}

function ResolvedType({ decision, regenerates }: EditedColumn & { readonly regenerates: boolean }) {
  const isInvented = regenerates && decision?.identifiesSubjects;
  if (decision?.encodingType && !isInvented) return encodingName(decision.encodingType);
  const isRegenerated = decision?.role === 'primary-key' || isInvented;
  const way = decision?.writing && writingInWords(decision.writing);
  const words = way ? `Not learned: ${way}` : isRegenerated ? 'Regenerated' : 'Left out';
  return (
    <span className="text-ink-soft">
      <bdi>{decision?.writing?.as === 'omit' ? 'Left out' : words}</bdi>
    </span>
  );
}
