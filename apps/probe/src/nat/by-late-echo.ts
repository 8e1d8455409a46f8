import type { DatagramPlace, Endpoint } from '../path/datagram-socket.ts'
import { type EchoAccess, EchoWay } from '../path/echo-way.ts'
import type { StillOpen } from './binding-lifetime.ts'

/**
 * By the echo service: the server is asked to send its echo after the silence. Nothing goes out meanwhile, so what comes in
 * then came by the way that was left open, through address translators and firewalls alike.
 */
export function byLateEcho(question: {
  readonly datagrams: DatagramPlace
  readonly access: EchoAccess
  readonly to: Endpoint
  readonly signal: AbortSignal
}): StillOpen {
  const { datagrams, access, to, signal } = question
  return async (silenceSeconds) => {
    const socket = await datagrams.open(to.address)
    try {
      const way = new EchoWay({ clock: datagrams.clock, socket, access, to, signal })
      if (!(await way.open())) return 'silent'
      return await way.returnsAfter(silenceSeconds * 1000)
    } finally {
      socket.close()
    }
  }
}
