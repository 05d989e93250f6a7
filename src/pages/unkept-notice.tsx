import { Notice } from '../components/notice';
import { useClient } from './client-context';

const LEFT = {
  source:
    'The file of this source is not kept: storage was full, or its copy is gone. What needs its rows works in the page that read it alone. Delete what you no longer need on the Storage page, then it is kept; in a later session, drop the file again.',
  model:
    'This model is not kept: storage was full, or its copy is gone. It works in the page that trained it alone. Delete what you no longer need on the Storage page, then it is kept; in a later session, train it again.',
} as const;

/** Says of a source or model that it lasts as long as its page; nothing in a private session, where all does. */
export function UnkeptNotice({ what, isKept }: { what: keyof typeof LEFT; isKept: boolean }) {
  const { workspace } = useClient();
  if (isKept || !workspace.state()?.isKept) return null;
  return (
    <Notice tone="warning" className="mt-4">
      {LEFT[what]}
    </Notice>
  );
}
