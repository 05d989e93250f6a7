/** What the page tells the worker that fetches a file: once, as its first message. */
export interface FetchRequest {
  /** Absolute, `http:` or `https:`. */
  readonly address: string;
  /** Bytes that are taken at most. */
  readonly maxBytes: number;
}

/** What the worker answers: a head, how far it is, and one end. */
export type FetchAnswer =
  /** What the server says of the file; null = nothing, or nothing that other sites may read. */
  | {
      readonly type: 'head';
      readonly disposition: string | null;
      readonly contentType: string | null;
      readonly bytes: number | null;
      /** Where redirects led. */
      readonly address: string;
    }
  | { readonly type: 'progress'; readonly bytes: number }
  | { readonly type: 'file'; readonly content: Blob }
  | {
      readonly type: 'failed';
      readonly reason: /** Not reached, or other sites may not read it: a browser does not tell which. */
        | 'unreachable'
        /** The policy that this worker was served with does not allow it. */
        | 'forbidden'
        | 'status'
        /** The connection broke while the file came. */
        | 'cut'
        | 'too-large';
      /** Of the response, with `status`. */
      readonly status?: number;
    };
