/** Where a browser of a user takes messages while no page is open (RFC 8030), with the keys that only it can read by (RFC 8291). */
export interface PushSubscription {
  readonly endpoint: string
  /** P-256 public key of the browser, base64url. */
  readonly p256dh: string
  /** Authentication secret, base64url. */
  readonly auth: string
  readonly sinceMs: number
  /** The login that asked for it, and with which it ends; absent in those of older versions. */
  readonly sessionId?: string
}

/** What is shown; at most some 3,000 bytes. */
export interface PushMessage {
  readonly title: string
  readonly body: string
  /** A later message with the same tag takes its place. */
  readonly tag: string
  /** Page of the app that it leads to. */
  readonly path: string
  readonly isUrgent?: boolean
}

/** Sends messages to the push services of browsers. */
export interface PushSender {
  /** The application server's key (RFC 8292), which browsers subscribe with; base64url. */
  readonly publicKey: string
  /** What is wrong with an address, in words; undefined when messages may be sent there. */
  refuse(endpoint: string): string | undefined
  /** `gone`: the browser does not want them any more. @param ttlSeconds how long the push service keeps trying */
  send(subscription: PushSubscription, message: PushMessage, ttlSeconds: number): Promise<'sent' | 'gone' | 'failed'>
}
