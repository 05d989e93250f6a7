/**
 * The dossier: each figure of a report by the questions that data protection asks. The criteria of WP216 are those of the
 * Article 29 Working Party, Opinion 05/2014 on Anonymisation Techniques; the attacks those of EDPB Opinion 28/2024,
 * paragraph 55.
 */
import { VERSION } from './app-version';
import type { EvidencePart } from './evidence-part';
import { auditedModel } from './model-audit';
import { evidenceOf } from './privacy-evidence';
import { privacyVerdict } from './privacy-verdict';
import { provenanceFacts } from './provenance-words';
import type { Report } from './reports';

/** How a figure bears on a question. */
type Bearing =
  /** It measures just that. */
  | 'measures'
  /** It bounds it for whatever attack. */
  | 'bounds'
  /** It is a sign of it, and no test. */
  | 'hints';

interface Question {
  readonly id: string;
  readonly source: 'WP216' | 'EDPB 28/2024';
  readonly title: string;
  readonly about: string;
  /** By the ids of the parts of the evidence; a part that a report does not have is not tested. */
  readonly parts: Readonly<Partial<Record<EvidencePart['id'], Bearing>>>;
}

const GUARANTEE = { 'differential-privacy': 'bounds' } as const;

/** Every question; a new part of the evidence is a word in one of these lines. */
const QUESTIONS: readonly Question[] = [
  {
    ...{ id: 'singling-out', source: 'WP216', title: 'Singling out' },
    about: 'Can some of the synthetic rows tell one person from all others?',
    parts: {
      ...GUARANTEE,
      ...{ 'singling-out': 'measures', 'identical-matches': 'hints', 'isolated-people': 'hints' },
      ...{ 'value-protection': 'hints', replay: 'hints' },
    },
  },
  {
    ...{ id: 'linkability', source: 'WP216', title: 'Linkability' },
    about: 'Can two records of one person, or of one group, be joined through the synthetic rows?',
    parts: { ...GUARANTEE, linkability: 'measures' },
  },
  {
    ...{ id: 'inference', source: 'WP216', title: 'Inference' },
    about: 'Can what is not known of a person be told from the rest, better than from other people’s rows?',
    parts: { ...GUARANTEE, attributes: 'measures' },
  },
  {
    ...{ id: 'attribute-inference', source: 'EDPB 28/2024', title: 'Attribute inference' },
    about: 'The same, asked of the model’s output.',
    parts: { ...GUARANTEE, attributes: 'measures' },
  },
  {
    ...{ id: 'membership-inference', source: 'EDPB 28/2024', title: 'Membership inference' },
    about: 'Can somebody who knows a person tell that they were among those learned from?',
    parts: {
      ...GUARANTEE,
      ...{ membership: 'measures', 'membership-found': 'measures', 'membership-isolated': 'measures' },
      ...{ 'model-membership': 'measures', 'model-found': 'measures', 'model-isolated': 'measures' },
      ...{ 'dcr-share': 'hints' },
    },
  },
  {
    ...{ id: 'exfiltration', source: 'EDPB 28/2024', title: 'Exfiltration' },
    about:
      'Can personal data be drawn out of the model itself? That it tells who was trained on is a sign of it; data were not drawn out.',
    parts: { ...GUARANTEE, 'model-membership': 'hints', 'model-found': 'hints' },
  },
  {
    ...{ id: 'regurgitation', source: 'EDPB 28/2024', title: 'Regurgitation of training data' },
    about: 'Are rows, or parts of them, written as they were learned?',
    parts: {
      ...{
        'identical-matches': 'measures',
        'near-copies': 'measures',
        guard: 'measures',
        replay: 'measures',
      },
      ...{ 'differential-privacy': 'bounds', 'dcr-share': 'hints' },
    },
  },
  {
    ...{ id: 'inversion', source: 'EDPB 28/2024', title: 'Model inversion' },
    about: 'Can inputs be worked out from the answers of the model?',
    parts: GUARANTEE,
  },
  {
    ...{ id: 'reconstruction', source: 'EDPB 28/2024', title: 'Reconstruction' },
    about: 'Can the table, or most of a row, be put together again?',
    parts: GUARANTEE,
  },
];

