import { type BrowserStorage, readBrowserStorage } from '../../client/browser-storage';
import { Card, Facts, Section } from '../../components/card';
import { EntryList } from '../../components/entry-list';
import { formatBytes, formatPercent } from '../../components/format';
import { useClient, useLoaded } from '../client-context';
import { PageHeading } from '../resource-page';
import { LicenceList } from './licence-list';
import { LIMITS } from './limits';
import { OfflineSection } from './offline-section';
import { describeAccelerator, listFeatures, viewBrowser } from './this-browser';

/** Version, what the app found in this browser, what it can and cannot do here, and what it is made of. */
export function AboutPage() {
  const { version } = useClient();
  return (
    <div className="mx-auto max-w-4xl px-4 pt-8 pb-20 sm:px-8">
      <PageHeading title="About Doppelgrid" />
      <p className="mt-2 max-w-prose text-ink-soft">
        Version {version}. It learns tables and writes synthetic ones, in this browser and nowhere else.
        Licensed under Apache-2.0.
      </p>
      <ThisBrowser />
      <OfflineSection />
      <Section title="What a browser cannot do">
        <dl className="grid gap-x-8 gap-y-4 text-sm sm:grid-cols-2">
          {LIMITS.map(([title, meaning]) => (
            <div key={title}>
              <dt className="font-medium">{title}</dt>
              <dd className="text-ink-soft">{meaning}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section
        title="Licences"
        about="Every package that the app contains, as it was built, and the demo tables' collection."
      >
        <LicenceList />
      </Section>
    </div>
  );
}

/** Never rejects, so that the page shows what it knows. */
const readThisBrowser = async () => {
  const [accelerator, storage] = await Promise.all([describeAccelerator(), readBrowserStorage()]);
  return { accelerator, storage };
};

function ThisBrowser() {
  const found = useLoaded(readThisBrowser);
  const known = found !== null && typeof found !== 'string' ? found : null;
  const cores = navigator.hardwareConcurrency;
  return (
    <Section
      title="This browser"
      about={
        known
          ? `${known.accelerator.gpu ? `Trainings may run on ${known.accelerator.gpu}.` : 'Trainings run in WebAssembly.'} ${known.accelerator.reason}`
          : 'Looking for a graphics card…'
      }
    >
      <Card>
        <Facts
          items={[
            ['Trains with', known ? (known.accelerator.gpu ?? 'WebAssembly SIMD') : '…'],
            ['Threads, at most', cores],
            ['Cross-origin isolated', window.crossOriginIsolated ? 'Yes' : 'No, and not needed'],
            ...(known ? storageFacts(known.storage) : []),
          ]}
        />
      </Card>
      <div className="mt-4">
        <EntryList
          entries={listFeatures(viewBrowser(known?.storage?.hasFiles ?? false)).map(
            ({ name, use, without, present }) => ({
              title: name,
              mark: <Presence present={present} />,
              about: [use, `Without it: ${without}`],
            }),
          )}
        />
        <p className="mt-2 text-sm text-ink-soft">
          Current Chrome, Edge, Firefox and Safari have what is needed. It is tested in Chromium, and was
          tried in Firefox and in WebKit on Linux; not yet in Safari, on macOS and on Windows.
        </p>
      </div>
    </Section>
  );
}

function Presence({ present }: { present: boolean }) {
  return (
    <span className={`shrink-0 ${present ? 'font-medium text-accent' : 'text-ink-soft'}`}>
      {present ? 'Here' : 'Not here'}
    </span>
  );
}

function storageFacts(storage: BrowserStorage | null): readonly (readonly [string, string])[] {
  if (!storage) return [['Storage', 'The browser does not tell']];
  const { usage, quota, persisted } = storage;
  return [
    ['Storage in use', `${formatBytes(usage)} (${formatPercent(quota > 0 ? usage / quota : 0)})`],
    ['Storage granted', formatBytes(quota)],
    ['When the disk is full', persisted ? 'Browser asks first' : 'Browser may clear it'],
  ];
}
