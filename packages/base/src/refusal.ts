/** Who brought an end or a refusal about. `us` is a fault of this platform. */
export type Blame = 'caller' | 'callee' | 'trunk' | 'us' | 'unknown' | 'nobody'

/**
 * Something that the outside asked and may not have, with every face it shows:
 * a stable code, a SIP status, an HTTP status, and who is to blame. A value, never thrown.
 */
export interface Refusal {
  readonly refused: true
  /** Stable, upper snake case, listed in docs/reference/errors.md. */
  readonly code: string
  readonly sip: number
  readonly http: number
  readonly blame: Blame
  /** A sentence for a person: what happened and what to do. */
  readonly text: string
  /** Seconds after which trying again makes sense (Retry-After). */
  readonly retryAfterSeconds?: number
  /** For input errors: one entry per mistake, each with the path of the field (RFC 6901). */
  readonly mistakes?: readonly Mistake[]
}

export interface Mistake {
  readonly path: string
  readonly reason: string
}

export interface RefusalKind {
  readonly code: string
  readonly sip: number
  readonly http: number
  readonly blame: Blame
  readonly text: string
  /** Makes a refusal of this kind; the text may be made more exact. */
  (text?: string, more?: Pick<Refusal, 'retryAfterSeconds' | 'mistakes'>): Refusal
}

const kinds = new Map<string, RefusalKind>()

/**
 * Declares a refusal once, with all its faces.
 * @example const NoCommonCodec = refusal('SDP_NO_COMMON_CODEC', { sip: 488, http: 422, blame: 'caller', text: 'The two sides share no codec.' })
 */
export function refusal(code: string, face: { sip: number; http: number; blame: Blame; text: string }): RefusalKind {
  const make = (text?: string, more?: Pick<Refusal, 'retryAfterSeconds' | 'mistakes'>): Refusal => ({
    refused: true,
    code,
    ...face,
    text: text ?? face.text,
    ...more,
  })
  const kind: RefusalKind = Object.assign(make, { code, ...face })
  kinds.set(code, kind)
  return kind
}

/** All refusals declared so far, for the error catalogue. */
export function declaredRefusals(): readonly RefusalKind[] {
  return [...kinds.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true
}
