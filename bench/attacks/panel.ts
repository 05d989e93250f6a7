import {
  attackedPanel,
  codeColumn,
  DEFAULT_LIMITS,
  membershipPanel,
  type NamedColumn,
  privacyVerdict,
  publishedAdult,
  quietParts,
  RandomStream,
  reportOn,
  takeRows,
  type VerdictLevel,
} from '../engine';
import { optionOf, print } from '../terminal';
import { appendRows, pickRows, rowCount, rowRange } from './populations';

/** Share of the planted copies, and ranks that the numbers of a changed copy move by at most. */
const PLANTED = 0.01;
const MOVED = 0.01;

/**
 * The attacks of a report: `attacks panel [--published] [--planted] [--fresh N [--rows N]]`. Published Adult files by what the
 * panel says; copies among synthetic rows, as they are and changed; fresh rows passed off as synthetic.
 */
export async function runPanel(args: readonly string[]): Promise<void> {
  const published = await publishedAdult();
  const missing = published.missingAdult();
  if (missing) {
    print(`The panel has nothing to attack: ${missing} is missing.`);
    return;
  }
  const all = !['--published', '--planted', '--fresh'].some((option) => args.includes(option));
  const adult = published.readAdult();
  if (all || args.includes('--planted')) {
    await plantCopies(adult, published.readPublished('2024-12__mostlyai', adult.training));
  }
  if (all || args.includes('--fresh'))
    await repeatFresh(adult, Number(optionOf(args, 'fresh') ?? 100), Number(optionOf(args, 'rows') ?? 2000));
  if (all || args.includes('--published')) {
    await rankPublished(
      adult,
      published.publishedFiles().map((name) => [name, () => published.readPublished(name, adult.training)]),
    );
  }
}

interface Adult {
  readonly training: NamedColumn[];
  readonly holdout: NamedColumn[];
}

/** 1 % of the synthetic rows are training rows: the verdict, and how many of the copied people the panel finds. */
async function plantCopies({ training, holdout }: Adult, synthetic: readonly NamedColumn[]): Promise<void> {
  const rows = rowCount(synthetic);
  const copies = Math.round(PLANTED * rows);
  const stream = new RandomStream(1, 'planted rows');
  const copied = pickRows(training, stream.permutation(rowCount(training)).slice(0, copies));
  for (const [name, planted] of [
    ['as they are', copied],
    ['changed', changed(copied, training, stream)],
  ] as const) {
    const table = appendRows(rowRange(synthetic, 0, rows - copies), planted);
    const report = await reportOn({ training, holdout, synthetic: table });
    const { title, parts } = privacyVerdict(report);
    const coded = training.map((column, c) =>
      codeColumn(column.storageType, [copied[c]!.data, holdout[c]!.data, table[c]!.data]),
    );
    const [members, others, drawn] = [0, 1, 2].map((set) => coded.map((column) => column.parts[set]!));
    const panel = await membershipPanel(
      {
        ordered: coded.map(({ isOrdered }) => isOrdered),
        ...{ members: members!, others: others!, synthetic: drawn!, owners: null },
        trained: rowCount(training),
      },
      1,
      DEFAULT_LIMITS,
      quietParts(),
    );
    print(`\n${copies} copies ${name}: ${title}`);
    for (const { title: what, level, figure } of parts) print(`  ${what}: ${level}; ${figure}`);
    if ('needed' in panel) continue;
    const { auc, at1 } = panel;
    print(
      `  the copied people: AUC ${auc.value.toFixed(3)}, found at 1 % false alarms ${at1?.value.toFixed(3)} (${at1?.low.toFixed(3)} to ${at1?.high.toFixed(3)}) by ${at1?.attacks.join(', ')}`,
    );
  }
}

