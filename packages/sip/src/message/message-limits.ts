/** What a message may be at most; beyond it is a fault of the sender (docs/reference/limits.md). */
export const messageLimits = {
  /** Whole message, bytes; also what one UDP datagram can carry. */
  sizeBytes: 65_535,
  /** Header field lines. */
  headers: 256,
  /** Name and unfolded value of one header field, characters. */
  headerLength: 8_192,
  /** Request-URI and any URI in a header field, characters. */
  uriLength: 4_096,
  /** Parameters of one URI, Via or address. */
  parameters: 64,
  /** Values of one header field name after lists are split. */
  values: 256,
} as const
