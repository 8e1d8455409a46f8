import type { Check } from '../check/check.ts'
import { StunClient } from '../nat/stun-client.ts'
import { machineDatagrams } from '../path/datagram-socket.ts'
import { serverAddress } from '../path/server-address.ts'
import { placeOf } from '../path/site-checks.ts'
import { checkAlg } from './alg-check.ts'
import { machineStreams } from './stream-socket.ts'

/** Gateways that rewrite SIP. */
export const algOfSiteCheck: Check = {
  title: 'gateways that rewrite SIP (ALG)',
  makes: ['sip-alg'],
  limitMs: () => 45_000,
  run: async (context, signal) => {
    const { session, clock, random } = context
    const address = await serverAddress(context)
    if (!session || address === undefined) return []
    const { sip, sips } = session.check.ports
    const datagrams = machineDatagrams(clock)
    return checkAlg({
      ...placeOf(context),
      stun: new StunClient({ place: datagrams, random, signal }),
      sip: { address, port: sip },
      sips: { address, port: sips },
      mirror: {
        clock,
        checkId: session.check.echo.id,
        mac: session.mac,
        random,
        datagrams,
        streams: machineStreams,
        signal,
      },
    })
  },
}
