/** What all backends do alike before they draw: checks and the uniform numbers. */
import { UserError } from '../../../../../src/domain/errors';
import { uniformAt } from '../../../../../src/domain/random';
import type { GenerationRequest, ModelSpec } from './network-backend';

/** Below this temperature the most likely code is taken. */
const COLDEST = 1e-6;

/** The independent draws of one sub-column: row r uses the counters (row0 + r, part), so blocks can be cut anywhere. */
export function independentUniforms(request: GenerationRequest, part: number, uniforms: Float32Array): void {
  for (let r = 0; r < uniforms.length; r++) uniforms[r] = uniformAt(request.seed, request.row0 + r, part);
}

/** Factor of the logits; 0 stands for temperature 0, the most likely code. */
export function logitScale(temperature: number): number {
  return temperature < COLDEST ? 0 : 1 / temperature;
}

/** @throws UserError if a request cannot be drawn from this model */
export function checkGeneration(spec: ModelSpec, request: GenerationRequest): void {
  const parts = spec.subColumns;
  const { order, temperature, topP, rows } = request;
  if (!Number.isInteger(rows) || rows < 0) fail(`${rows} is no number of rows`);
  if (!(temperature >= 0 && Number.isFinite(temperature)))
    fail(`The temperature is ${temperature}; it must be a number from 0 up`);
  if (!(topP > 0 && topP <= 1)) fail(`top_p is ${topP}; it must be above 0 and at most 1`);
  const listed = new Set(order);
  if (order.length !== parts.length || listed.size !== parts.length || order.some((j) => !parts[j]))
    fail(`The drawing order must name each of the ${parts.length} sub-columns once`);
  parts.forEach(({ cardinality }, j) => {
    const given = request.fixed[j];
    if (given) {
      if (given.length !== rows) fail(`${given.length} codes are given for ${rows} rows of sub-column ${j}`);
      const wrong = given.find((code) => code >= cardinality);
      if (wrong !== undefined) fail(`Code ${wrong} is given, but sub-column ${j} has ${cardinality}`);
    }
    const bias = request.logitBias[j];
    if (!bias) return;
    if (bias.length !== cardinality)
      fail(`The bias of sub-column ${j} has ${bias.length} entries for ${cardinality} codes`);
    if (!given && bias.every((value) => value === Number.NEGATIVE_INFINITY))
      fail(`Every value of sub-column ${j} is forbidden, so none can be drawn; allow at least one`);
    if (bias.some((value) => Number.isNaN(value) || value === Number.POSITIVE_INFINITY))
      fail(`The bias of sub-column ${j} holds a value that is neither finite nor −∞`);
  });
}

function fail(what: string): never {
  throw new UserError('generation/failed', `${what}.`);
}
