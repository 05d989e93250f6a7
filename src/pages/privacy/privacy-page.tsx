import type { ReactNode } from 'react';
import { Card, Section } from '../../components/card';
import { EntryList } from '../../components/entry-list';
import { PolicyReport, RequestTable } from '../../components/network-log';
import { PageHeading } from '../resource-page';
import { FetchedFiles } from './fetched-files';
import { DELETED, KEPT } from './kept';

/** What is kept where, what the page asked the network for, and how a person checks both. */
export function PrivacyPage() {
  return (
    <div className="mx-auto max-w-4xl px-4 pt-8 pb-20 sm:px-8">
      <PageHeading title="Privacy" />
      <p className="mt-2 max-w-prose text-ink-soft">
        Reading, training, generating and comparing run in your browser. Your rows are never uploaded: there
        is no server that could take them, no account, no cookie and no statistics of use.
      </p>

      <Section title="What is kept, and where" about="All of it on this device.">
        <EntryList
          entries={KEPT.map(({ what, where, until }) => ({ title: what, about: [where, `Until ${until}`] }))}
        />
        <p className="mt-2 max-w-prose text-sm text-ink-soft">{DELETED}</p>
      </Section>

      <Section title="What this page has asked the network for" about="Since it was loaded, by origin.">
        <Card>
          <div className="text-sm">
            <RequestTable />
          </div>
        </Card>
      </Section>

      <Section
        title="What you fetched from other addresses"
        about="Since the page was loaded, by “From an address”. A server sees the address that was asked for and where you are on the net."
      >
        <FetchedFiles />
      </Section>

      <Section title="What the browser enforces">
        <Card>
          <div className="text-sm">
            <PolicyReport />
          </div>
        </Card>
        <p className="mt-2 max-w-prose text-sm text-ink-soft">
          The policy binds the page, the service worker and every worker that holds data. One worker has a
          policy of its own and may ask other addresses: the one that fetches a file whose address you gave.
          It is a script of a page that you can read, holds no data, is told one address, asks for it with GET
          and without cookies, and ends. A host who wants none of it serves that script with the policy of all
          others. The policy does not bind extensions of your browser, which can read every page you let them
          read, nor links that you follow yourself.
        </p>
      </Section>

      <Section title="Check it yourself">
        <ol className="list-decimal space-y-2 pl-5 text-sm">
          <Step title="Watch the network.">
            Open the developer tools (F12), tab “Network”, and do a whole job: every address is this app's
            own, or one that you gave, and nothing is sent but requests for files.
          </Step>
          <Step title="Pull the plug.">
            Wait until the line under every page says “Works offline”, cut the connection, reload, and do the
            whole job.
          </Step>
          <Step title="Look into the storage.">
            Developer tools, tab “Application” (Chrome, Edge) or “Storage” (Firefox, Safari): everything that
            is kept is there.
          </Step>
          <Step title="Read the source.">
            It is open, under Apache-2.0, and can be built and served by yourself.
          </Step>
        </ol>
      </Section>

      <Section title="How private is what you publish?">
        <p className="max-w-prose text-sm">
          Where rows are computed says nothing about what synthetic rows give away. That is what value
          protection, the privacy guard and the report are for: the report of every synthetic dataset measures
          how close its rows are to the original ones, beside rows that were held out.
        </p>
      </Section>
    </div>
  );
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li>
      <span className="font-medium">{title}</span> <span className="text-ink-soft">{children}</span>
    </li>
  );
}
