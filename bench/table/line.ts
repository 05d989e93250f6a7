/** What the table consists of. */
import type { Ratio } from './sandwich';

export interface Line {
  readonly what: string;
  /** The peer or the limit, with its version. */
  readonly against: string;
  /** Our speed over the peer's, or the share of a limit; null where nothing could be measured. */
  readonly ratio: number | null;
  /** Sandwiches kept of those made. */
  readonly kept: string;
  readonly ours: string;
  readonly theirs: string;
  /** The least ratio asked for. */
  readonly bar?: number;
}

/** What a measurement hands its results to, as soon as each is there. */
export interface Report {
  line(line: Line): void;
  /** A sentence below the table: what is missing and how to get it, or how a line was measured. */
  note(sentence: string): void;
}

export interface TableOptions {
  /** Sandwiches per line. */
  readonly rounds: number;
  /** Runs of the packaged engine. */
  readonly engineRuns: number;
}

/** How the figures of a line are named and written. */
export interface Naming {
  readonly what: string;
  readonly against: string;
  readonly bar?: number;
  /** Writes a figure of either side. */
  readonly figure: (value: number) => string;
}

/** The line of a measured ratio. */
export function lineOf({ ratio, own, other, kept, made }: Ratio, { figure, ...names }: Naming): Line {
  const measured = kept > 0;
  return {
    ...names,
    ratio: measured ? ratio : null,
    kept: `${kept}/${made}`,
    ours: measured ? figure(own) : '',
    theirs: measured ? figure(other) : '',
  };
}

/** Milliseconds a row as rows a second. */
export function rowsPerSecond(millisecondsPerRow: number): string {
  return `${thousands(1000 / millisecondsPerRow)} rows/s`;
}

/** Three significant digits at most, thousands set apart. */
export function thousands(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
