import type { EchoLimits } from '@vaxel/core'

/** A check lives so long: one with minutes of listening fits in, a forgotten one is soon gone. */
export const checkLifetimeMs = 15 * 60_000

/** Of the echo service, one check. Sixteen streams of 50 packets a second are no part of it: they are audio. */
export const echoLimits: EchoLimits = {
  packetsPerSecond: 500,
  packets: 100_000,
  hellos: 1_000,
  longestPacketBytes: 2_048,
  sourceAddresses: 16,
  fiveTuples: 2_048,
}

/** Of one check, besides {@link echoLimits}. */
export const checkLimits = { furtherPorts: 64, streams: 16, streamsInAll: 200 } as const

/** Of the whole server, so that no number of addresses takes more. */
export const serverLimits = { checks: 100, checksOfAddress: 16, streams: 96 } as const

/** Beginnings from one address: a classroom at once, and one a minute from then on. */
export const startPace = { burst: 40, perSecond: 1 / 60 } as const
/** On the machine itself, or through a proxy on it that does not say who asks. */
export const loopbackPace = { burst: 400, perSecond: 1 } as const
/** Requests of one check. */
export const requestPace = { burst: 200, perSecond: 20 } as const

/** Ports of the range that are tried besides both ends and the middle. */
export const randomPorts = 5
