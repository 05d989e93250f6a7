import { expect, it } from 'vitest';
import { GeneratorConfig, type GeneratorTable } from '../../src/domain/generators';
import type { Subject } from '../../src/domain/subjects';
import { describeSubjects, subjectLines } from './subject-facts';

const email: Subject = {
  ...{ columns: ['email'], identifying: ['email'], constant: ['salary'] },
  ...{ subjects: 200, rowsEach: 10, source: 'found', isSure: true },
};

function generator(subject: Subject | null, subjectColumns: string[] | null = null, valueProtection = true) {
  const tabularModelConfiguration = { valueProtection };
  const table = { name: 't', columns: [], sourceId: 's', tableId: 't', subjectColumns };
  const config = GeneratorConfig.parse({ name: 't', tables: [{ ...table, tabularModelConfiguration }] });
  const decision = {
    ...{ included: true, encodingType: 'TABULAR_CATEGORICAL', evidence: '', role: 'feature' },
    ...(subject && valueProtection ? { identifiesSubjects: true } : {}),
  } as GeneratorTable['columns'][number]['decision'];
  const { identifiesSubjects: _, ...others } = decision;
  const columns = [
    { name: 'email', originalName: 'email', decision },
    ...['born', 'birth date', 'salary', 'first, last', 'none'].map((name) => ({
      ...{ name, originalName: name, decision: others },
    })),
  ];
  return { config, tables: [{ modelId: 'm', columns, subject, rules: [] }] };
}

it('tells whose rows are whose', () => {
  const found = generator(email);
  expect(subjectLines(found)).toEqual([
    'Rows of the same person share: email (200 people, 10.0 rows each). Protection counts people. Found in the data.',
  ]);
  expect(describeSubjects(found)).toMatchObject({
    ...{ source: 'found', columns: ['email'], sure: true, subjects: 200, rows_each: 10 },
    ...{ constant: ['salary'], regenerated: ['email'] },
  });
});

it('asks where it is not sure', () => {
  const unsure = { ...email, columns: ['born', 'salary'], isSure: false };
  expect(subjectLines(generator(unsure)).join('\n')).toMatch(
    /same born and salary seem .* Say --subject born,salary or --subject '\[\]'\./,
  );
  const spaced = { ...unsure, columns: ['birth date', 'salary'] };
  expect(subjectLines(generator(spaced)).join('\n')).toContain("Say --subject 'birth date,salary' or");
  const comma = { ...unsure, columns: ['first, last', 'salary'] };
  expect(subjectLines(generator(comma)).join('\n')).toContain(
    `Say --subject '["first, last","salary"]' or --subject '[]'.`,
  );
});

it('tells an assumed row per person from a declared one', () => {
  expect(subjectLines(generator(null))[0]).toMatch(/^One row per person is assumed/);
  expect(subjectLines(generator(null, []))[0]).toMatch(/as declared/);
  expect(describeSubjects(generator(null))).toMatchObject({ source: 'assumed' });
  expect(describeSubjects(generator(null, []))).toMatchObject({ source: 'declared', columns: [] });
});

it('warns where value protection is off', () => {
  const lines = subjectLines(generator(email, null, false));
  expect(lines.join('\n')).not.toContain('Protection counts people');
  expect(lines[1]).toMatch(/^Value protection is off, so .* not protected/);
  expect(subjectLines(generator(null, null, false))).toEqual(['One row per person is assumed.']);
});
