import type { ConnectorAccessType, ConnectorState } from '../../domain/connectors';
import type { Handle } from '../handles';

/** What browsers that give lasting access have (https://wicg.github.io/file-system-access/). */
interface Permitted {
  queryPermission?(options: { mode: 'read' | 'readwrite' }): Promise<PermissionState>;
  requestPermission?(options: { mode: 'read' | 'readwrite' }): Promise<PermissionState>;
}

/** Whether a folder or file can be used now. What the browser keeps for itself, in its own folder, always can. */
export async function permissionOf(handle: Handle, access: ConnectorAccessType): Promise<ConnectorState> {
  const state = await (handle as unknown as Permitted).queryPermission?.({ mode: modeOf(access) });
  return state === undefined || state === 'granted' ? 'ready' : 'ask';
}

/** Asks the person, after a click of theirs. @returns whether they allow it */
export async function askPermission(handle: Handle, access: ConnectorAccessType): Promise<boolean> {
  const state = await (handle as unknown as Permitted).requestPermission?.({ mode: modeOf(access) });
  return state === undefined || state === 'granted';
}

function modeOf(access: ConnectorAccessType): 'read' | 'readwrite' {
  return access === 'READ_DATA' ? 'read' : 'readwrite';
}
