import type { Check, ProbeContext } from '../check/check.ts'
import { machineDatagrams } from '../path/datagram-socket.ts'
import { EchoWay } from '../path/echo-way.ts'
import { serverAddress } from '../path/server-address.ts'
import { accessOf, echoPort, placeOf } from '../path/site-checks.ts'
import { findBindingLifetime } from './binding-lifetime.ts'
import { byLateEcho } from './by-late-echo.ts'
import type { NatQuestion } from './nat-behaviour.ts'
import { checkNat } from './nat-check.ts'
import { StunClient } from './stun-client.ts'

/** Silences that are tried; those above what phones need take minutes, and are for who has them. */
const silencesSeconds = ({ minutes }: ProbeContext): readonly number[] =>
  minutes >= 2 ? [10, 20, 31, 60, 120] : [10, 20, 31]

/** STUN, the address translation in front of this machine, and how long a silent way stays open. */
export const natOfSiteCheck: Check = {
  title: 'STUN and address translation (NAT)',
  makes: ['stun', 'nat'],
  limitMs: (context) => 60_000 + Math.max(...silencesSeconds(context)) * 1000,
  run: async (context, signal) => {
    const { session, clock, random } = context
    const address = await serverAddress(context)
    if (!session || address === undefined) return []
    const { stun: port, sip } = session.check.ports
    const datagrams = machineDatagrams(clock)
    const stun = new StunClient({ place: datagrams, random, signal })
    const to = { address, port: echoPort(session) }
    const access = accessOf(session)
    const question: NatQuestion = {
      server: { address, port },
      // The SIP port answers STUN as well: another port of the same address. Where it is closed, the echo tells the same.
      otherPorts: [{ address, port: sip }],
      seenElsewhere: async (socket) => {
        const answer = await new EchoWay({ clock, socket, access, to, signal }).open()
        return answer?.packet.seen
      },
    }
    const isStillOpen = byLateEcho({ datagrams, access, to, signal })
    const lifetime = () => findBindingLifetime(isStillOpen, silencesSeconds(context))
    return checkNat({ ...placeOf(context), stun, question, lifetime })
  },
}
