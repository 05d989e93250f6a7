import { hashText, pcg, type RandomStream } from '../../../src/domain/random';
import { rangeValues } from '../../../src/domain/rarity';
import { learnRun, type RunModel } from './run-model';
import { type Choices, choicesOf, choose } from './supported-counts';
import { type Run, runsOf, shapeKey } from './value-shapes';

/** Part of the hidden values that shapes must cover. */
const MIN_COVERED = 0.5;
/** Fine shapes must cover this part of what coarse ones do … */
const WELL_COVERED = 0.8;
/** … and be no more than so many times as many: letters and digits in any order are no shapes. */
const MAX_FINE_SHAPES = 4;
/** Of more values so many show the form. */
const MAX_LEARNED = 10_000;
/** Draws that may repeat a value of the data or of the pool: more, and the choice is widened. */
const MAX_CLASHES = 0.15;
const MAX_WIDTH = 12;

/** Texts of one shape, run by run. */
interface Form {
  readonly runs: readonly RunModel[];
  /** The runs that may be widened: the one of digits that is spelled, if it is the only one; else those of letters. */
  readonly widened: ReadonlySet<number>;
}

/**
 * Invents distinct values of the same form as hidden ones, none of which is a value of the data. Where the data use so
 * much of what the form allows that draws hit their values, the choice is widened until they hardly do: otherwise the
 * values that are left out would be known by their absence (docs/encodings.md, Invented values).
 * @param hidden distinct texts, of different subjects
 * @param isTaken whether a text is a value of the data
 * @param raised by how much the threshold of rarity is
 * @param extra texts beyond `count` that are welcome as far as the form has them
 * @returns `count` texts and up to `extra` more, or null if the hidden ones have no common form
 */
export function inventValues(
  hidden: readonly string[],
  count: number,
  isTaken: (text: string) => boolean,
  stream: RandomStream,
  raised = 0,
  extra = 0,
): string[] | null {
  const forms = learnForms(hidden, raised);
  if (!forms) return null;
  const maxWidth = forms.items.some(({ widened }) => widened.size > 0) ? MAX_WIDTH : 0;
  for (let width = 0; width <= maxWidth; width++) {
    const pool = drawPool(forms, count, isTaken, stream, width, extra);
    if (pool) return pool;
  }
  return null;
}

function learnForms(hidden: readonly string[], raised: number): Choices<Form> | null {
  const texts = learnedTexts(hidden);
  const fine = shapesOf(texts, false, raised);
  const coarse = shapesOf(texts, true, raised);
  const isFine =
    coverage(fine) >= WELL_COVERED * coverage(coarse) && fine.length <= MAX_FINE_SHAPES * coarse.length;
  const shapes = isFine ? fine : coarse;
  if (shapes.length === 0 || coverage(shapes) < MIN_COVERED * texts.length) return null;
  return choicesOf(shapes.map((values) => [learnForm(values, raised), values.length]));
}

/** The texts that show the form: all, or some by a hash, so that the order of the rows does not matter. */
function learnedTexts(hidden: readonly string[]): string[] {
  let texts = [...hidden];
  if (texts.length > MAX_LEARNED) {
    const hashes = Uint32Array.from(texts, (text) => pcg(hashText(text)));
    const limit = hashes.slice().sort()[MAX_LEARNED]!;
    texts = texts.filter((_, i) => hashes[i]! < limit);
  }
  return texts.sort();
}

/** Values by shape, of the shapes that enough distinct ones share: as many as a range needs. */
function shapesOf(texts: readonly string[], coarse: boolean, raised: number): Run[][][] {
  const shapes = new Map<string, Run[][]>();
  for (const text of texts) {
    const runs = runsOf(text, coarse);
    if (!runs || runs.length === 0) continue;
    const key = shapeKey(runs);
    const values = shapes.get(key);
    if (values) values.push(runs);
    else shapes.set(key, [runs]);
  }
  return [...shapes.values()].filter((values) => values.length >= rangeValues(raised));
}

function coverage(shapes: readonly (readonly unknown[])[]): number {
  return shapes.reduce((sum, values) => sum + values.length, 0);
}

function learnForm(values: readonly (readonly Run[])[], raised: number): Form {
  const kinds = values[0]!.map(({ kind }) => kind);
  const runs = kinds.map((kind, r) =>
    learnRun(
      kind,
      values.map((value) => value[r]!.text),
      raised,
    ),
  );
  const spelled = kinds.flatMap((kind, r) => (runs[r]!.variety > 1 ? [{ kind, r }] : []));
  const numbers = spelled.filter(({ kind }) => kind === 'digits');
  const widened = numbers.length === 1 ? numbers : spelled.filter(({ kind }) => kind !== 'digits');
  return { runs, widened: new Set(widened.map(({ r }) => r)) };
}

/** Draws of one width; null if too many of them are taken or a form cannot be drawn. */
function drawPool(
  forms: Choices<Form>,
  count: number,
  isTaken: (text: string) => boolean,
  stream: RandomStream,
  width: number,
  extra: number,
): string[] | null {
  const pool = new Set<string>();
  const enough = () => (pool.size < count ? null : [...pool]);
  for (let clashes = 0; pool.size < count + extra; ) {
    const text = drawText(choose(forms, stream), stream, width);
    if (text === null) return enough();
    if (isTaken(text) || pool.has(text)) {
      // Those beyond `count` must not use up the form either.
      if (++clashes > Math.max(5, MAX_CLASHES * Math.max(count, pool.size))) return enough();
    } else pool.add(text);
  }
  return [...pool];
}

function drawText({ runs, widened }: Form, stream: RandomStream, width: number): string | null {
  let text = '';
  for (const [r, run] of runs.entries()) {
    const part = run.draw(stream, widened.has(r) ? width : 0);
    if (part === null) return null;
    text += part;
  }
  return text;
}
