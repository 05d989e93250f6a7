import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { buildPage } from '../e2e/webgpu/build-page';
import type { ReportLine } from '../e2e/webgpu/page/report';
import { serve } from '../scripts/serve/server';
import { print } from './adult-shape';

/** Where Firefox does not offer WebGPU yet (Linux), or only a software driver is there. */
const PREFERENCES = {
  'dom.webgpu.enabled': true,
  'gfx.webgpu.ignore-blocklist': true,
  'datareporting.policy.dataSubmissionEnabled': false,
  'browser.aboutwelcome.enabled': false,
};
const PATIENCE = 600_000;

/**
 * Conformance of the WebGPU backend in an installed Firefox, whose WGSL compiler is another one and whose events come
 * in another order: `npm run bench -- firefox [path of firefox]`. Without a GPU, VK_DRIVER_FILES must name a software
 * driver, and LD_LIBRARY_PATH the folder of a Vulkan loader where none is installed (Chromium's folder has both).
 */
export async function run(args: readonly string[]): Promise<void> {
  const pages = await serve({ root: await buildPage(), port: 0 });
  const profile = mkdtempSync(join(tmpdir(), 'doppelgrid-firefox-'));
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${value});`);
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  let firefox: ChildProcess | undefined;
  let server: Server | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      server = createServer((request, response) => {
        answer(pages.url, request, response, resolve).catch(reject);
      }).listen(0, () => {
        const { port } = server!.address() as AddressInfo;
        const url = `http://localhost:${port}/#report`;
        firefox = spawn(args[0] ?? 'firefox', ['--headless', '--no-remote', '--profile', profile, url], {
          stdio: 'ignore',
        });
        firefox.on('error', (cause) =>
          reject(new Error('Firefox does not start; give its path.', { cause })),
        );
      });
      setTimeout(() => reject(new Error('Firefox has not answered for ten minutes.')), PATIENCE).unref();
    });
  } finally {
    await stop(firefox);
    server?.closeAllConnections();
    server?.close();
    await pages.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Files of the page come from its own server; what is posted is a line of the report, or null at its end. */
async function answer(
  pages: string,
  request: IncomingMessage,
  response: ServerResponse,
  end: () => void,
): Promise<void> {
  if (request.method === 'POST') {
    const line: ReportLine | null = JSON.parse(await text(request));
    response.end();
    if (line === null) end();
    else print(`${line.name.padEnd(30)} ${line.figures}${line.isRight ? '' : '  NOT AS IT SHOULD BE'}`);
    return;
  }
  const file = await fetch(new URL(request.url ?? '/', pages));
  response.statusCode = file.status;
  file.headers.forEach((value, name) => {
    if (!/^(content-(encoding|length)|transfer-encoding|connection)$/.test(name))
      response.setHeader(name, value);
  });
  response.end(Buffer.from(await file.arrayBuffer()));
}

async function stop(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || !child.kill()) return;
  await new Promise((resolve) => child.once('exit', resolve));
}