export interface DossierLine extends Pick<Question, 'id' | 'source' | 'title' | 'about'> {
  readonly state: 'tested' | 'bounded' | 'signs alone' | 'not tested';
  readonly figures: readonly (Pick<EvidencePart, 'title' | 'figure' | 'level'> & {
    readonly bearing: Bearing;
  })[];
}

export interface Dossier {
  readonly verdict: string;
  readonly meaning: string;
  readonly lines: readonly DossierLine[];
  /** What was compared, settings, seeds, versions, hashes. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly doesNotProve: readonly string[];
}

const DOES_NOT_PROVE = [
  'It is no proof of anonymity. Whether data are anonymous is a legal question, of all means reasonably likely to be used, and these figures are one part of the answer.',
  'A question that was not tested is open, not answered well.',
  'Attacks are those known when this version was written, by somebody with as much knowledge as is said. Others may do better.',
] as const;
const OF_THE_ROWS =
  'Figures are of these rows. A model, if it is passed on, can say more than the rows that it drew here.';
const OF_THE_MODEL =
  'The model was asked whom it learned by its likelihoods, beside one reference model. Who trains many reference models, or looks at its weights, may learn more.';

const NOT_THEIRS =
  'How the rows were made was not seen: settings, protection and seeds of the tool that made them are not known.';

/** What a report says of each question. What it has no figure for is not tested. */
export function dossierOf(report: Report): Dossier {
  const { title, sentence } = privacyVerdict(report);
  const known = new Map<string, EvidencePart>(evidenceOf(report).map((part) => [part.id, part]));
  return {
    verdict: title,
    meaning: sentence,
    lines: QUESTIONS.map(({ parts, ...question }) => {
      const figures = Object.entries(parts).flatMap(([id, bearing]) => {
        const part = known.get(id);
        return part && isMeasured(part)
          ? [{ title: part.title, figure: part.figure, level: part.level, bearing }]
          : [];
      });
      return { ...question, figures, state: stateOf(figures) };
    }),
    facts: [['Dossier by Doppelgrid', VERSION], ...factsOf(report)],
    doesNotProve: [
      ...DOES_NOT_PROVE,
      auditedModel(report.modelAudit) ? OF_THE_MODEL : OF_THE_ROWS,
      ...(report.evaluated ? [NOT_THEIRS] : []),
    ],
  };
}

/** Characters of a fact: a sheet of paper has room for so many. */
const MAX_FACT = 330;

/** The provenance without what single columns hide, which the report lists. */
function factsOf(report: Report): [string, string][] {
  return provenanceFacts(report)
    .filter(([name]) => !name.startsWith('Hidden in '))
    .map(([name, value]) => [name, value.length > MAX_FACT ? `${value.slice(0, MAX_FACT)}…` : value]);
}

/** A part without a figure, or a guarantee that bounds nothing, answers no question. */
function isMeasured({ id, level, value, doubt }: EvidencePart): boolean {
  if (id === 'differential-privacy') return level === 'pass';
  if (id === 'value-protection' || id === 'isolated-people') return true;
  return value !== null && doubt !== 'no-holdout';
}

function stateOf(figures: DossierLine['figures']): DossierLine['state'] {
  const has = (wanted: Bearing) => figures.some(({ bearing }) => bearing === wanted);
  if (has('measures')) return 'tested';
  if (has('bounds')) return 'bounded';
  return has('hints') ? 'signs alone' : 'not tested';
}

/** The dossier as JSON. */
export function dossierFacts({ verdict, lines, doesNotProve }: Dossier): object {
  return {
    verdict,
    questions: lines.map(({ id, source, title, state, figures }) => ({
      ...{ id: id.replaceAll('-', '_'), source, title, state },
      figures: figures.map(({ title: of, figure, level, bearing }) => ({ of, figure, level, bearing })),
    })),
    does_not_prove: doesNotProve,
  };
}
