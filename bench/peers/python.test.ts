import { expect, it } from 'vitest';
import { PythonPeer } from './python';

/** Node instead of Python: what counts is how processes are spoken to and ended. */
const NODE = { command: process.execPath, python: '', torch: null, engine: null, qa: null };

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('a peer answers each time it is asked, and ends with its workers', async () => {
  const peer = new PythonPeer(NODE, 'testing/lingering-peer.mjs', []);
  const { worker } = (await peer.answer()) as { worker: number };
  expect(await peer.ask()).toEqual({ worker });
  expect(isAlive(worker)).toBe(true);
  peer.close();
  await expect.poll(() => isAlive(worker), { timeout: 10_000 }).toBe(false);
});

it('a peer that ends without an answer says what it complained about', async () => {
  const peer = new PythonPeer(NODE, 'testing/no-such-peer.mjs', []);
  await expect(peer.answer()).rejects.toThrow(/no-such-peer/);
});
