/** Time-limited credentials for the platform's own TURN servers (RFC 8656), as a browser is given them. */
export interface RelayCredentials {
  /**
   * Made anew at each call; valid until `expiresAtMs`.
   * @param options who asks without login, for a check of the network, gets few relays and for a short time
   * @param origin of the page that asks, `https://pbx.example`: by that name the relays are reached as well; none: by the public address
   */
  issue(
    userId: string,
    nowMs: number,
    origin?: string,
    options?: { readonly purpose: 'check'; readonly lifetimeMs: number },
  ): {
    readonly urls: readonly string[]
    readonly username: string
    readonly credential: string
    readonly expiresAtMs: number
  }
}
