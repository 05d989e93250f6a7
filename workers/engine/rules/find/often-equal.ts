import type { RuleOf } from '../../../../src/domain/rules';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';

const MIN_SHARE = 0.02;
const MIN_ROWS = 30;
/** Times as often as chance, or as near misses. */
const MIN_RATIO = 3;
const NEAR_STEPS = 4;

/** Columns that hold the same value in a share of rows far above chance, though not in all. */
export async function findOftenEqual(
  columns: readonly SampledColumn[],
  skip: (first: SampledColumn, second: SampledColumn) => boolean,
  pacer: Pacer,
): Promise<RuleOf<'often-equal'>[]> {
  const found: RuleOf<'often-equal'>[] = [];
  const varied = columns.filter(({ cells }) => cells.length >= 8);
  for (const [i, first] of varied.entries()) {
    for (const second of varied.slice(i + 1)) {
      if (first.source.storageType === 'boolean' || typeDiffers(first, second)) continue;
      if (isOftenEqual(first, second) && !skip(first, second)) {
        found.push({ kind: 'often-equal', columns: [first.name, second.name] });
      }
      if (pacer.due) await pacer.tick();
    }
  }
  return found;
}

function typeDiffers(a: SampledColumn, b: SampledColumn): boolean {
  return a.type !== b.type || (a.type === 'date' && a.source.storageType !== b.source.storageType);
}

function isOftenEqual(first: SampledColumn, second: SampledColumn): boolean {
  const [a, b] = [matched(first, second), second.codes];
  const modes = [modeOf(first), modeOf(second)].map((code, i) => (i === 0 ? code : a.codeOfSecond[code]));
  let equal = 0;
  let present = 0;
  for (let row = 0; row < b.length; row++) {
    const code = first.codes[row]!;
    if (code < 0 || b[row]! < 0) continue;
    present++;
    if (a.codeOfSecond[b[row]!] !== code) continue;
    // Values that are common in both columns meet anyhow.
    if (code !== modes[0] || code !== modes[1]) equal++;
  }
  if (equal < MIN_ROWS || equal < MIN_SHARE * present || equal === present) return false;
  let chance = 0;
  for (const [code, own] of a.codeOfSecond.entries()) {
    if (own >= 0) chance += (second.counts[code]! / second.present) * first.counts[own]!;
  }
  if (equal < MIN_RATIO * chance) return false;
  return first.numbers === null || second.numbers === null || equal >= MIN_RATIO * nearMisses(first, second);
}

function matched(first: SampledColumn, second: SampledColumn): { codeOfSecond: Int32Array } {
  const codeOf = new Map(first.cells.map((cell, code) => [cell, code]));
  return { codeOfSecond: Int32Array.from(second.cells, (cell) => codeOf.get(cell) ?? -1) };
}

function modeOf({ counts }: SampledColumn): number {
  return counts.reduce((best, count, code) => (count > counts[best]! ? code : best), 0);
}

/** Rows per step of distance on the fuller side of 0: numbers that are close are equal now and then. */
function nearMisses(first: SampledColumn, second: SampledColumn): number {
  const gaps = first
    .numbers!.map((value, row) => second.numbers![row]! - value)
    .filter((gap) => gap !== 0 && !Number.isNaN(gap));
  let step = Infinity;
  for (const gap of gaps) step = Math.min(step, Math.abs(gap));
  const wide = NEAR_STEPS * step * 1.0001;
  let [below, above] = [0, 0];
  for (const gap of gaps) {
    if (gap > 0 && gap <= wide) above++;
    if (gap < 0 && -gap <= wide) below++;
  }
  return Math.max(below, above) / NEAR_STEPS;
}
