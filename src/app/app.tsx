import { lazy, Suspense, useEffect } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import type { DoppelgridClient } from '../client/api';
import { DropOverlay } from '../components/drop-overlay';
import { ErrorBoundary } from '../components/error-boundary';
import { useFileComing } from '../components/file-coming';
import { Loading } from '../components/notice';
import { ToastRegion } from '../components/toasts';
import { LISTED_KINDS } from '../domain/resource-list';
import { importFiles, useActivity } from '../pages/actions';
import {
  ClientProvider,
  useClient,
  useIsOpen,
  useIsUnwritten,
  useOwnJobs,
  useResources,
  useWorkspace,
} from '../pages/client-context';
import { useExportGate } from '../pages/export-gate';
import { useHashPath } from '../pages/hash-path';
import { HomePage } from '../pages/home/home-page';
import { RESOURCE_KINDS } from '../pages/kinds';
import { NotKeptBar } from '../pages/not-kept-bar';
import { losesWork } from '../pages/unsaved-work';
import { Footer } from './footer';
import { Header } from './header';
import { HeldBar } from './held-bar';
import { JobEnds } from './job-ends';
import { Shortcuts } from './shortcuts';
import { TabTitle } from './tab-title';
import { UpdateNotice } from './update-notice';

const ConfigurationDialog = lazy(async () => ({
  default: (await import('../pages/configuration-dialog')).ConfigurationDialog,
}));
const ImportPage = lazy(async () => ({
  default: (await import('../pages/import/import-page')).ImportPage,
}));
const SourcePage = lazy(async () => ({
  default: (await import('../pages/sources/source-page')).SourcePage,
}));
const GeneratorPage = lazy(async () => ({
  default: (await import('../pages/generators/generator-page')).GeneratorPage,
}));
const DatasetPage = lazy(async () => ({
  default: (await import('../pages/synthetic-datasets/dataset-page')).DatasetPage,
}));
const SourceDatasetPage = lazy(async () => ({
  default: (await import('../pages/datasets/dataset-page')).SourceDatasetPage,
}));
const JobsPage = lazy(async () => ({
  default: (await import('../pages/jobs/jobs-page')).JobsPage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('../pages/settings/settings-page')).SettingsPage,
}));
const ReportPage = lazy(async () => ({
  default: (await import('../pages/reports/report-page')).ReportPage,
}));
const ExportGateDialog = lazy(async () => ({
  default: (await import('../pages/export-gate-dialog')).ExportGateDialog,
}));
const EvaluatePage = lazy(async () => ({
  default: (await import('../pages/evaluate/evaluate-page')).EvaluatePage,
}));
const ComparisonPage = lazy(async () => ({
  default: (await import('../pages/evaluate/comparison-page')).ComparisonPage,
}));
const AboutPage = lazy(async () => ({
  default: (await import('../pages/about/about-page')).AboutPage,
}));
const PrivacyPage = lazy(async () => ({
  default: (await import('../pages/privacy/privacy-page')).PrivacyPage,
}));

const StoragePage = lazy(async () => ({
  default: (await import('../pages/storage/storage-page')).StoragePage,
}));
const SqlPage = lazy(async () => ({
  default: (await import('../pages/sql/sql-page')).SqlPage,
}));
const RecipePage = lazy(async () => ({
  default: (await import('../pages/recipes/recipe-page')).RecipePage,
}));
const ConnectorPage = lazy(async () => ({
  default: (await import('../pages/connectors/connector-page')).ConnectorPage,
}));
const ListPage = lazy(async () => ({
  default: (await import('../pages/lists/list-page')).ListPage,
}));
const UnknownPage = lazy(async () => ({
  default: (await import('../pages/resource-page')).UnknownPage,
}));
const ProjectsPage = lazy(async () => ({
  default: (await import('../pages/projects/projects-page')).ProjectsPage,
}));

/** The whole app around one client. */
export function App({ client }: { client: DoppelgridClient }) {
  return (
    <ClientProvider client={client}>
      <Router hook={useHashPath}>
        <Shell />
      </Router>
    </ClientProvider>
  );
}

