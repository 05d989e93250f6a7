import { readdirSync, readFileSync } from 'node:fs';

/** Resident memory of the largest page process, workers included, bytes. */
export interface PageMemory {
  readonly now: number;
  /** Highest since the process started. */
  readonly peak: number;
  /** Of the process. */
  readonly pid: number;
}

/**
 * Memory of the browser that runs with this profile folder, from /proc. Null where there is no /proc.
 */
export function pageMemory(profile: string): PageMemory | null {
  const processes = listProcesses();
  const browser = processes.find(({ args }) => args.includes(`--user-data-dir=${profile}`));
  if (!browser) return null;
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const pages = processes
    .filter(({ args, pid }) => args.includes('--type=renderer') && descends(pid, browser.pid, parents))
    .map(({ pid }) => ({ now: readStatus(pid, 'VmRSS'), peak: readStatus(pid, 'VmHWM'), pid }));
  return pages.reduce<PageMemory | null>((top, page) => (top && top.peak > page.peak ? top : page), null);
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly args: string;
}

function listProcesses(): Process[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({
        pid: Number(name),
        parent: readNumber(name, 'PPid'),
        // A renderer's arguments may be joined by spaces instead of zeros.
        args: readText(`/proc/${name}/cmdline`).replaceAll('\0', ' '),
      }));
  } catch {
    return [];
  }
}

function descends(pid: number, ancestor: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at = parents.get(pid); at !== undefined && at > 0; at = parents.get(at)) {
    if (at === ancestor) return true;
  }
  return false;
}

/** A field of /proc/PID/status in kB, as bytes. */
function readStatus(pid: number, field: string): number {
  return readNumber(String(pid), field) * 1024;
}

function readNumber(pid: string, field: string): number {
  const match = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readText(`/proc/${pid}/status`));
  return match ? Number(match[1]) : 0;
}

/** Empty if the process has gone meanwhile. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
