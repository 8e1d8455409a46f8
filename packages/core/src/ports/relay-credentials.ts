/** Time-limited credentials for the platform's own TURN servers (RFC 8656), as a browser is given them. */
export interface RelayCredentials {
  /** Made anew at each call; valid until `expiresAtMs`. */
  issue(
    userId: string,
    nowMs: number,
  ): {
    readonly urls: readonly string[]
    readonly username: string
    readonly credential: string
    readonly expiresAtMs: number
  }
}
