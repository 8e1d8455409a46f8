/** What a NOTIFY carries. */
export interface EventBody {
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** What of a subscription the body may depend on. */
export interface BodyContext {
  /** Counts the NOTIFYs of this subscription from 0 up, as most packages want in their documents. */
  readonly version: number
  /** One of the package's content types that the subscriber accepts. */
  readonly contentType: string
}

/**
 * One kind of state that can be subscribed to (RFC 6665 §5). A pure description: the notifier asks for a body when it needs
 * one, so the whole state is told each time and a NOTIFY that was skipped costs nothing.
 */
export interface EventPackage {
  /** As in Event, e.g. `reg`. */
  readonly name: string
  /** Media types in order of preference; the first is what a SUBSCRIBE without Accept gets. */
  readonly contentTypes: readonly string[]
  readonly defaultExpiresSeconds: number
  readonly minExpiresSeconds: number
  readonly maxExpiresSeconds: number
  /** The state of a resource now; undefined when there is no such resource any more. */
  body(resource: string, context: BodyContext): EventBody | undefined
}
