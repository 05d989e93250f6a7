import {
  aucOf,
  type Estimate,
  type NamedColumn,
  openEngine,
  privacyVerdict,
  publishedAdult,
  RandomStream,
  reportOn,
  type Settings,
  separation,
  takeRows,
  truePositives,
} from '../engine';
import { optionOf, print } from '../terminal';
import { appendRows } from './populations';

/** Copies of each row that a table holds. */
const ONCE = 1;
const TWICE = 2;

/**
 * A white-box audit: who has the model itself asks how much likelier it makes a row than a reference model, trained on as
 * many other rows in the same way (Carlini et al. 2022, LiRA with one reference). `attacks likelihoods [--rows 500] [--epochs 300]`:
 * Adult with default settings; without the guard; and without it on a table that holds each row twice, so that validation
 * rows are training rows and nothing ends the training before it has memorised. Beside it the report on the rows of each.
 */
export async function runLikelihoods(args: readonly string[]): Promise<void> {
  const published = await publishedAdult();
  const missing = published.missingAdult();
  if (missing) {
    print(`No likelihoods can be compared: ${missing} is missing.`);
    return;
  }
  const { training, holdout } = published.readAdult();
  const rows = Number(optionOf(args, 'rows') ?? 500);
  const maxEpochs = Number(optionOf(args, 'epochs') ?? 300);
  const table = appendRows(training, holdout);
  const order = new RandomStream(1, 'audited rows').permutation(table[0] ? lengthOf(table[0]) : 0);
  const part = (from: number, count: number) =>
    table.map((column) => ({ ...column, data: takeRows(column.data, order.slice(from, from + count)) }));
  const sets = { members: part(0, rows), reference: part(rows, rows), others: part(2 * rows, 4 * rows) };
  print(`\nAdult, ${rows} rows, likelihoods of members and of ${4 * rows} others`);
  for (const [name, settings, copies] of [
    ['default', {}, ONCE],
    ['guard off', { privacyGuard: false, maxEpochs }, ONCE],
    ['guard off, each row twice', { privacyGuard: false, maxEpochs }, TWICE],
  ] as const)
    await audit(name, settings, copies, sets);
}

interface Sets {
  readonly members: NamedColumn[];
  readonly reference: NamedColumn[];
  readonly others: NamedColumn[];
}

async function audit(name: string, settings: Settings, copies: number, sets: Sets): Promise<void> {
  const started = process.cpuUsage();
  const repeated = (rows: NamedColumn[]) => (copies === TWICE ? appendRows(rows, rows) : rows);
  const model = await openEngine(repeated(sets.members), 1);
  const { summary } = await model.train(1, settings);
  const reference = await openEngine(repeated(sets.reference), 1);
  await reference.train(1, settings);
  const own = await model.logProbability(sets.members);
  const theirs = await model.logProbability(sets.others);
  const [known, unknown] = [
    await reference.logProbability(sets.members),
    await reference.logProbability(sets.others),
  ];
  const { columns } = await model.generate(4 * lengthOf(sets.members[0]!), 1);
  await model.close();
  await reference.close();
  const report = await reportOn({ training: sets.members, holdout: sets.others, synthetic: columns });
  const { user, system } = process.cpuUsage(started);
  print(`  ${name} (${summary.passes?.epochs ?? '–'} passes, ${((user + system) / 1e6).toFixed(0)} CPU s)`);
  print(`    likelihood        ${told(own, theirs)}`);
  const ratios = [
    own.map((value, row) => value - known[row]!),
    theirs.map((value, row) => value - unknown[row]!),
  ];
  print(`    likelihood ratio  ${told(ratios[0]!, ratios[1]!)}`);
  const { title, parts } = privacyVerdict(report);
  print(`    the rows: ${title}`);
  for (const { title: what, level, figure } of parts) if (level) print(`      ${what}: ${level}; ${figure}`);
}

function told(members: Float64Array, others: Float64Array): string {
  const { value, error }: Estimate = aucOf(separation(members, others));
  const at = (share: number) => truePositives(members, others, share).toFixed(3);
  return `AUC ${value.toFixed(3)} ± ${error.toFixed(3)}, found at 1 % ${at(0.01)}, at 10 % ${at(0.1)}`;
}

function lengthOf({ data }: NamedColumn): number {
  return data.kind === 'text' ? data.codes.length : data.values.length;
}
