/** What relays may hold and carry. */
export interface RelayLimits {
  /** Allocations of one user: a browser makes one for each of its networks and each way to us. */
  readonly perUser: number
  readonly inAll: number
  /** Bytes a second that an allocation carries, each way; an Opus call takes 8,000, G.711 12,000. */
  readonly bytesEachSecond: number
  /** The same at once. */
  readonly bytesAtOnce: number
  /** Own addresses that an allocation may have permissions for, and channels to. */
  readonly peers: number
}

export const defaultRelayLimits: RelayLimits = {
  perUser: 40,
  inAll: 5_000,
  bytesEachSecond: 250_000,
  bytesAtOnce: 500_000,
  peers: 16,
}

/** Each packet counts so many bytes more: headers, and what it costs us. */
export const packetOverheadBytes = 60

/** Lifetimes of RFC 8656 §3.2, §9, §12. */
export const lifetimes = {
  usualMs: 600_000,
  longestMs: 3_600_000,
  permissionMs: 300_000,
  channelMs: 600_000,
} as const
