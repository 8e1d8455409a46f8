import type { Check } from '../check/check.ts'
import { machineDatagrams } from '../path/datagram-socket.ts'
import { serverAddress } from '../path/server-address.ts'
import { placeOf } from '../path/site-checks.ts'
import { checkNat } from './nat-check.ts'
import { StunClient } from './stun-client.ts'

/** STUN, and the address translation in front of this machine. */
export const natOfSiteCheck: Check = {
  title: 'STUN and address translation (NAT)',
  makes: ['stun', 'nat'],
  limitMs: () => 90_000,
  run: async (context, signal) => {
    const { session, clock, random } = context
    const address = await serverAddress(context)
    if (!session || address === undefined) return []
    const { stun: port, sip } = session.check.ports
    const stun = new StunClient({ place: machineDatagrams(clock), random, signal })
    // The SIP port answers STUN as well: another port of the same address.
    const question = { server: { address, port }, otherPorts: [{ address, port: sip }] }
    return checkNat({ ...placeOf(context), stun, question })
  },
}
