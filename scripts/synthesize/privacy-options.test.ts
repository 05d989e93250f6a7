import { describe, expect, it } from 'vitest';
import { GeneratorConfig } from '../../src/domain/generators';
import { type JobConfig, parseJobConfig } from '../../src/domain/job-configuration';
import { ModelConfiguration } from '../../src/domain/model-configuration';
import { columnLines } from './column-facts';
import { generatorConfig } from './job-config';
import { idleOptions } from './model-options';
import { readOptions, USAGE } from './options';
import { privacyLines } from './privacy-lines';
import { rulesLine } from './rule-facts';
import { InputError } from './setting-options';
import { describeSubjects, subjectLines } from './subject-facts';

const options = (args: string) => readOptions(['t.csv', ...args.split(' ')])!;
const proposal = GeneratorConfig.parse({
  name: 't',
  tables: [{ name: 't', sourceId: 's', tableId: 't', columns: [] }],
});
const asked = (args: string, config: JobConfig = {}) =>
  generatorConfig(proposal, null, config, options(args));
const model = (args: string, config: JobConfig = {}) =>
  asked(args, config).tables[0]!.tabularModelConfiguration;
const configured = (settings: object) =>
  parseJobConfig({
    generator: { name: 't', tables: [{ name: 't', columns: [], tabularModelConfiguration: settings }] },
  });

const PUBLIC = '--value-protection-epsilon public';

describe('options of differential privacy', () => {
  it('make the default model private', () => {
    const expected = {
      maxEpsilon: 3,
      delta: 1e-5,
      noiseMultiplier: 2,
      maxGradNorm: 1,
      valueProtectionEpsilon: null,
    };
    expect(model(`--differential-privacy on ${PUBLIC}`)).toMatchObject({
      model: 'argn',
      differentialPrivacy: expected,
    });
    expect(
      model(`--max-epsilon 1.5 --delta 1e-6 --noise-multiplier 4 --max-grad-norm 0.5 ${PUBLIC}`),
    ).toMatchObject({
      differentialPrivacy: {
        ...expected,
        maxEpsilon: 1.5,
        delta: 1e-6,
        noiseMultiplier: 4,
        maxGradNorm: 0.5,
      },
    });
    expect(model('--seed 1')).toMatchObject({ differentialPrivacy: null });
  });

  it('are those of the private model too', () => {
    const args =
      '--model marginals --max-epsilon 1 --delta 1e-6 --value-protection-epsilon 0.2 --max-rows-per-subject 2';
    expect(model(args)).toMatchObject({
      ...{
        model: 'marginals',
        maxEpsilon: 1,
        delta: 1e-6,
        valueProtectionEpsilon: 0.2,
        maxRowsPerSubject: 2,
      },
    });
    expect(model('--model marginals --differential-privacy on')).toEqual(
      ModelConfiguration.parse({ model: 'marginals' }),
    );
    expect(model('--model marginals --value-protection-epsilon auto')).toMatchObject({
      valueProtectionEpsilon: null,
    });
  });

  it('win over the configuration file, one by one', () => {
    const file = configured({
      differentialPrivacy: { maxEpsilon: 5, delta: 1e-7, valueProtectionEpsilon: null },
      maxEpochs: 7,
    });
    expect(model('--max-epsilon 2 --max-epochs 3', file)).toMatchObject({
      maxEpochs: 3,
      differentialPrivacy: { maxEpsilon: 2, delta: 1e-7, valueProtectionEpsilon: null },
    });
    expect(model('--differential-privacy off', file)).toMatchObject({
      maxEpochs: 7,
      differentialPrivacy: null,
    });
  });

  it('keep a table private, with its budget, when another model is named', () => {
    const neural = configured({
      differentialPrivacy: { maxEpsilon: 1, delta: 1e-7, valueProtectionEpsilon: null },
    });
    expect(model('--model marginals', neural)).toMatchObject({
      model: 'marginals',
      maxEpsilon: 1,
      delta: 1e-7,
    });
    const counts = configured({ model: 'marginals', maxEpsilon: 1 });
    expect(model(`--model argn ${PUBLIC}`, counts)).toMatchObject({
      model: 'argn',
      differentialPrivacy: { maxEpsilon: 1, valueProtectionEpsilon: null },
    });
    expect(model('--model argn', counts)).toMatchObject({
      differentialPrivacy: { maxEpsilon: 1, valueProtectionEpsilon: 1 },
    });
    expect(model('--model argn --differential-privacy off', counts)).toMatchObject({
      differentialPrivacy: null,
    });
  });

  it.each([
    ['--max-epsilon 0', '--max-epsilon takes a number above 0 and up to 10000, not “0”.'],
    ['--delta 1', '--delta takes a number above 0 and below 1, not “1”.'],
    ['--value-protection-epsilon auto', 'a number above 0 and up to 10000 or public, not “auto”.'],
    ['--differential-privacy maybe', '--differential-privacy takes on or off, not “maybe”.'],
    ['--differential-privacy off --max-epsilon 1', '--max-epsilon is of private trainings alone'],
    [
      '--model marginals --differential-privacy off',
      'always private. Choose --model argn or gaussian_copula.',
    ],
    ['--model marginals --noise-multiplier 3', '--noise-multiplier is not an option of the model marginals.'],
    ['--model marginals --max-epochs 3', '--max-epochs is not an option of the model marginals.'],
    [`--max-rows-per-subject 2 ${PUBLIC}`, '--max-rows-per-subject is not an option of the model argn.'],
    [
      '--model marginals --max-epsilon 1 --value-protection-epsilon 2',
      'Of ε 1, ε 2 for value domains leaves nothing to learn with.',
    ],
  ])('%s is answered in one sentence', (args, sentence) => {
    const attempt = () => model(args);
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(sentence);
    expect(attempt).not.toThrow(/\n/);
  });

  it('stand in the help, with what each model takes', () => {
    expect(USAGE).toMatch(
      /--differential-privacy on\|off +A guarantee for every subject \(off; marginals: on\)\n/,
    );
    expect(USAGE).toMatch(/--max-epsilon N .*fractions allowed \(3\)\n/);
    expect(USAGE).toMatch(/--value-protection-epsilon N\|public .*; only argn\n/);
    expect(USAGE).toMatch(/--value-protection-epsilon N\|auto .*; only marginals\n/);
    expect(USAGE).toMatch(/--max-rows-per-subject N .*; only marginals\n/);
  });
});

