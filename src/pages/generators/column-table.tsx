import { KeyRound, Users } from 'lucide-react';
import { Toggle } from '../../components/field';
import { Table, type TableColumn, UserText } from '../../components/table';
import type {
  ColumnConfig,
  ColumnProfile,
  EncodingDecision,
  ModelEncodingType,
  StorageType,
} from '../../domain/columns';
import { WrittenAs, writingInWords } from '../../domain/writing';
import { encodingName, fittingTypes } from './encoding-names';
import { fittingWritings, personalInWords, WritingFields, writingName } from './writing-fields';

interface Row {
  readonly config: ColumnConfig;
  readonly storageType: StorageType;
  /** Its values are coordinates, or it is one of a pair of these. */
  readonly isCoordinate?: boolean;
  readonly decision: EncodingDecision | undefined;
  /** Absent = the source is gone. */
  readonly profile?: ColumnProfile | undefined;
}

/** Of a column that identifies subjects where it is counted. */
const COUNTED =
  'Identifies subjects. Counted with noise as other columns are: values that few subjects have do not appear.';

/** How every column takes part, why, and the way to change it. Without `onChange` it only shows. */
export function ColumnTable(props: {
  readonly rows: readonly Row[];
  readonly primaryKey: string | null;
  /** Whether columns that identify subjects get invented values; else they are counted as others are. */
  readonly regenerates?: boolean;
  readonly onChange?: (config: ColumnConfig) => void;
}) {
  const { onChange, primaryKey, regenerates = true } = props;
  return (
    <Table
      label="Column settings"
      className="max-h-[36rem] *:min-w-3xl"
      cellClass="py-2.5 align-top"
      rows={props.rows}
      columns={[
        ...(onChange ? [switchColumn(onChange)] : []),
        {
          title: 'Column',
          cell: ({ config, storageType, decision, profile }) => (
            <>
              <UserText text={config.name} />
              <span className="block text-xs font-normal text-ink-soft">
                {config.name === primaryKey ? (
                  <span className="inline-flex items-center gap-1">
                    <KeyRound aria-hidden="true" size={12} /> primary key
                  </span>
                ) : (
                  storageType
                )}
              </span>
              {decision?.identifiesSubjects && (
                <span className="inline-flex items-center gap-1 text-xs font-normal text-difference">
                  <Users aria-hidden="true" size={12} className="shrink-0" />
                  {regenerates ? 'regenerated' : 'names people'}
                </span>
              )}
              <Personal profile={profile} />
            </>
          ),
          isHeader: true,
          className: 'max-w-44',
        },
        {
          title: 'Learned or written as',
          cell: (row) =>
            onChange ? (
              <TypeSelect {...row} regenerates={regenerates} onChange={onChange} />
            ) : (
              <ResolvedType {...row} regenerates={regenerates} />
            ),
          className: 'w-64',
        },
        {
          title: 'Why',
          cell: ({ decision }) => {
            const evidence = decision?.identifiesSubjects && !regenerates ? COUNTED : decision?.evidence;
            return (
              <bdi className="line-clamp-3" title={evidence}>
                {evidence}
              </bdi>
            );
          },
          className: 'text-ink-soft',
        },
      ]}
    />
  );
}

/** The switch of a column. */
function switchColumn(onChange: (config: ColumnConfig) => void): TableColumn<Row> {
  return {
    title: 'Use',
    cell: ({ config }) => (
      <Toggle
        aria-label={`Use ${config.name}`}
        checked={config.included}
        onCheckedChange={(included) => onChange({ ...config, included })}
      />
    ),
    className: 'w-20',
  };
}

function ResolvedType({ decision, regenerates }: Row & { readonly regenerates: boolean }) {
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

/** What of people a column seems to hold. */
function Personal({ profile }: { readonly profile: ColumnProfile | undefined }) {
  const words = profile && personalInWords(profile);
  if (!words) return null;
  return <span className="block text-xs font-normal text-difference">{words}</span>;
}

function TypeSelect(
  props: Row & { readonly regenerates: boolean; readonly onChange: (config: ColumnConfig) => void },
) {
  const { config, decision, profile, regenerates, storageType } = props;
  const resolved = resolvedName(decision, regenerates);
  const types = fittingTypes(storageType, props.isCoordinate);
  const options: readonly ModelEncodingType[] = types.includes(config.modelEncodingType)
    ? types
    : [...types, config.modelEncodingType];
  const isKey = decision?.role === 'primary-key';
  const isFixed = isKey || decision?.identifiesSubjects;
  const { writtenAs = 'auto' } = config;
  const isWritten = writtenAs !== 'auto' && writtenAs !== 'omit';
  return (
    <>
      <select
        aria-label={`Encoding of ${config.name}`}
        value={writtenAs === 'auto' ? config.modelEncodingType : writtenAs}
        disabled={!config.included && !isWritten}
        onChange={({ target: { value } }) => {
          const modelEncodingType = options.find((type) => type === value);
          const { writtenAs: _before, ...plain } = config;
          if (modelEncodingType) props.onChange({ ...plain, modelEncodingType });
          else props.onChange({ ...plain, writtenAs: WrittenAs.parse(value) });
        }}
        className="min-h-9 w-full rounded-lg border border-line-strong/70 bg-card px-2 py-1 text-sm disabled:opacity-60"
      >
        {(isFixed ? options.filter((type) => type === config.modelEncodingType) : options).map((type) => (
          <option key={type} value={type}>
            {type === 'AUTO' ? `Auto: ${resolved}` : encodingName(type)}
          </option>
        ))}
        <optgroup label="Not learned, written as">
          {fittingWritings(storageType).map((way) => (
            <option key={way} value={way}>
              {writingName(way)}
            </option>
          ))}
        </optgroup>
      </select>
      {profile && (
        <WritingFields
          config={config}
          profile={profile}
          writing={decision?.writing}
          onChange={props.onChange}
        />
      )}
    </>
  );
}

function resolvedName(decision: EncodingDecision | undefined, regenerates: boolean): string {
  if (regenerates && decision?.identifiesSubjects)
    return decision.writing ? writingInWords(decision.writing) : 'regenerated';
  if (decision?.encodingType) return encodingName(decision.encodingType).toLowerCase();
  const { writing } = decision ?? {};
  return !writing || writing.as === 'omit' ? 'left out' : writingInWords(writing);
}
