import { pause } from '../path/exchange.ts'
import type { DatagramSocket, Endpoint } from '../path/datagram-socket.ts'
import type { StunClient } from './stun-client.ts'

export type BindingLifetime =
  | {
      readonly kind: 'measured'
      /** Still open after this silence; 0 where even the shortest closed it. */
      readonly atLeastSeconds: number
      /** Closed after this one; absent: open after the longest that was tried. */
      readonly lessThanSeconds?: number
    }
  | { readonly kind: 'not-tested'; readonly reason: 'server-cannot' | 'no-control' | 'silent' }

/** A silence with an outcome, by another means than STUN as well. */
export type StillOpen = (silenceSeconds: number) => Promise<boolean | 'server-cannot' | 'silent'>

/**
 * How long a way through a NAT stays open without traffic, from below and above. All silences run at the same time, each on
 * a socket of its own, so that the whole takes as long as the longest; a silence of 0 s is the control: if that way is
 * closed at once, silence says nothing.
 */
export async function findBindingLifetime(
  isStillOpen: StillOpen,
  silencesSeconds: readonly number[],
): Promise<BindingLifetime> {
  const control = await isStillOpen(0)
  if (control === 'server-cannot' || control === 'silent') return { kind: 'not-tested', reason: control }
  if (!control) return { kind: 'not-tested', reason: 'no-control' }
  const sorted = [...new Set(silencesSeconds)].sort((a, b) => a - b)
  const outcomes = await Promise.all(sorted.map((seconds) => isStillOpen(seconds)))
  // One that was lost on the way must not look like a NAT that forgets: what is open later was open before.
  const lastOpen = outcomes.lastIndexOf(true)
  const closed = sorted[lastOpen + 1]
  return {
    kind: 'measured',
    atLeastSeconds: sorted[lastOpen] ?? 0,
    ...(closed !== undefined && outcomes[lastOpen + 1] === false && { lessThanSeconds: closed }),
  }
}

/**
 * By RESPONSE-PORT (RFC 5780 §4.6): after the silence a second socket asks the server to answer the first one's way.
 * The first must not send, or it would open the way again.
 */
export function byResponsePort(stun: StunClient, server: Endpoint): StillOpen {
  return (silenceSeconds) =>
    stun.withSocket(server.address, async (quiet) => {
      const first = await stun.ask(quiet, { to: server })
      if (first?.kind !== 'success') return 'silent'
      await pause(stun.place.clock, silenceSeconds * 1000, stun.signal)
      return await stun.withSocket(server.address, async (asking) => {
        let isAnsweredHere = false
        // A server that refuses (420), or ignores what it does not know, answers the asker: that tells nothing of the way.
        const both = onBoth(quiet, asking, () => (isAnsweredHere = true))
        const answer = await stun.ask(asking, { to: server, responsePort: first.mapped.port, at: both })
        return isAnsweredHere ? 'server-cannot' : answer?.kind === 'success'
      })
    })
}

/** Listens on both; what comes to the second is told. */
function onBoth(quiet: DatagramSocket, asking: DatagramSocket, onSecond: () => void): DatagramSocket {
  return {
    local: quiet.local,
    send: (bytes, to) => quiet.send(bytes, to),
    close: () => {},
    onDatagram: (listener) => {
      quiet.onDatagram(listener)
      asking.onDatagram((bytes, from) => {
        onSecond()
        listener(bytes, from)
      })
    },
  }
}
