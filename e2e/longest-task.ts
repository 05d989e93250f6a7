import type { Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of one clock. */
  readonly ts: number;
  readonly dur?: number;
  /** CPU time of the thread, microseconds. */
  readonly tdur?: number;
  readonly args: {
    readonly name?: string;
    readonly data?: { readonly type?: string };
    readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string };
  };
}

/**
 * The longest task on the page's thread while `work` runs, in milliseconds of processor time: a task that waits for
 * a core on a busy machine is not the page's fault. Neither is one in which the driver of the journey looks for
 * something on the page; one in which it makes an event happen there counts.
 */
export async function longestTask(page: Page, work: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
    },
  });
  await work();
  // Answered when the last task of the work has ended: the trace has it then.
  await page.evaluate(() => undefined);
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const pageThreads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const ofPage = events.filter(({ pid, tid }) => pageThreads.has(`${pid} ${tid}`));
  const asked = ofPage.filter(isAsked);
  const happened = ofPage.filter(isHeard);
  const tasks = ofPage
    .filter(({ name }) => name.endsWith('RunTask'))
    // One in which the driver asks something and nothing happens on the page is a look.
    .filter((task) => !hasOneOf(task, asked) || hasOneOf(task, happened));
  if (tasks.length === 0) throw new Error('The trace holds no task of the page.');
  return Math.max(...tasks.map(({ tdur }) => tdur ?? 0)) / 1000;
}

/** Whether the driver of the journey asks something of the page. */
function isAsked({ args }: TraceEvent): boolean {
  return args.chrome_mojo_event_info?.mojo_interface_tag === 'blink.mojom.DevToolsSession';
}

function hasOneOf(task: TraceEvent, events: readonly TraceEvent[]): boolean {
  return events.some(
    ({ pid, tid, ts }) =>
      pid === task.pid && tid === task.tid && ts >= task.ts && ts < task.ts + (task.dur ?? 0),
  );
}

/** Whether an event happens that the page may listen to; the driver has events of its own. */
function isHeard({ name, args }: TraceEvent): boolean {
  return name === 'EventDispatch' && !args.data?.type?.startsWith('__playwright');
}
