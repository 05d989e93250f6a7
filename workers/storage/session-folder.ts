import { holdLock } from '../../src/threads/thread';

const ROOT = 'doppelgrid-sessions';

/**
 * The folder of this session in the origin private file system. Every session holds a Web Lock named after its folder
 * while its worker lives; the browser frees the lock on close and on crash. So a folder whose lock is free belongs to a
 * dead session and is removed. Folders of other open tabs stay.
 *
 * @param sessionId unique among sessions
 * @throws whatever the browser throws where it refuses the file system (private windows)
 */
export async function openSessionFolder(
  storage: Pick<StorageManager, 'getDirectory'>,
  locks: Pick<LockManager, 'request'>,
  sessionId: string,
): Promise<FileSystemDirectoryHandle> {
  const root = await (await storage.getDirectory()).getDirectoryHandle(ROOT, { create: true });
  // The lock comes first: another tab would take a folder without its lock for dead.
  await holdLock(locks, lockName(sessionId));
  const folder = await root.getDirectoryHandle(sessionId, { create: true });
  await removeDeadSessions(root, locks, sessionId);
  return folder;
}

function lockName(sessionId: string): string {
  return `${ROOT}/${sessionId}`;
}

async function removeDeadSessions(
  root: FileSystemDirectoryHandle,
  locks: Pick<LockManager, 'request'>,
  ownId: string,
): Promise<void> {
  const names: string[] = [];
  for await (const name of root.keys()) if (name !== ownId) names.push(name);
  for (const name of names) {
    await locks.request(lockName(name), { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      // Another tab that opens at the same moment may have removed it already.
      await root.removeEntry(name, { recursive: true }).catch(() => undefined);
    });
  }
}
