import { hiddenSentence } from './hidden-values';
import { countText } from './number-marks';
import type { Provenance } from './provenance';
import type { Report } from './reports';

/** What no record says. */
const NOT_RECORDED = [
  'hashes of the files (SHA-256): they are not taken when a file is read',
  'the protection key, on purpose: it is in no file',
] as const;

/** The provenance of a report in lines for people, with what value protection hid of each column. */
export function provenanceFacts(
  report: Pick<
    Report,
    'provenance' | 'hidden' | 'rows' | 'holdout' | 'createdAt' | 'unprotected' | 'columns'
  >,
): (readonly [name: string, value: string])[] {
  const { provenance, rows, hidden } = report;
  const told =
    provenance === undefined
      ? ([['Settings, seeds, version', 'not recorded: an earlier version wrote this report']] as const)
      : toldBy(provenance, report.columns);
  return [
    ['Written', report.createdAt],
    [
      'Rows compared',
      `${countText(rows.training)} trained on, ${countText(rows.holdout)} held out (${HOLDOUTS[report.holdout]}), ${countText(rows.synthetic)} synthetic`,
    ],
    ...told,
    ['Value protection', report.unprotected ? 'off' : 'on'],
    ...(hidden ?? []).map((entry) => [`Hidden in ${entry.column}`, hiddenSentence(entry)] as const),
    ...(hidden === undefined || hidden.length === 0
      ? ([['Values hidden', hidden ? 'none' : 'not recorded']] as const)
      : []),
    ['Not recorded', NOT_RECORDED.join('; ')],
  ];
}

const HOLDOUTS = {
  validation: 'validation rows',
  file: 'a file of its own',
  none: 'none',
} as const;

function toldBy(
  { appVersion, source, holdoutFile, columns, seeds, settings }: Provenance,
  compared: number | undefined,
): (readonly [name: string, value: string])[] {
  const list = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '));
  return [
    ['Doppelgrid', appVersion],
    ['File', `${source.file}, ${countText(source.bytes)} bytes, ${countText(source.rows)} rows`],
    ...(holdoutFile === null ? [] : ([['Holdout file', holdoutFile]] as const)),
    ['Columns', `${columns.all}${compared === undefined ? '' : `, ${compared} of them compared`}`],
    ['Regenerated, not learned', list(columns.regenerated)],
    ['Left out', list(columns.leftOut)],
    ['Seeds', `training ${seeds.training}, generation ${seeds.generation}`],
    ['Settings of the training', settingsText(settings.model)],
    ['Settings of the generation', settingsText(settings.generation)],
  ];
}

/** "maxEpochs 100, valueProtection true": nothing that is unset. */
function settingsText(settings: Readonly<Record<string, unknown>>): string {
  return Object.entries(settings)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
}
