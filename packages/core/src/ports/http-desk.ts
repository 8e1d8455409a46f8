/** Something to ask of a server that a company has named. */
export interface HttpQuestion {
  /** `http:` or `https:`. */
  readonly url: string
  /** Sent by POST as JSON; absent: GET. */
  readonly body?: unknown
  /** Sent by POST as a form, in place of JSON (RFC 6749 §6 wants that). */
  readonly form?: Readonly<Record<string, string>>
  /** Sent as `Authorization`. */
  readonly authorization?: string
  /** For all of it: name, connection, answer. */
  readonly timeLimitMs: number
  readonly signal?: AbortSignal
}

/** `body`: the answer's JSON; undefined when it is none. `failed`: also any status but 2xx. */
export type HttpAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'timeOut' }

/** The way to servers of others. It is kept from our own networks, whatever a name resolves to, and never throws. */
export interface HttpDesk {
  ask(question: HttpQuestion): Promise<HttpAnswer>
}
