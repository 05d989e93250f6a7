import { Card, Facts, Section } from '../components/card';
import { formatCount } from '../components/format';
import { Notice } from '../components/notice';
import { Table } from '../components/table';
import {
  attackInWords,
  guaranteeSentence,
  type PrivacyLedger,
  type PrivacyRelease,
  releaseInWords,
  shortNumber,
} from '../domain/differential-privacy';

/** The guarantee of a private training, what it means and does not cover, and what was released for it. */
export function PrivacyLedgerSection({ ledger, id }: { ledger: PrivacyLedger; id?: string }) {
  const { maxEpsilon, epsilon, delta, rowsPerSubject, subjects, training } = ledger;
  const each = rowsPerSubject === 1 ? 'one row' : `${rowsPerSubject} rows at most`;
  return (
    <Section
      id={id}
      title="Differential privacy"
      about="What this training gave away of every subject at most, whatever is done with the generator and its rows."
    >
      <Card>
        {ledger.noise === 'seeded' ? (
          <Notice tone="error">{guaranteeSentence(ledger)}</Notice>
        ) : (
          <p className="max-w-prose font-medium">{guaranteeSentence(ledger)}</p>
        )}
        <div className="mt-4">
          <Facts
            items={[
              ['ε spent / allowed', `${shortNumber(epsilon)} / ${shortNumber(maxEpsilon)}`],
              ['δ', shortNumber(delta)],
              ['Unit', `a subject, with ${each}${subjects === 'known' ? ' used' : ', as is assumed'}`],
              ...(training
                ? ([
                    ['Updates', formatCount(training.steps)],
                    ['Subjects per update', `${shortNumber(100 * training.sampleRate)} %, drawn at random`],
                    [
                      'Noise',
                      `${shortNumber(training.noiseMultiplier)} × norm ${shortNumber(training.maxGradNorm)}`,
                    ],
                  ] as const)
                : []),
            ]}
          />
        </div>
        <div className="mt-6 grid gap-6 lg:grid-cols-2">
          <Sentences title="What an attacker can do with it" items={ledger.attackRisk.map(attackInWords)} />
          <Sentences title="Not covered" items={ledger.declaredPublic} />
        </div>
        <h3 className="mt-6 mb-2 text-sm font-medium">What was released</h3>
        <Releases ledger={ledger} />
        <p className="mt-2 max-w-prose text-xs text-ink-soft">
          ε of each line is what it would cost alone; together they cost less than their sum.
        </p>
      </Card>
    </Section>
  );
}

type Line = Pick<PrivacyRelease, 'what' | 'epsilon'> & {
  readonly times: string;
  readonly delta: number;
};

function Releases({ ledger }: { ledger: PrivacyLedger }) {
  const { releases, epsilon, delta, thresholdDelta } = ledger;
  const lines: Line[] = [
    ...releases.map((release) => ({
      what: releaseInWords(release.what),
      times: formatCount(release.releases),
      epsilon: release.epsilon,
      delta: delta - thresholdDelta,
    })),
    ...(thresholdDelta > 0
      ? [{ what: 'A rare category that shows all the same', times: '', epsilon: 0, delta: thresholdDelta }]
      : []),
    { what: 'All together', times: '', epsilon, delta },
  ];
  return (
    <Table
      label="What was released"
      className="max-h-none"
      rows={lines}
      columns={[
        { title: 'Released', cell: ({ what }) => what, isHeader: true, className: 'min-w-28' },
        { title: 'Times', cell: ({ times }) => times, className: 'text-right tabular-nums' },
        { title: 'ε', cell: (line) => shortNumber(line.epsilon), className: 'text-right tabular-nums' },
        {
          title: 'δ',
          cell: (line) => shortNumber(line.delta),
          className: 'text-right tabular-nums',
        },
      ]}
    />
  );
}

function Sentences({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <div className="min-w-0">
      <h3 className="text-sm font-medium">{title}</h3>
      <ul className="mt-1 list-disc space-y-1 pl-5 text-sm text-ink-soft">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}
