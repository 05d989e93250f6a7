import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { readParquetFile } from './read-parquet';
import { peopleTable, visitsTable } from './tables';

const COMMAND = fileURLToPath(new URL('../scripts/synthesize.mjs', import.meta.url));

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synthesize-'));
  writeFileSync(join(folder, 'people.csv'), peopleTable().content);
  writeFileSync(join(folder, 'holdout.csv'), peopleTable(100).content);
});
test.afterEach(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function synthesize(args: string, onStdout?: (text: string, stop: () => void) => void): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMAND, ...args.split(' ')], { cwd: folder });
    let stdout = '';
    let stderr = '';
    // A second Ctrl-C ends the command at once, without tidying up.
    const stop = () => child.killed || child.kill('SIGINT');
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      onStdout?.(stdout, stop);
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

function readJson(name: string) {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

function hashOf(name: string): string {
  return createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('hex');
}

test('several files are one table, and each is listed with its rows', async () => {
  const [names = '', ...rows] = String(peopleTable().content).trimEnd().split('\n');
  const part = (from: number, to: number) => `${[names, ...rows.slice(from, to)].join('\n')}\n`;
  writeFileSync(join(folder, 'p-1.csv'), part(0, 100));
  writeFileSync(join(folder, 'p-2.csv'), part(100, 300));
  const { code, stdout, stderr } = await synthesize(
    'p-2.csv p-1.csv --union --rows 20 --max-epochs 1 --report off',
  );
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(
    '2 of 2 files, all Delimited text, are one table, in the order of their names: p-1.csv: 100 rows; p-2.csv: 200 rows.',
  );
  expect(readJson('out/run.json')).toMatchObject({
    rows: { source: 300 },
    files: [
      { name: 'p-1.csv', rows: 100, rejected: 0, missing_columns: [] },
      { name: 'p-2.csv', rows: 200 },
    ],
  });
});

test('the main job runs unattended, twice the same through config.json', async () => {
  const ages = { constraint_class: 'Positive', constraint_parameters: { column_name: 'age' } };
  writeFileSync(join(folder, 'rules.json'), JSON.stringify([ages]));
  // Of another key, other rows are held to be isolated, and the guard may end a training.
  const key = '09'.repeat(32);
  writeFileSync(join(folder, 'key'), key);
  const first = await synthesize(
    'people.csv --protection-key-file key --rules rules.json --holdout holdout.csv --rows 200 --seed 3 --max-epochs 3 --out a --format parquet,csv',
  );
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(readdirSync(join(folder, 'a')).sort()).toEqual([
    'config.json',
    'metrics.json',
    'report-columns.csv',
    'report.html',
    'report.json',
    'run.json',
    'synthetic.csv',
    'synthetic.parquet',
  ]);
  const parquet = readParquetFile(new Uint8Array(readFileSync(join(folder, 'a/synthetic.parquet'))));
  expect(parquet.rowCount).toBe(200);
  expect(readFileSync(join(folder, 'a/synthetic.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(201);
  const metrics = readJson('a/metrics.json');
  expect(metrics.accuracy.overall).toBeGreaterThan(0.5);
  expect(metrics.distances).toHaveProperty('dcr_share');
  const run = readJson('a/run.json');
  const report = readJson('a/report.json');
  expect(report.metrics).toMatchObject(metrics);
  expect(report.privacy_verdict).toEqual(run.privacy_verdict);
  expect(readFileSync(join(folder, 'a/report.html'), 'utf8')).toContain(run.privacy_verdict.title);
  expect(run.rows).toMatchObject({ source: 300, holdout: 100, synthetic: 200 });
  expect(run.rows.training + run.rows.validation).toBe(300);
  expect(run.training).toMatchObject({ epochs: 3, stopped_by: 'max-epochs' });
  expect(run.privacy_guard).toMatchObject({ rows: 300, acceptable: true });
  expect(first.stdout).toMatch(/^Rules: \d+ found, 1 added, \d+ kept/m);
  expect(first.stdout).toMatch(/^One row per person is assumed/m);
  expect(run.subjects).toMatchObject({ source: 'assumed', columns: [] });
  expect(run.rules[0]).toMatchObject({
    ...{ sentence: '`age` is at least 0', source: 'added', state: 'kept' },
    original: { applicable: 300, kept: 300 },
    synthetic: { applicable: 200, kept: 200 },
  });
  expect(run.seconds.train_model).toBeGreaterThan(0);
  const config = readFileSync(join(folder, 'a/config.json'), 'utf8');
  expect(config).not.toContain(folder);
  for (const name of readdirSync(join(folder, 'a'))) {
    expect(readFileSync(join(folder, 'a', name)).includes(key), name).toBe(false);
  }

  const again = await synthesize(
    'people.csv --protection-key-file key --holdout holdout.csv --config a/config.json --out b',
  );
  expect(again.code).toBe(0);
  expect(hashOf('b/synthetic.parquet')).toBe(hashOf('a/synthetic.parquet'));
  expect(readFileSync(join(folder, 'b/config.json'), 'utf8')).toBe(config);
});

test('without value protection, it warns and the files say so', async () => {
  const { code, stderr } = await synthesize(
    'people.csv --value-protection off --max-epochs 1 --report off --out open --format parquet,csv',
  );
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Value protection is off\./);
  expect(readdirSync(join(folder, 'open')).sort()).toEqual([
    'config.json',
    'run.json',
    'synthetic-unprotected.csv',
    'synthetic-unprotected.parquet',
  ]);
  expect(readJson('open/run.json')).toMatchObject({
    value_protection: false,
    warning: expect.stringContaining('Made without value protection'),
  });
});

test('bad input is one clear line, exit code 2, and leaves nothing behind', async () => {
  writeFileSync(join(folder, 'bad.csv'), Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 0, 0]));
  writeFileSync(join(folder, 'narrow.csv'), 'age\n1\n2\n');
  const before = readdirSync(folder).sort();
  for (const [args, part] of [
    ['missing.csv --out o', 'missing.csv'],
    ['bad.csv --out o', 'bad.csv'],
    ['people.csv --holdout narrow.csv --out deep/o', 'narrow.csv'],
  ] as const) {
    const { code, stderr } = await synthesize(args);
    expect(code, args).toBe(2);
    expect(stderr, args).toContain(part);
    expect(stderr.trimEnd().split('\n'), args).toHaveLength(1);
    expect(readdirSync(folder).sort(), args).toEqual(before);
  }
});

test('a recipe is run on a file, and a check that is missed is told after the files are written', async () => {
  const config = {
    generator: {
      ...{ name: 'recipe', randomState: 1 },
      tables: [
        {
          name: 'table',
          columns: ['age', 'city', 'gone'].map((name) => ({ name })),
          tabularModelConfiguration: { maxEpochs: 1, privacyGuard: false },
        },
      ],
    },
    syntheticDataset: { name: 'recipe', randomState: 1, tables: [{ name: 'table' }] },
  };
  const columns = ['AGE', 'city', 'gone'].map((name) => ({
    name,
    type: name === 'city' ? 'text' : 'integer',
  }));
  config.generator.tables[0]!.columns[0]!.name = 'AGE';
  const recipe = {
    ...{ format: 'doppelgrid-recipe', formatVersion: 1, name: 'Monthly', version: 2, savedAt: '2026-01-01' },
    dialect: {
      ...{ encoding: 'utf-8', delimiter: ';', quote: '"', header: true, skipLines: 0, decimal: '.' },
      nullValues: [''],
    },
    ...{ input: { columns, sample: [] }, config, checks: { minAccuracy: 1 }, formats: ['csv'] },
  };
  writeFileSync(join(folder, 'recipe.json'), JSON.stringify(recipe));
  const { code, stderr } = await synthesize('people.csv --recipe recipe.json --rows 50 --out r');
  expect(code).toBe(3);
  expect(stderr).toContain('“age” is taken for “AGE” of the recipe.\nThe file has no column “gone”.');
  expect(stderr).toMatch(/^Accuracy: .*at least 100 % is asked for – missed\.$/m);
  expect(readFileSync(join(folder, 'r/synthetic.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(51);
  expect(readJson('r/run.json')).toMatchObject({
    recipe: { name: 'Monthly', version: 2 },
    checks: [{ check: 'min_accuracy', limit: 1, passed: false }],
  });
});

test('whose rows are whose can be said, and is told', async () => {
  writeFileSync(join(folder, 'visits.csv'), visitsTable().content);
  const { code, stdout } = await synthesize('visits.csv --max-epochs 1 --report off --out o');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Rows of the same person share: email \(120 people, 6\.0 rows each\)\. .*Found/m);
  expect(readJson('o/run.json').subjects).toMatchObject({ source: 'found', regenerated: ['email'] });
  expect(readJson('o/config.json').generator.tables[0].subjectColumns).toBeNull();
  expect(stdout).toMatch(
    /^1 of 5 columns is not learned: email\.\nWritten as made-up e-mail addresses: email\.$/m,
  );
  expect(readJson('o/run.json').columns).toContainEqual(
    expect.objectContaining({ name: 'email', learned: false, written_as: 'fake' }),
  );
});

test('Ctrl-C leaves nothing behind', async () => {
  writeFileSync(join(folder, 'long.csv'), peopleTable(6000).content);
  const before = readdirSync(folder).sort();
  const { code } = await synthesize('long.csv --out o', (text, stop) => {
    if (text.includes('Read the table')) stop();
  });
  expect(code).toBe(130);
  expect(existsSync(join(folder, 'o'))).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(before);
});
