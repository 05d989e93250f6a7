import { hiddenSentence } from './hidden-values';
import { countText } from './number-marks';
import type { Provenance } from './provenance';
import type { Report } from './reports';

/** What no record says. */
const NO_HASHES =
  'hashes of the files (SHA-256): no copies of them are kept, or an earlier version wrote this report';
const NO_KEY = 'the protection key, on purpose: it is in no file';
const ELSEWHERE = 'how the synthetic rows were made: model, settings and protection';

/** The provenance of a report in lines for people, with what value protection hid of each column. */
export function provenanceFacts(
  report: Pick<
    Report,
    'provenance' | 'hidden' | 'rows' | 'holdout' | 'createdAt' | 'unprotected' | 'columns' | 'evaluated'
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
    ...(report.evaluated ? [] : ([['Value protection', report.unprotected ? 'off' : 'on']] as const)),
    ...(hidden ?? []).map((entry) => [`Hidden in ${entry.column}`, hiddenSentence(entry)] as const),
    ...(!report.evaluated && (hidden === undefined || hidden.length === 0)
      ? ([['Values hidden', hidden ? 'none' : 'not recorded']] as const)
      : []),
    [
      'Not recorded',
      [
        ...(provenance?.files?.every(({ sha256 }) => sha256 !== null) ? [] : [NO_HASHES]),
        report.evaluated ? ELSEWHERE : NO_KEY,
      ].join('; '),
    ],
  ];
}

const HOLDOUTS = {
  validation: 'validation rows',
  file: 'a file of its own',
  none: 'none',
} as const;

function toldBy(
  { appVersion, source, holdoutFile, columns, seeds, settings, files }: Provenance,
  compared: number | undefined,
): (readonly [name: string, value: string])[] {
  const list = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '));
  return [
    ['Doppelgrid', appVersion],
    ...(files?.map(({ role, name, bytes, rows, sha256 }) => {
      const size = bytes === null ? '' : `, ${countText(bytes)} bytes`;
      const hash = sha256 === null ? '' : `, SHA-256 ${sha256}`;
      return [ROLES[role], `${name}${size}, ${countText(rows)} rows${hash}`] as const;
    }) ?? [
      ['File', `${source.file}, ${countText(source.bytes)} bytes, ${countText(source.rows)} rows`] as const,
      ...(holdoutFile === null ? [] : ([['Holdout file', holdoutFile]] as const)),
    ]),
    ['Columns', `${columns.all}${compared === undefined ? '' : `, ${compared} of them compared`}`],
    ['Regenerated, not learned', list(columns.regenerated)],
    ['Left out', list(columns.leftOut)],
    [
      'Seeds',
      Object.entries(seeds)
        .map(([what, seed]) => `${what} ${seed}`)
        .join(', '),
    ],
    ...(Object.keys(settings.model).length === 0
      ? []
      : ([
          ['Settings of the training', settingsText(settings.model)],
          ['Settings of the generation', settingsText(settings.generation)],
        ] as const)),
  ];
}

const ROLES = { original: 'File', holdout: 'Holdout file', synthetic: 'Synthetic file' } as const;

/** "maxEpochs 100, valueProtection true": nothing that is unset. */
function settingsText(settings: Readonly<Record<string, unknown>>): string {
  return Object.entries(settings)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
}
