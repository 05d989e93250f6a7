import type { ColumnConfig, ColumnProfile } from '../../domain/columns';
import { decisionInWords } from '../columns/column-words';
import { type ColumnChoice, choiceOf, choose, type EditedColumn, typesOf } from './column-edits';
import { encodingName } from './encoding-names';
import { fittingWritings, WritingFields, writingName } from './writing-fields';

/** How a column is learned or written, and the way to change it. */
export function TypeSelect(
  props: EditedColumn & {
    /** Absent = the source is gone. */
    readonly profile?: ColumnProfile | undefined;
    readonly regenerates: boolean;
    readonly onChange: (config: ColumnConfig) => void;
  },
) {
  const { config, decision, profile, onChange } = props;
  const { writtenAs = 'auto' } = config;
  const types = typesOf(props);
  const writings = fittingWritings(props.storageType);
  const isWritten = writtenAs !== 'auto' && writtenAs !== 'omit';
  return (
    <>
      <select
        aria-label={`Encoding of ${config.name}`}
        value={choiceOf(config)}
        disabled={!config.included && !isWritten}
        onChange={({ target: { value } }) => {
          const choice = [...types, ...writings].find((each: ColumnChoice) => each === value);
          if (choice) onChange(choose(config, choice));
        }}
        className="min-h-9 w-full rounded-lg border border-line-strong/70 bg-card px-2 py-1 text-sm text-ellipsis disabled:opacity-60"
      >
        {types.map((type) => (
          <option key={type} value={type}>
            {type === 'AUTO' ? `Auto: ${decisionInWords(decision, props.regenerates)}` : encodingName(type)}
          </option>
        ))}
        <optgroup label="Not learned, written as">
          {writings.map((way) => (
            <option key={way} value={way}>
              {writingName(way)}
            </option>
          ))}
        </optgroup>
      </select>
      {profile && (
        <WritingFields config={config} profile={profile} writing={decision?.writing} onChange={onChange} />
      )}
    </>
  );
}
