import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ALL_ROWS,
  auditVerdict,
  columnLength,
  type NamedColumn,
  openEngine,
  privacyVerdict,
  publishedAdult,
  RandomStream,
  reportOn,
  type Settings,
  takeRows,
} from '../engine';
import { findPython, runPeer } from '../peers/python';
import { optionOf, print } from '../terminal';
import { appendRows } from './populations';

/** Copies of each row that a table holds. */
const ONCE = 1;
const TWICE = 2;
/** Unseen people of an audit, by people that were learned; the control has so many rows of each kind. */
const UNSEEN = 4;
const FRESH_ROWS = 4000;

/**
 * The white-box audit of reports: `attacks likelihoods [--rows 500] [--epochs 300] [--fresh N]`. Adult with default settings;
 * without the guard; and without it on a table that holds each row twice, so that validation rows are training rows and
 * nothing ends the training before it has memorised. Beside it AUC and people found by scikit-learn, and the report on the
 * rows of each. `--fresh N`: as many times two sets of rows that a default model never saw, one passed off as learned.
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
  const fresh = Number(optionOf(args, 'fresh') ?? 0);
  const table = appendRows(training, holdout);
  const order = new RandomStream(1, 'audited rows').permutation(columnLength(table[0]!.data));
  const part = (from: number, to: number) =>
    table.map((column) => ({ ...column, data: takeRows(column.data, order.slice(from, to)) }));
  const sets = { members: part(0, rows), others: part(rows, (1 + UNSEEN) * rows) };
  if (fresh > 0) {
    await repeatFresh(sets.members, part(rows, order.length), fresh);
    return;
  }
  print(
    `\nAdult, ${rows} rows, likelihoods of members and of others, among ${UNSEEN * rows} of them the reference`,
  );
  for (const [name, settings, copies] of [
    ['default', {}, ONCE],
    ['guard off', { privacyGuard: false, maxEpochs }, ONCE],
    ['guard off, each row twice', { privacyGuard: false, maxEpochs }, TWICE],
  ] as const)
    await audit(name, settings, copies, sets);
}

interface Sets {
  readonly members: NamedColumn[];
  readonly others: NamedColumn[];
}

const UNSEEN_ROWS = { tableId: 'unseen', rows: ALL_ROWS };

async function audit(name: string, settings: Settings, copies: number, sets: Sets): Promise<void> {
  const { members, others } = sets;
  const table = copies === TWICE ? appendRows(members, members) : members;
  const model = await openEngine(table, 1, undefined, 'argn', { learned: members, unseen: others });
  const { summary, rows } = await model.train(1, settings);
  const started = process.cpuUsage();
  const learned = copies === TWICE ? { tableId: 'learned', rows: ALL_ROWS } : { tableId: 'source', rows };
  const { scores, audit } = await model.audit(learned, UNSEEN_ROWS, 1);
  const { user, system } = process.cpuUsage(started);
  const { columns } = await model.generate(UNSEEN * columnLength(members[0]!.data), 1);
  await model.close();
  const report = await reportOn({ training: members, holdout: others, synthetic: columns });
  print(
    `  ${name} (${summary.passes?.epochs ?? '–'} passes; audit ${((user + system) / 1e6).toFixed(1)} CPU s)`,
  );
  for (const { name: attack, auc, at1, at10 } of audit.attacks)
    print(
      `    ${attack}: AUC ${auc.toFixed(3)}, found ${at1?.toFixed(3)} at 1 %, ${at10?.toFixed(3)} at 10 %`,
    );
  const ratios = [scores.members, scores.others].map(({ model, reference }) =>
    Array.from(model, (value, row) => value - reference[row]!),
  );
  print(`    likelihood ratio, by scikit-learn: ${await oracleOf(ratios[0]!, ratios[1]!)}`);
  const { level, sentence } = auditVerdict(audit);
  print(`    the model: ${level}; ${sentence}`);
  print(`    its rows alone: ${privacyVerdict(report).title}`);
  print(`    both: ${privacyVerdict({ ...report, modelAudit: audit }).title}`);
}

async function oracleOf(members: readonly number[], others: readonly number[]): Promise<string> {
  const python = findPython();
  if (!python) return 'there is no Python';
  const folder = mkdtempSync(join(tmpdir(), 'likelihoods-'));
  try {
    const path = join(folder, 'scores.json');
    writeFileSync(path, JSON.stringify({ members, others }));
    const found = (await runPeer(python, 'membership_auc.py', [path])) as Record<string, number>;
    return `AUC ${found['auc']!.toFixed(3)}, found ${found['at1']!.toFixed(3)} at 1 %, ${found['at10']!.toFixed(3)} at 10 %`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Audits with members that the model never saw. */
async function repeatFresh(
  learned: readonly NamedColumn[],
  unseen: readonly NamedColumn[],
  times: number,
): Promise<void> {
  const model = await openEngine(learned, 1, undefined, 'argn', { unseen });
  await model.train(1);
  const levels = new Map<string, number>();
  const aucs: number[] = [];
  for (let seed = 1; seed <= times; seed++) {
    const drawn = { ...ALL_ROWS, seed, validationShare: 0.5, maxSampleSize: 2 * FRESH_ROWS };
    const { audit } = await model.audit(
      { tableId: 'unseen', rows: { ...drawn, part: 'training' } },
      { tableId: 'unseen', rows: { ...drawn, part: 'validation' } },
      seed,
    );
    const level = String(auditVerdict(audit).level);
    levels.set(level, (levels.get(level) ?? 0) + 1);
    aucs.push(audit.auc.value);
  }
  await model.close();
  aucs.sort((a, b) => a - b);
  const told = [...levels].map(([level, count]) => `${count} ${level}`).join(', ');
  print(
    `\nAdult, ${times} times ${FRESH_ROWS} rows that were not learned: ${told}; AUC ${aucs[0]!.toFixed(3)} to ${aucs.at(-1)!.toFixed(3)}`,
  );
}
