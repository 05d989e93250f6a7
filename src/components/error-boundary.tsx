import { Component, type ReactNode } from 'react';

interface State {
  readonly error: Error | null;
}

/** Keeps the rest of the app alive when a page cannot be drawn; another `key` clears the error. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div
        role="alert"
        className="mx-auto mt-16 max-w-prose rounded-xl border border-danger/50 bg-danger-soft p-6"
      >
        <h1 className="text-xl font-semibold">This page cannot be shown</h1>
        <p className="mt-2 text-sm break-words">{error.message}</p>
        <p className="mt-2 text-sm">Your tables and models are still there.</p>
        <a href="#/" className="mt-4 inline-block text-sm font-medium text-accent underline">
          Back to the start
        </a>
      </div>
    );
  }
}
