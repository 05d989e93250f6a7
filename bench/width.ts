import { columnLength, type NamedColumn, openEngine, type Settings, takeRows } from './engine';
import { describeProcess, optionOf, print } from './terminal';
import { causeEffects, treesAuc } from './width-score';
import { widthTable } from './width-tables';

/** Planted correlations below this are chance to a tenth and more. */
const MIN_CORRELATION = 0.1;
/** Rows drawn at least, so that the error of the sample is small against what is lost. */
const MIN_DRAWN = 10_000;

/** Rows asked about, which nothing learned. */
const HELD_BACK = 10_000;
/** Of a smaller AUC above ½ no share is taken: it would be the noise of trees. */
const MIN_AUC = 0.02;

/**
 * Relations of a few columns among many unrelated ones (`width-tables.ts`): how much of each planted correlation with the
 * outcome is kept, and of the AUC above ½, in rows that nothing learned, of boosted trees that learned the outcome from as
 * many synthetic rows as real ones. One line per table and the means.
 * `npm run bench -- width [--tables 101-160] [--cells 300000] [--model {"privacyGuard":false}]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const [first, last] = (optionOf(args, 'tables') ?? '101-110').split('-').map(Number);
  const cells = Number(optionOf(args, 'cells') ?? 300_000);
  const settings: Settings = JSON.parse(optionOf(args, 'model') ?? '{}');
  print(`Width, ${describeProcess()}, one thread, at most ${cells} cells`);
  print('table  rows × columns  related  correlations kept            AUC real → synthetic, kept  CPU s');
  const kept: number[] = [];
  const aucs: { real: number; synthetic: number }[] = [];
  for (let seed = first!; seed <= (last ?? first!); seed++) {
    const { columns, heldBack, target, causes, rows, related } = widthTable(seed, cells, HELD_BACK);
    const { drawn, cpuSeconds } = await outcome(columns, settings);
    const real = causeEffects(columns, target, causes);
    const synthetic = causeEffects(drawn, target, causes);
    const shares = real.flatMap((r, k) => (Math.abs(r) < MIN_CORRELATION ? [] : [synthetic[k]! / r]));
    const [before, after] = [columns, firstRows(drawn, rows)].map(
      (learned) => treesAuc(learned, heldBack, target, seed) - 0.5,
    );
    if (shares.length > 0) kept.push(mean(shares));
    if (before! >= MIN_AUC) aucs.push({ real: before!, synthetic: after! });
    const list = shares.map((share) => share.toFixed(2)).join(' ');
    const size = `${rows} × ${columns.length}`;
    const auc = `${(0.5 + before!).toFixed(3)} → ${(0.5 + after!).toFixed(3)}  ${(after! / before!).toFixed(2)}`;
    print(
      `${String(seed).padEnd(6)} ${size.padEnd(15)} ${String(related).padEnd(8)} ${list.padEnd(29)} ` +
        `${auc.padEnd(27)} ${cpuSeconds.toFixed(1)}`,
    );
  }
  const shareKept = aucs.map(({ real, synthetic }) => synthetic / real);
  const [real, synthetic] = (['real', 'synthetic'] as const).map(
    (of) => 0.5 + mean(aucs.map((auc) => auc[of])),
  );
  print(
    `mean kept: correlations ${mean(kept).toFixed(3)} (${kept.length} tables, ${share(kept)} of them ≥ .85); ` +
      `AUC ${real!.toFixed(3)} → ${synthetic!.toFixed(3)}, above ½ ${mean(shareKept).toFixed(3)} ` +
      `(${aucs.length} tables, ${share(shareKept)} of them ≥ .85)`,
  );
}

function share(kept: readonly number[]): string {
  return `${Math.round((100 * kept.filter((value) => value >= 0.85).length) / kept.length)} %`;
}

async function outcome(columns: readonly NamedColumn[], settings: Settings) {
  const engine = await openEngine(columns, 1);
  const { cpuSeconds } = await engine.train(1, settings);
  const { columns: drawn } = await engine.generate(Math.max(MIN_DRAWN, columnLength(columns[0]!.data)), 1);
  await engine.close();
  return { drawn, cpuSeconds };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function firstRows(table: readonly NamedColumn[], count: number): NamedColumn[] {
  const rows = Uint32Array.from({ length: count }, (_, k) => k);
  return table.map((column) => ({ ...column, data: takeRows(column.data, rows) }));
}
