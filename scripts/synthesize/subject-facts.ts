import type { Generator } from '../../src/domain/generators';
import { onlyTable } from '../../src/domain/only-table';
import { lacksValueProtection, privacyOf, regeneratesIdentifiers } from '../../src/domain/private-training';
import {
  namesInWords,
  peopleInWords,
  questionInWords,
  regeneratedColumns,
  unprotectedInWords,
} from '../../src/domain/subject-words';
import { subjectText } from './subject-option';

type Configured = Pick<Generator, 'config' | 'tables'>;

/** Whose rows are whose, where a person should confirm it, before the training. */
export function subjectLines(generator: Configured): string[] {
  const { subject, columns } = onlyTable(generator);
  const { subjectColumns, tabularModelConfiguration } = onlyTable(generator.config);
  const valueProtection = !lacksValueProtection(tabularModelConfiguration);
  const counting = privacyOf(tabularModelConfiguration) ? 'The guarantee counts' : 'Protection counts';
  const names = columns.map(({ name }) => name);
  if (!subject) {
    const source = subjectColumns === null ? ' is assumed' : ', as declared';
    return [`One row per person${source}${valueProtection ? `: ${counting.toLowerCase()} rows` : ''}.`];
  }
  const share = `Rows of the same person share: ${namesInWords(subject.columns)} (${peopleInWords(subject)}).`;
  const by = subject.source === 'declared' ? 'As declared.' : 'Found in the data.';
  return [
    valueProtection ? `${share} ${counting} people. ${by}` : `${share} ${by}`,
    ...(valueProtection ? [] : [unprotectedInWords(subject)]),
    ...(subject.isSure
      ? []
      : [
          `${questionInWords(subject)} Say --subject ${asArgument(subjectText(subject.columns, names))} or --subject ${asArgument(subjectText([], names))}.`,
        ]),
  ];
}

/** In quotes if a shell would take it apart. */
function asArgument(text: string): string {
  return /^[\p{L}\d_,.-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** `subjects` of run.json: whose rows are whose, by what, and the columns that were regenerated. */
export function describeSubjects(generator: Configured): object {
  const { subject, columns } = onlyTable(generator);
  if (!subject) {
    const { subjectColumns } = onlyTable(generator.config);
    return { source: subjectColumns === null ? 'assumed' : 'declared', columns: [], regenerated: [] };
  }
  return {
    source: subject.source,
    columns: subject.columns,
    sure: subject.isSure,
    subjects: subject.subjects,
    rows_each: subject.rowsEach,
    constant: subject.constant,
    regenerated: regeneratesIdentifiers(onlyTable(generator.config).tabularModelConfiguration)
      ? regeneratedColumns(columns)
      : [],
  };
}
