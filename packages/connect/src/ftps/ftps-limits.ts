/** What the file server may hold and how long it waits; every bound has a number. */
export interface FtpsLimits {
  /** Control connections. */
  readonly connections: number
  /** The same from one source: an IPv4 address, or an IPv6 /64. */
  readonly connectionsPerSource: number
  /** From the connection to the login. */
  readonly loginMs: number
  /** Nothing on the control connection and no transfer. */
  readonly idleMs: number
  /** TLS handshakes, of control and data connections. */
  readonly handshakeMs: number
  /** From PASV or EPSV to the connection, and from there to the command. */
  readonly passiveMs: number
  /** A transfer that takes no byte for so long ends. */
  readonly stallMs: number
  /** A command's line, in bytes. */
  readonly lineBytes: number
  /** Replies that wait for the peer to read, in bytes; above it the control connection ends. */
  readonly replyBytes: number
  /** Commands that wait for the one before. */
  readonly waitingCommands: number
  /** Wrong passwords on one connection. */
  readonly wrongLogins: number
}

export const ftpsLimits: FtpsLimits = {
  connections: 100,
  connectionsPerSource: 20,
  loginMs: 60_000,
  idleMs: 300_000,
  handshakeMs: 10_000,
  passiveMs: 30_000,
  stallMs: 60_000,
  lineBytes: 4_096,
  replyBytes: 65_536,
  waitingCommands: 32,
  wrongLogins: 3,
}
