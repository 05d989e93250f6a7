import type { ColumnConfig, EncodingDecision, ModelEncodingType, StorageType } from '../../domain/columns';
import { WrittenAs } from '../../domain/writing';
import { fittingTypes } from './encoding-names';
import { fittingWritings } from './writing-fields';

/** A column, and what may be chosen for it. */
export interface EditedColumn {
  readonly config: ColumnConfig;
  readonly storageType: StorageType;
  /** Its values are coordinates, or it is one of a pair of these. */
  readonly isCoordinate?: boolean;
  readonly decision: EncodingDecision | undefined;
}

/** How a column is learned, or how it is written without being learned. */
export type ColumnChoice = ModelEncodingType | Exclude<WrittenAs, 'auto'>;

/** Whether a choice is a way of writing, without learning. */
export function isWriting(choice: ColumnChoice): choice is Exclude<WrittenAs, 'auto'> {
  return WrittenAs.safeParse(choice).success;
}

/** What is done to columns: a choice, or whether they take part at all. */
export type ColumnEdit = ColumnChoice | 'include' | 'leave-out';

/** The choice that stands. */
export function choiceOf({ writtenAs = 'auto', modelEncodingType }: ColumnConfig): ColumnChoice {
  return writtenAs === 'auto' ? modelEncodingType : writtenAs;
}

/** The encodings that a column can take: a key, or what tells whose a row is, keeps its own. */
function typesOf({ config, storageType, isCoordinate, decision }: EditedColumn): ModelEncodingType[] {
  const { modelEncodingType } = config;
  if (decision?.role === 'primary-key' || decision?.identifiesSubjects) return [modelEncodingType];
  const types = fittingTypes(storageType, isCoordinate);
  return types.includes(modelEncodingType) ? [...types] : [...types, modelEncodingType];
}

/** The configuration of a column with a choice; what belonged to another one goes. */
export function choose(config: ColumnConfig, choice: ColumnChoice): ColumnConfig {
  const { writtenAs: _before, ...plain } = config;
  return isWriting(choice) ? { ...plain, writtenAs: choice } : { ...plain, modelEncodingType: choice };
}

/** The configurations that an edit changes: of the columns that it fits, those that are not so already. */
export function editColumns(columns: readonly EditedColumn[], edit: ColumnEdit): ColumnConfig[] {
  return columns.flatMap((column) => {
    const { config } = column;
    if (edit === 'include' || edit === 'leave-out') return takesPart(config, edit === 'include') ?? [];
    const fits =
      fittingWritings(column.storageType).some((way) => way === edit) ||
      typesOf(column).some((type) => type === edit);
    // What is to be learned takes part.
    return fits && (choiceOf(config) !== edit || !config.included)
      ? { ...choose(config, edit), included: true }
      : [];
  });
}

/** A column with nothing written is left out, too: both are one to a person. */
function takesPart(config: ColumnConfig, included: boolean): ColumnConfig | null {
  const { writtenAs, ...plain } = config;
  const isIn = config.included && writtenAs !== 'omit';
  if (isIn === included) return null;
  return included ? { ...(writtenAs === 'omit' ? plain : config), included } : { ...plain, included };
}

/** What can be chosen for at least one of some columns. */
export function choicesFor(columns: readonly EditedColumn[]): ColumnChoice[] {
  const types = new Set(columns.flatMap(typesOf));
  return [...types, ...new Set(columns.flatMap(({ storageType }) => fittingWritings(storageType)))];
}
