/** What is known of a browser's leg from outside of its dialog. */
export interface Signs {
  /** Its connection (WebSocket) is up. */
  readonly isConnected: boolean
  /** For so long no packet of it has come; 0 while they come. */
  readonly quietMs: number
  /** When the connection was lost. */
  readonly lostAtMs?: number
}

/** A leg whose page is away, and until when it is waited for. Milliseconds since 1970. */
export interface Interruption {
  readonly sinceMs: number
  readonly untilMs: number
  /** How long it was to be waited for when that began. */
  readonly waitMs: number
}
