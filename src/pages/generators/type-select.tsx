import type { ColumnConfig, ColumnProfile } from '../../domain/columns';
import { decisionInWords } from '../columns/column-words';
import { ChoiceSelect } from './choice-select';
import { choiceOf, choicesFor, choose, type EditedColumn } from './column-edits';
import { WritingFields } from './writing-fields';

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
  const isWritten = writtenAs !== 'auto' && writtenAs !== 'omit';
  return (
    <>
      <ChoiceSelect
        label={`Encoding of ${config.name}`}
        value={choiceOf(config)}
        choices={choicesFor([props])}
        automatic={decisionInWords(decision, props.regenerates)}
        disabled={!config.included && !isWritten}
        onChoose={(choice) => onChange(choose(config, choice))}
        className="w-full"
      />
      {profile && (
        <WritingFields config={config} profile={profile} writing={decision?.writing} onChange={onChange} />
      )}
    </>
  );
}
