import { Link } from 'wouter';
import { Dialog } from './dialog';
import { PolicyReport, RequestTable } from './network-log';

/** The promise that nothing leaves the browser, with what a person can check about it. */
export function NetworkDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Nothing leaves your browser" onClose={onClose}>
      <div className="space-y-4 text-sm">
        <p>
          Reading, training, generating and comparing run in this tab. Your rows are never uploaded: there is
          no server that could take them.
        </p>
        <div>
          <h3 className="mb-2 font-medium">What this page has asked the network for</h3>
          <RequestTable />
        </div>
        <div>
          <h3 className="mb-1 font-medium">What the browser enforces</h3>
          <PolicyReport />
        </div>
        <p>
          What is kept where, and how to check all this yourself, is on the page{' '}
          <Link
            href="/privacy"
            onClick={onClose}
            className="font-medium text-accent underline underline-offset-2"
          >
            Privacy
          </Link>
          .
        </p>
      </div>
    </Dialog>
  );
}
