import { afterEach, expect, it } from 'vitest';
import { mortalRemote } from './mortal-remote';
import { connect, expose } from './rpc';

interface Api {
  double(value: number): Promise<number>;
  refuse(): Promise<void>;
  hang(): Promise<void>;
}

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function open() {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const api: Api = {
    double: async (value) => 2 * value,
    refuse: () => Promise.reject(new TypeError('not this')),
    hang: () => new Promise(() => undefined),
  };
  expose(api, port1);
  return mortalRemote(connect<Api>(port2));
}

it('passes on what the thread answers, and can be awaited itself', async () => {
  const { api } = open();
  const awaited = await Promise.resolve(api);
  expect(await awaited.double(4)).toBe(8);
  await expect(api.refuse()).rejects.toThrow('not this');
  expect(api.double).toBe(api.double);
});

it('rejects calls under way and later ones once the thread is gone, with one reason', async () => {
  const { api, end } = open();
  const calls = [api.hang(), api.hang()];
  end(new Error('gone'));
  end(new Error('another reason'));
  for (const call of [...calls, api.double(1)]) await expect(call).rejects.toThrow('gone');
});
