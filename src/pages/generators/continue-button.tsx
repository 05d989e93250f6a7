import { FastForward } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { SelectField } from '../../components/field';
import { Notice } from '../../components/notice';
import { errorText } from '../../domain/errors';
import type { Generator } from '../../domain/generators';
import { onlyTable } from '../../domain/only-table';
import { atVersion, versionOfTable, versionsOf } from '../../domain/source-versions';
import type { Source } from '../../domain/sources';
import { compareTables, type VersionDifferences } from '../../domain/version-differences';
import { differenceSentences, notLearnedSentence } from '../../domain/version-words';
import { useClient } from '../client-context';

/** Opens what it takes to train a model further: the version of its source, what differs there, or why it cannot be. */
export function ContinueButton({ generator, source }: { generator: Generator; source: Source | undefined }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={FastForward} onClick={() => setOpen(true)}>
        Train further
      </Button>
      {open && <ContinueDialog generator={generator} source={source} onClose={() => setOpen(false)} />}
    </>
  );
}

function ContinueDialog(props: {
  readonly generator: Generator;
  readonly source: Source | undefined;
  readonly onClose: () => void;
}) {
  const { generator, source, onClose } = props;
  const client = useClient();
  const [, navigate] = useLocation();
  const [number, choose] = useState(source?.version ?? 1);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const versions = source ? versionsOf(source).reverse() : [];
  const own = source && versionOfTable(source, onlyTable(generator.config).tableId)?.number;
  const refusal = source
    ? client.generators.whyNotContinue(generator.id, number)
    : client.generators.whyNotContinue(generator.id);
  const differences =
    source && own !== undefined && own !== number ? differencesOf(source, own, number) : null;
  const missed = differences && notLearnedSentence(differences);
  const go = async () => {
    setBusy(true);
    try {
      const options = { trainingStatus: 'continue', version: number } as const;
      const { id } = await client.generators.clone(generator.id, options);
      onClose();
      navigate(`/generators/${id}`);
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="Train this model further"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button variant="primary" disabled={busy || refusal !== null} onClick={() => void go()}>
            Make the generator
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-soft">
        A new generator starts from a copy of this model, with its columns and settings, and trains on. This
        one stays as it is.
      </p>
      {versions.length > 1 && (
        <div className="mt-4">
          <SelectField
            label="Version of the source"
            value={String(number)}
            options={versions.map((version) => ({
              value: String(version.number),
              label: `${version.number}: ${version.fileName}${version.number === own ? ' (trained on)' : ''}`,
            }))}
            onChange={(value) => choose(Number(value))}
          />
        </div>
      )}
      {differences && (
        <ul className="mt-4 list-disc space-y-1 pl-5 text-sm">
          {differenceSentences(differences).map((sentence) => (
            <li key={sentence} className="break-words">
              {sentence}
            </li>
          ))}
        </ul>
      )}
      {refusal !== null ? (
        <Notice tone="warning" className="mt-4">
          {refusal}
        </Notice>
      ) : (
        missed && <Notice className="mt-4">{missed}</Notice>
      )}
      {problem && (
        <Notice tone="error" className="mt-4">
          {problem}
        </Notice>
      )}
    </Dialog>
  );
}

function differencesOf(source: Source, before: number, after: number): VersionDifferences | null {
  const [was, is] = [atVersion(source, before), atVersion(source, after)];
  return was && is ? compareTables(onlyTable(was), onlyTable(is)) : null;
}
