/** A peer whose worker holds its output open, as Python's process pools do. Answers with the worker's process id. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const worker = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
const answer = () => process.stdout.write(`${JSON.stringify({ worker: worker.pid })}\n`);
answer();
createInterface({ input: process.stdin }).on('line', answer);
