import { tcpSegmentBytes } from '@vaxel/media'
import type { CheckResult } from '@vaxel/site'
import type { Check, ProbeContext } from '../check/check.ts'
import type { CheckSession } from '../session/check-session.ts'
import { machineDatagrams } from './datagram-socket.ts'
import { checkDscp } from './dscp-check.ts'
import { machineMarked } from './marked-way.ts'
import { checkPathMtu } from './path-mtu-check.ts'
import { serverAddress } from './server-address.ts'
import { checkUdp } from './udp-check.ts'

type Run = (
  context: ProbeContext,
  session: CheckSession,
  address: string,
  signal: AbortSignal,
) => Promise<readonly CheckResult[]>

/** Nothing to try without a server that takes part. */
const withServer =
  (run: Run): Check['run'] =>
  async (context, signal) => {
    const address = await serverAddress(context)
    return context.session && address !== undefined ? run(context, context.session, address, signal) : []
  }

/** What opens the echo service to the check of the session. */
export const accessOf = ({ check, mac }: CheckSession) => ({ checkId: check.echo.id, mac })

/** UDP to the media range. */
export const udpRangeCheck: Check = {
  title: 'UDP ports of the media range',
  makes: ['udp-media'],
  limitMs: () => 60_000,
  run: withServer((context, session, address, signal) => {
    const { ports } = session.check
    return checkUdp({
      ...placeOf(context),
      range: ports.mediaRange,
      isServerUp: async () => (await session.openPorts(ports.sample.slice(0, 1), signal)) !== undefined,
      question: {
        datagrams: machineDatagrams(context.clock),
        access: accessOf(session),
        address,
        ports: ports.sample,
        heardPorts: () => session.heardPorts(signal),
        ...(session.check.closedPort !== undefined && { closedPort: session.check.closedPort }),
        signal,
      },
    })
  }),
}

/** Marks of packets. */
export const dscpSurvivalCheck: Check = {
  title: 'marks of packets (DSCP)',
  makes: ['dscp'],
  limitMs: () => 30_000,
  run: withServer((context, session, address, signal) =>
    checkDscp({
      ...placeOf(context),
      marked: machineMarked(context.clock),
      access: accessOf(session),
      to: { address, port: echoPort(session) },
      signal,
    }),
  ),
}

/** Sizes of packets. */
export const pathMtuOfSiteCheck: Check = {
  title: 'packet sizes (path MTU)',
  makes: ['path-mtu'],
  limitMs: () => 60_000,
  run: withServer((context, session, address, signal) =>
    checkPathMtu({
      ...placeOf(context),
      question: {
        marked: machineMarked(context.clock),
        access: accessOf(session),
        to: { address, port: echoPort(session) },
        signal,
      },
      datagrams: machineDatagrams(context.clock),
      segmentBytes: () => tcpSegmentBytes({ address, port: session.check.ports.webTls }, 3_000, signal),
    }),
  ),
}

/** Not an end of the range: those are what rules get wrong most. */
export function echoPort({ check }: CheckSession): number {
  const { sample } = check.ports
  return sample[sample.length >> 1] ?? check.ports.media
}

export const placeOf = (
  context: ProbeContext,
): Pick<ProbeContext, 'clock' | 'segment'> & { requirementIds: ProbeContext['requirementIds'] } => ({
  clock: context.clock,
  segment: context.segment,
  requirementIds: (check) => context.requirementIds(check),
})
