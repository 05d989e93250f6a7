import { BookmarkPlus, ClipboardCopy, Copy, FileCode, FileDown, Play } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import { Section } from '../../components/card';
import { MoreMenu } from '../../components/menu';
import type { MenuEntry } from '../../components/menu-entry';
import { Notice } from '../../components/notice';
import { saveFile } from '../../components/save-file';
import { isCanceled } from '../../domain/errors';
import type { Generator, ImportedFrom } from '../../domain/generators';
import { isUnderWay } from '../../domain/job';
import { onlyTable } from '../../domain/only-table';
import { atTable, versionOfTable, versionWords } from '../../domain/source-versions';
import type { Source } from '../../domain/sources';
import { configure, copyConfiguration, resumeTraining, showError, trainGenerator } from '../actions';
import { useClient, useResources } from '../client-context';
import { mayLeaveAsModel } from '../export-gate';
import { HeldNotice } from '../held-notice';
import { isPrivate } from '../job-actions';
import { saveRecipe } from '../recipes/recipe-actions';
import { GonePage, ResourcePage } from '../resource-page';
import { useSdkDialog } from '../sdk-button';
import { ConfigureView } from './configure-view';
import { Continuations } from './continuations';
import { ContinueButton } from './continue-button';
import { ContinueView } from './continue-view';
import { TrainedView } from './trained-view';
import { TrainingLog } from './training-log';
import { TrainingView } from './training-view';

/** A generator in whatever state it is. */
export function GeneratorPage({ id }: { id: string }) {
  const { generators, sources } = useResources();
  const generator = generators.find((known) => known.id === id);
  if (!generator) return <GonePage what="generator" />;
  const { sourceId, tableId } = onlyTable(generator.config);
  const newest = sources.find((known) => known.id === sourceId);
  return (
    <GeneratorView
      generator={generator}
      newest={newest}
      // One that was imported may be of a source that was brought in again.
      source={newest && (atTable(newest, tableId) ?? (generator.imported ? newest : undefined))}
    />
  );
}

/**
 * @param newest its source as it is now
 * @param source that with the version that the generator is of
 */
function GeneratorView({
  generator,
  newest,
  source,
}: {
  generator: Generator;
  newest: Source | undefined;
  source: Source | undefined;
}) {
  const client = useClient();
  const [, navigate] = useLocation();
  const status = generator.trainingStatus;
  const [exporting, setExporting] = useState(false);
  const exportIt = async () => {
    setExporting(true);
    try {
      if (await mayLeaveAsModel(client, generator.id)) saveFile(await client.generators.export(generator.id));
    } catch (error) {
      if (!isCanceled(error)) showError(error);
    } finally {
      setExporting(false);
    }
  };
  const clone = () => {
    try {
      navigate(`/generators/${client.generators.clone(generator.id).id}`);
    } catch (error) {
      showError(error);
    }
  };
  const sdk = useSdkDialog(generator.config.name, () => client.generators.sdkConfiguration(generator.id));
  const more: MenuEntry[] = [
    ...(status === 'DONE'
      ? [
          {
            label: 'Save as recipe',
            icon: BookmarkPlus,
            run: () => saveRecipe(client, { generatorId: generator.id }),
          },
        ]
      : []),
    ...(status !== 'NEW' && !isUnderWay(status) && newest
      ? [{ label: 'Clone with other settings', icon: Copy, run: clone }]
      : []),
    {
      label: 'Copy configuration',
      icon: ClipboardCopy,
      run: () => void copyConfiguration(client, generator.id),
    },
    { label: 'For the MOSTLY AI SDK…', icon: FileCode, run: sdk.open },
  ];
  return (
    <ResourcePage
      resource={{ kind: 'generator', id: generator.id }}
      title={generator.config.name}
      description={generator.config.description}
      isNamedBelow={status === 'NEW'}
      about={[ABOUT[status], versionSentence(generator, newest)].filter((text) => text !== '').join(' ')}
      actions={
        <>
          {status === 'DONE' && (
            <Button icon={FileDown} disabled={exporting} onClick={() => void exportIt()}>
              {exporting ? 'Exporting…' : 'Export generator'}
            </Button>
          )}
          {status === 'DONE' && <ContinueButton generator={generator} source={newest} />}
          <MoreMenu entries={more} />
          {sdk.dialog}
        </>
      }
    >
      {status === 'NEW' && newest && source && onlyTable(source).id !== onlyTable(newest).id && (
        <OlderVersion source={newest} number={source.version ?? 1} />
      )}
      {status === 'CONTINUE' && <ContinueView generator={generator} source={source} />}
      {status === 'NEW' && source && (
        <ConfigureView key={JSON.stringify(source.dialect)} generator={generator} source={source} />
      )}
      {status === 'NEW' && !source && (
        <Notice tone="warning">
          {newest
            ? 'The version of the source that it was set up on was removed, so it cannot be trained. Configure another one on the page of the source.'
            : 'Its source was deleted, so it cannot be trained. Drop the file again to start over.'}
        </Notice>
      )}
      {isUnderWay(status) && <TrainingView generator={generator} source={source} />}
      {status === 'ON_HOLD' && <HeldTraining generator={generator} />}
      {(status === 'FAILED' || status === 'CANCELED') && (
        <Notice
          tone={status === 'FAILED' ? 'error' : 'warning'}
          actions={
            source && (
              <Button variant="primary" icon={Play} onClick={() => void trainGenerator(client, generator.id)}>
                Train again
              </Button>
            )
          }
        >
          {status === 'FAILED'
            ? (generator.error ?? 'The training failed.')
            : 'The training was cancelled and its model discarded. Train again, or clone the generator to change its settings first.'}
        </Notice>
      )}
      {generator.imported && <ImportedNotice from={generator.imported} hasSource={source !== undefined} />}
      {status === 'DONE' && <TrainedView generator={generator} source={source} />}
      <Continuations generator={generator} />
    </ResourcePage>
  );
}

