import { UserError } from '../../../../src/domain/errors';
import type { EncodedFeature } from '../coded-columns';
import type { TrainedBase, TrainingTable } from '../model';
import type { ArgnContent, ArgnLearned } from './artefact';
import type { ArgnConfiguration } from './family';

/** A trained model that a training goes on from. */
export interface ContinuedArgn extends TrainedBase {
  readonly learned: ArgnLearned;
}

/** Whether rows are coded by value: dealt by rank, those of another version would get the shares of the one before. */
export function isCodedByValue({ learned, sameRows }: ContinuedArgn): boolean {
  return !sameRows || learned.content.codedByValue === true;
}

/** Settings that decide the shape of the network or how it is drawn from. */
const SHAPE = ['modelSize', 'enableFlexibleGeneration', 'valueProtection'] as const;

/** @throws UserError `config/invalid` if the settings ask for another network than the model's */
export function checkSettings(configuration: ArgnConfiguration, { configuration: own }: ArgnContent): void {
  const changed = SHAPE.find((name) => configuration[name] !== own[name]);
  if (changed === undefined) return;
  throw new UserError(
    'config/invalid',
    `A training that goes on keeps the network of its model, and “${changed}” would change it. Clone the generator with other settings, and train anew.`,
    { details: { setting: changed } },
  );
}

/**
 * Checks that the columns to learn are those of the model, in its order.
 * @throws UserError `config/invalid` naming a column that is not
 */
export function checkFeatures(
  { features, name }: Pick<TrainingTable, 'features' | 'name'>,
  learned: readonly EncodedFeature[],
): void {
  const sameAs = (index: number) => {
    const [now, before] = [features[index], learned[index]];
    return (
      now?.schema.name === before?.schema.name &&
      now?.schema.storageType === before?.schema.storageType &&
      now?.encodingType === before?.encoding.type
    );
  };
  const length = Math.max(features.length, learned.length);
  const index = Array.from({ length }, (_, i) => i).find((i) => !sameAs(i));
  if (index === undefined) return;
  const column = (features[index] ?? learned[index])!.schema.name;
  throw new UserError(
    'config/invalid',
    `The model that this training goes on from learned other columns than “${name}” now has: “${column}” is not as it was. Clone the generator with the same settings, and train anew.`,
    { details: { column } },
  );
}
