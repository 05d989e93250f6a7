import { afterEach, describe, expect, it } from 'vitest';
import { UserError } from '../domain/errors';
import { connect, expose, transfer } from './rpc';

const channels: MessageChannel[] = [];
function channel(): MessageChannel {
  const made = new MessageChannel();
  channels.push(made);
  return made;
}

afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

interface Api {
  refuse(): void;
  crash(): void;
  sum(values: Float64Array): number;
}

function open() {
  const { port1, port2 } = channel();
  const api: Api = {
    refuse() {
      throw new UserError('source/unreadable', 'Line 3 of a.csv is not text.', { details: { line: 3 } });
    },
    crash() {
      throw new TypeError('x is not a function');
    },
    sum: (values) => values.reduce((a, b) => a + b, 0),
  };
  expose(api, port1);
  const remote = connect<Api>(port2);
  port2.start();
  return remote;
}

describe('rpc', () => {
  it('carries a UserError with sentence, code and details', async () => {
    const error = await open()
      .refuse()
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      code: 'source/unreadable',
      message: 'Line 3 of a.csv is not text.',
      details: { line: 3 },
    });
  });

  it('carries other errors by name and message', async () => {
    await expect(open().crash()).rejects.toMatchObject({ name: 'TypeError', message: 'x is not a function' });
  });

  it('moves transferred buffers', async () => {
    const values = Float64Array.of(1, 2, 3.5);
    expect(await open().sum(transfer(values, [values.buffer]))).toBe(6.5);
    expect(values.length).toBe(0);
  });
});
