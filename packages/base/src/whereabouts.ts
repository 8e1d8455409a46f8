/** Where somebody asks from, as far as it decides what they may. */
export interface Whereabouts {
  /** An IP literal; behind a proxy that is trusted, of whoever asked the proxy. */
  readonly address: string
  /** A program on the server's own machine asks for itself. */
  readonly isThisMachine?: boolean
}