function Shell() {
  const [location] = useLocation();
  const client = useClient();
  const isOpen = useIsOpen();
  useFileComing(client.sources.prepare);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of page is what scrolls up
  useEffect(() => {
    // Returned, it would become the effect's clean-up: scrolling methods return promises in recent browsers.
    window.scrollTo(0, 0);
  }, [location]);
  return (
    <div className="flex min-h-dvh flex-col print:block">
      <button
        type="button"
        onClick={() => document.getElementById('main')?.focus()}
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-card focus:px-4 focus:py-2"
      >
        Skip to the content
      </button>
      <Header />
      <NotKeptBar />
      <HeldBar />
      <UpdateNotice />
      <main id="main" tabIndex={-1} className="flex-1">
        <ErrorBoundary key={location}>
          <Suspense fallback={<Loading what="Opening the page" />}>
            {isOpen || location === '/' ? (
              <Switch>
                <Route path="/">
                  <HomePage />
                </Route>
                <Route path="/import">
                  <ImportPage />
                </Route>
                <Route path="/sources/:id">{({ id }) => <SourcePage key={id} id={id} />}</Route>
                <Route path="/sources/:id/versions/:number">
                  {({ id, number }) => <SourcePage key={`${id} ${number}`} id={id} number={Number(number)} />}
                </Route>
                <Route path="/datasets/:id">{({ id }) => <SourceDatasetPage key={id} id={id} />}</Route>
                <Route path="/generators/:id">{({ id }) => <GeneratorPage key={id} id={id} />}</Route>
                <Route path="/synthetic-datasets/:id">{({ id }) => <DatasetPage key={id} id={id} />}</Route>
                <Route path="/recipes/:id">{({ id }) => <RecipePage key={id} id={id} />}</Route>
                <Route path="/connectors/:id">{({ id }) => <ConnectorPage key={id} id={id} />}</Route>
                <Route path="/about">
                  <AboutPage />
                </Route>
                <Route path="/privacy">
                  <PrivacyPage />
                </Route>
                <Route path="/storage">
                  <StoragePage />
                </Route>
                <Route path="/sql">
                  <SqlPage />
                </Route>
                <Route path="/evaluate">
                  <EvaluatePage />
                </Route>
                <Route path="/evaluations/:id">{({ id }) => <ComparisonPage key={id} id={id} />}</Route>
                <Route path="/jobs">
                  <JobsPage />
                </Route>
                <Route path="/settings">
                  <SettingsPage />
                </Route>
                <Route path="/reports/:id">{({ id }) => <ReportPage key={id} id={id} />}</Route>
                <Route path="/projects">
                  <ProjectsPage />
                </Route>
                {LISTED_KINDS.map((kind) => (
                  <Route key={kind} path={RESOURCE_KINDS[kind].path}>
                    <ListPage key={kind} kind={kind} />
                  </Route>
                ))}
                <Route>
                  <UnknownPage />
                </Route>
              </Switch>
            ) : (
              <Loading what="Opening your work" />
            )}
          </Suspense>
        </ErrorBoundary>
      </main>
      <Footer />
      <DropOverlay onFiles={(files) => void importFiles(client, files)} />
      <AskedConfiguration />
      <AskedExport />
      <ToastRegion />
      <LeaveWarning />
      <JobEnds />
      <TabTitle />
      <Shortcuts />
    </div>
  );
}

/** Lets the browser ask before the tab is closed while that would lose work. */
function LeaveWarning(): null {
  const isKept = useWorkspace()?.isKept ?? false;
  const loses = losesWork(useResources(), isKept, useIsUnwritten(), useOwnJobs());
  useEffect(() => {
    if (!loses) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [loses]);
  return null;
}

/** Loaded when there is something to ask. */
function AskedConfiguration() {
  const { configuration } = useActivity();
  return (
    configuration && (
      <Suspense>
        <ConfigurationDialog />
      </Suspense>
    )
  );
}

/** The same, before rows leave. */
function AskedExport() {
  const { asked } = useExportGate();
  return (
    asked && (
      <Suspense>
        <ExportGateDialog />
      </Suspense>
    )
  );
}
