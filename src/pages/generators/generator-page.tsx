import { BookmarkPlus, ClipboardCopy, Copy, FileDown, Play } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button';
import { Section } from '../../components/card';
import { Notice } from '../../components/notice';
import { saveFile } from '../../components/save-file';
import { isCanceled } from '../../domain/errors';
import type { Generator, ImportedFrom } from '../../domain/generators';
import { isUnderWay } from '../../domain/job';
import { onlyTable } from '../../domain/only-table';
import type { Source } from '../../domain/sources';
import { copyConfiguration, resumeTraining, showError, trainGenerator } from '../actions';
import { useClient, useResources } from '../client-context';
import { HeldNotice } from '../held-notice';
import { isPrivate } from '../job-actions';
import { saveRecipe } from '../recipes/recipe-actions';
import { GonePage, ResourcePage } from '../resource-page';
import { SdkButton } from '../sdk-button';
import { ConfigureView } from './configure-view';
import { TrainedView } from './trained-view';
import { TrainingLog } from './training-log';
import { TrainingView } from './training-view';

/** A generator in whatever state it is. */
export function GeneratorPage({ id }: { id: string }) {
  const { generators, sources } = useResources();
  const generator = generators.find((known) => known.id === id);
  if (!generator) return <GonePage what="generator" />;
  const source = sources.find((known) => known.id === onlyTable(generator.config).sourceId);
  return <GeneratorView generator={generator} source={source} />;
}

function GeneratorView({ generator, source }: { generator: Generator; source: Source | undefined }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const status = generator.trainingStatus;
  const [exporting, setExporting] = useState(false);
  const exportIt = async () => {
    setExporting(true);
    try {
      saveFile(await client.generators.export(generator.id));
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
  return (
    <ResourcePage
      resource={{ kind: 'generator', id: generator.id }}
      title={generator.config.name}
      description={generator.config.description}
      isNamedBelow={status === 'NEW'}
      about={ABOUT[status]}
      actions={
        <>
          {status === 'DONE' && (
            <Button icon={FileDown} disabled={exporting} onClick={() => void exportIt()}>
              {exporting ? 'Exporting…' : 'Export generator'}
            </Button>
          )}
          {status === 'DONE' && (
            <Button icon={BookmarkPlus} onClick={() => saveRecipe(client, { generatorId: generator.id })}>
              Save as recipe
            </Button>
          )}
          <Button icon={ClipboardCopy} onClick={() => void copyConfiguration(client, generator.id)}>
            Copy configuration
          </Button>
          <SdkButton
            name={generator.config.name}
            load={() => client.generators.sdkConfiguration(generator.id)}
          />
          {status !== 'NEW' && !isUnderWay(status) && source && (
            <Button icon={Copy} onClick={clone}>
              Clone with other settings
            </Button>
          )}
        </>
      }
    >
      {status === 'NEW' && source && (
        <ConfigureView key={JSON.stringify(source.dialect)} generator={generator} source={source} />
      )}
      {status === 'NEW' && !source && (
        <Notice tone="warning">
          Its source was deleted, so it cannot be trained. Drop the file again to start over.
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
  NEW: 'Not trained yet. Check what was decided, or just train.',
  QUEUED: 'Waiting for its turn.',
  IN_PROGRESS: 'In training.',
  ON_HOLD: 'On hold: the training has not ended.',
  DONE: 'Trained and ready to generate.',
  FAILED: 'The training failed.',
  CANCELED: 'The training was cancelled.',
};
