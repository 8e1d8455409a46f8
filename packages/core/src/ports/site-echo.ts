/** What one check may have of the echo service; beyond it there is silence. */
export interface EchoLimits {
  /** Answered in a second, on all ports together. */
  readonly packetsPerSecond: number
  readonly packets: number
  /** Hellos that are answered; they count among the packets. */
  readonly hellos: number
  readonly longestPacketBytes: number
  /** IP addresses that packets may come from. */
  readonly sourceAddresses: number
  /** Pairs of address and port on both sides. */
  readonly fiveTuples: number
}

/** A check as the echo service knows it. */
export interface EchoCheck {
  /** 16 hexadecimal digits. */
  readonly id: string
  /** 32 bytes, known to the server and the checker. */
  readonly key: Uint8Array
  readonly limits: EchoLimits
}

export type EchoPortState = 'open' | 'outside-range' | 'in-use' | 'kept-closed' | 'too-many'

/** Packets of a check that came to one port with a right MAC, whether or not they were answered. */
export interface EchoHeard {
  readonly port: number
  readonly hellos: number
  readonly probes: number
}

/** A stream that is to be echoed. */
export interface EchoStreamWish {
  readonly id: string
  /** An open port of the check, or the one that calls of browsers share. */
  readonly port: number | 'shared'
  /** SDP. */
  readonly offer: string
  /** IP literal of the one who asks, to choose the address that reaches it. */
  readonly peerAddress: string
}

export interface OpenedStream {
  readonly port: number
  /** SDP. */
  readonly answer: string
}

/** `no-room`: the engine has no place for it now. */
export interface StreamFault {
  readonly fault: 'port-not-open' | 'unusable-offer' | 'no-room'
  readonly reason: string
}

/** What came of a stream so far. */
export interface EchoStreamFigures {
  readonly state: 'waiting' | 'keying' | 'running' | 'failed' | 'ended'
  readonly reason?: string
  readonly port: number
  /** An authenticated connectivity check of the peer came. */
  readonly heard: boolean
  readonly packets: number
  /** RFC 3550 A.3. */
  readonly lost: number
  /** RFC 3550 A.8, milliseconds. */
  readonly jitterMs: number
  /** Sent back. */
  readonly sent: number
  /** Of those, as the peer reports. */
  readonly sentLost: number
  readonly sentJitterMs: number
  /** By RTCP. */
  readonly roundTripMs?: number
  readonly codec?: string
  /** Traffic class octet of the peer's last packet, where the system tells it. */
  readonly tos?: number
}

/**
 * UDP ports of the media range that answer somebody who checks a network: authenticated packets (`@vaxel/site`, echo-packet), and audio
 * over ICE and DTLS-SRTP. Ports come from where calls take theirs and are never one of a call; what runs here shares no thread with
 * calls. A command for a check or stream that is gone is ignored.
 */
export interface SiteEcho {
  /** First and last UDP port that calls without ICE may have. */
  readonly range: { readonly from: number; readonly to: number }
  /** The port that calls of browsers share; absent: there is none. */
  readonly sharedPort?: number
  /** Whether so many ports are left for calls that checks may have some. */
  readonly hasPortsToSpare: boolean
  /** Ports that are open for checks now. */
  readonly openPorts: ReadonlySet<number>
  /** Answers packets under this key from now on. @returns false where the service cannot run now */
  begin(check: EchoCheck): Promise<boolean>
  /** Opens a port for a check; it stays open until the last check that has it ends. */
  openPort(checkId: string, port: number): Promise<EchoPortState>
  /** Ports on which packets of a check came: what does not come back from there was lost on the way back. */
  heard(checkId: string): Promise<readonly EchoHeard[]>
  /** Sets one port aside for all checks, which nothing answers on and no call gets. Undefined where none can be spared. */
  keepOneClosed(checkId: string): number | undefined
  openStream(checkId: string, wish: EchoStreamWish): Promise<OpenedStream | StreamFault>
  figures(streamId: string): Promise<EchoStreamFigures | undefined>
  endStream(streamId: string): Promise<void>
  /** Ends its streams and lets go of its ports. */
  end(checkId: string): Promise<void>
  /** Told of each stream that has ended, by command or by itself. */
  onStreamEnded(listener: (streamId: string) => void): void
  /** Told when checks were lost, because the thread that served them died. */
  onLost(listener: (checkIds: readonly string[]) => void): void
  close(): Promise<void>
}