/** Rows with each number replaced by one of nearly the same rank. */
function changed(
  rows: readonly NamedColumn[],
  among: readonly NamedColumn[],
  stream: RandomStream,
): NamedColumn[] {
  return rows.map((column, c) => {
    const [own, all] = [column.data, among[c]!.data];
    if (own.kind === 'text' || all.kind === 'text') return column;
    const sorted = all.values.slice().sort();
    const reach = Math.round(MOVED * sorted.length);
    const values = own.values.map((value) => {
      // Any rank among equal values: a frequent value mostly stays as it is.
      const [from, to] = [sorted.indexOf(value), sorted.lastIndexOf(value)];
      const rank = from + stream.below(to - from + 1);
      const moved = rank + stream.below(2 * reach + 1) - reach;
      return sorted[Math.max(0, Math.min(sorted.length - 1, moved))]!;
    });
    return { ...column, data: { ...own, values } };
  });
}

/** Fresh rows as synthetic ones, over and over: how often the verdict is a pass. */
async function repeatFresh({ training, holdout }: Adult, times: number, rows: number): Promise<void> {
  const table = appendRows(training, holdout);
  const levels: Record<VerdictLevel, number> = { pass: 0, inconclusive: 0, attention: 0 };
  const titles = new Map<string, number>();
  for (let time = 0; time < times; time++) {
    const order = new RandomStream(time, 'fresh rows').permutation(rowCount(table));
    const part = (from: number) =>
      table.map((column) => ({ ...column, data: takeRows(column.data, order.slice(from, from + rows)) }));
    const report = await reportOn(
      { training: part(0), holdout: part(rows), synthetic: part(2 * rows) },
      { randomState: time },
    );
    const { level, title } = privacyVerdict(report);
    levels[level]++;
    if (level !== 'pass') titles.set(title, (titles.get(title) ?? 0) + 1);
  }
  print(`\nFresh rows passed off as synthetic, ${times} times ${rows} rows: ${JSON.stringify(levels)}`);
  for (const [title, count] of titles) print(`  ${count} × ${title}`);
}

async function rankPublished(
  { training, holdout }: Adult,
  files: readonly (readonly [string, () => NamedColumn[]])[],
): Promise<void> {
  const lines: { readonly auc: number; readonly cells: readonly string[] }[] = [];
  for (const [name, read] of files) {
    const synthetic = read();
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    const report = await reportOn({ training, holdout, synthetic });
    const { user, system } = process.cpuUsage(cpu);
    const panel = attackedPanel(report.privacyTests);
    const copies = report.privacyTests?.nearCopies;
    if (!panel?.at1 || !copies) continue;
    const { auc, at1, isolated } = panel;
    const { dcrShare } = report.metrics.distances;
    lines.push({
      auc: auc.value,
      cells: [
        name,
        `${auc.value.toFixed(3)} (${auc.low.toFixed(3)}–${auc.high.toFixed(3)})`,
        auc.attacks.join(', '),
        `${hundred(at1.value)} (${hundred(at1.low)}–${hundred(at1.high)})`,
        isolated
          ? `${isolated.auc.value.toFixed(3)} (${isolated.auc.low.toFixed(3)}–${isolated.auc.high.toFixed(3)})`
          : '',
        hundred((copies.training - copies.holdout) / copies.rows, 2),
        hundred(dcrShare!),
        privacyVerdict(report).title,
        `${((performance.now() - wall) / 1000).toFixed(1)} / ${((user + system) / 1e6).toFixed(1)}`,
      ],
    });
    print(`${name} …`);
  }
  const head = [
    'file',
    'AUC',
    'strongest',
    'found at 1 %',
    'isolated AUC',
    'near copies %',
    'DCR share %',
    'verdict',
    'wall / CPU s',
  ];
  print(`\n| ${head.join(' | ')} |\n|${head.map(() => ' --- ').join('|')}|`);
  for (const { cells } of lines.sort((a, b) => b.auc - a.auc)) print(`| ${cells.join(' | ')} |`);
}

function hundred(share: number, digits = 1): string {
  return (100 * share).toFixed(digits);
}