describe('what the terminal says of a private training', () => {
  const generator = (args: string, extra: object = {}) => {
    const config = asked(args);
    const table = { ...config.tables[0]!, ...extra };
    return {
      config: { ...config, tables: [table] },
      tables: [{ modelId: 'm', columns: [], subject: null, rules: [] }],
    };
  };

  it('names guarantee, attack risk and what falls away before it begins', () => {
    const { lines, warnings } = privacyLines(generator('--model marginals --max-epsilon 1'), 20_000);
    expect(lines[0]).toContain(
      'With differential privacy (private marginals): ε at most 1, δ 0.00001 for each subject.',
    );
    expect(lines[0]).toMatch(
      /falsely accuses 1 in 100 people .* finds at most 1\.97 in 100 of those who did/,
    );
    expect(lines[1]).toBe('No rules are looked for or kept, and the privacy guard does not run.');
    expect(warnings).toEqual([]);
    expect(privacyLines(generator('--seed 1'), 20_000)).toEqual({ lines: [], warnings: [] });
  });

  it('warns of a δ that fits no table of that length, of a large ε, and of rules', () => {
    const rules = {
      added: [{ kind: 'inequality', low: 'a', high: 'b', strict: false }],
      find: true,
      off: [],
    };
    const { warnings } = privacyLines(
      generator('--model marginals --max-epsilon 50 --delta 0.01', { rules }),
      500,
    );
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toContain('δ 0.01 is too large for 500 subjects');
    expect(warnings[0]).toContain('better a tenth of it: 0.0002.');
    expect(warnings[1]).toContain('ε 50 promises next to nothing');
    expect(warnings[2]).toContain('Rules that you add are not kept');
  });

  it('tells of options that do nothing', () => {
    const idle = (args: string) => idleOptions(options(args), model(args));
    expect(idle('--model marginals --threads 2')).toEqual([
      '--threads does nothing in this private training. Noisy counts need one thread.',
    ]);
    expect(idle(`--differential-privacy on ${PUBLIC} --privacy-guard on --max-epochs 2`)).toHaveLength(1);
    expect(idle('--privacy-guard on')).toEqual([]);
  });

  it('lists no column as regenerated that is counted', () => {
    const decision = {
      role: 'feature',
      encodingType: 'TABULAR_CATEGORICAL',
      evidence: '',
      identifiesSubjects: true,
    };
    const subject = {
      ...{
        columns: ['email'],
        identifying: ['email'],
        constant: [],
        subjects: 100,
        rowsEach: 5,
        isSure: true,
      },
      source: 'found',
    };
    const lines = (args: string) => {
      const { config } = generator(args);
      const column = { name: 'email', originalName: 'email', decision };
      const of = { config, tables: [{ modelId: 'm', columns: [column], subject, rules: [] }] };
      return [
        [...subjectLines(of as never), ...columnLines(of as never)],
        describeSubjects(of as never),
      ] as const;
    };
    const [plain] = lines('--seed 1');
    expect(plain.at(-1)).toBe('Written as invented values of the same form: email.');
    const [counted, facts] = lines('--model marginals');
    expect(counted.join(' ')).not.toContain('not learned');
    expect(counted[0]).toContain('The guarantee counts people.');
    expect(facts).toMatchObject({ regenerated: [] });
  });

  it('says of rules that none was looked for', () => {
    expect(rulesLine([], true)).toBe('Rules: none looked for, as the model is private');
    expect(rulesLine([{ source: 'added', state: 'unkept' }], true)).toBe(
      'Rules: none looked for, as the model is private, 1 added and not kept',
    );
    expect(rulesLine([])).toBe('Rules: 0 found, 0 kept');
  });
});
