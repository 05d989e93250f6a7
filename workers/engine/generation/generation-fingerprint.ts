import { Checksum } from '../checkpoints/checksum';
import type { Artefact } from '../models/artefact';
import type { GenerateRequest } from '../protocol';

/** Sums up all that the rows of a generation depend on. */
export function generationFingerprint(
  { tensors, ...model }: Artefact,
  { rows, randomState, configuration }: GenerateRequest,
): string {
  const sum = new Checksum().addText(JSON.stringify({ model, rows, randomState, configuration }));
  for (const tensor of Object.values(tensors)) sum.add(tensor);
  return String(sum);
}