/** On hold: the ways on, and the log so far. */
function HeldTraining({ generator }: { generator: Generator }) {
  const client = useClient();
  const { messages, progress } = generator;
  if (!progress)
    return (
      <Notice
        actions={
          <Button variant="primary" icon={Play} onClick={() => void resumeTraining(client, generator.id)}>
            Train from the beginning
          </Button>
        }
      >
        The training was interrupted, and nothing of it was kept.
      </Notice>
    );
  return (
    <>
      <HeldNotice job={progress} />
      {messages.length > 0 && (
        <Section title="Loss" about="As far as the training came.">
          <TrainingLog messages={messages} isPrivate={isPrivate(generator)} />
        </Section>
      )}
    </>
  );
}

/** A draft of a version that a newer one has replaced. */
function OlderVersion({ source, number }: { source: Source; number: number }) {
  const client = useClient();
  return (
    <Notice
      className="mb-4"
      actions={<Button onClick={() => configure(client, source.id)}>Configure the current version</Button>}
    >
      This is set up on version {number}. Version {source.version ?? 1} is current.
    </Notice>
  );
}

/** "Trained on version 2 of 3."; nothing where the source has had one alone. */
function versionSentence(
  { config, sourceVersion, trainingStatus }: Generator,
  source: Source | undefined,
): string {
  if (!source) return '';
  const number = versionOfTable(source, onlyTable(config).tableId)?.number;
  const known = trainingStatus === 'DONE' ? (sourceVersion ?? number) : number;
  const words = known === undefined ? '' : versionWords(source, known);
  if (words === '') return '';
  const removed = number === undefined ? ', which was removed' : '';
  return `${trainingStatus === 'DONE' ? 'Trained' : 'Set up'} on ${words}${removed}.`;
}

/** Where it was trained, and what cannot be had without its rows. */
function ImportedNotice({ from, hasSource }: { from: ImportedFrom; hasSource: boolean }) {
  return (
    <Notice className="mb-4">
      Imported from <bdi>{from.file}</bdi>. {hasSource ? 'Its source is here, too. ' : ''}It generates rows as
      it did where it was trained.
      {!hasSource && (
        <>
          {' '}
          Its source <bdi>{from.source.file}</bdi> is not here, so its rows are compared with nothing. To
          train anew, bring in that file, copy the configuration and paste it on the first screen.
        </>
      )}
    </Notice>
  );
}

const ABOUT: Record<Generator['trainingStatus'], string> = {
  NEW: 'Training not started. Check what was decided, or just train.',
  CONTINUE: 'Has a trained model to go on from.',
  QUEUED: 'Waiting for its turn.',
  IN_PROGRESS: 'In training.',
  ON_HOLD: 'On hold: the training has not ended.',
  DONE: 'Trained and ready to generate.',
  FAILED: 'The training failed.',
  CANCELED: 'The training was cancelled.',
};
