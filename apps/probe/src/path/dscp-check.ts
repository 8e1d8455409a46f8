import { type CheckResult, unknownTos } from '@vaxel/site'
import { beginCheck, type CheckPlace, endpointText } from './check-sheet.ts'
import type { Endpoint } from './datagram-socket.ts'
import { type EchoAccess, EchoWay, helloWaitsMs } from './echo-way.ts'
import type { MarkedPlace } from './marked-way.ts'

export interface DscpCheck extends CheckPlace {
  readonly marked: MarkedPlace
  readonly access: EchoAccess
  /** An open port of the echo service. */
  readonly to: Endpoint
  readonly signal: AbortSignal
}

/** RFC 4594, RFC 8837: audio, video, signalling, and none as the control. */
const dscpNames: Readonly<Record<number, string>> = { 46: 'EF', 34: 'AF41', 40: 'CS5', 0: 'none' }
const tried = [0, 46, 34, 40] as const

interface Arrived {
  readonly sent: number
  /** As the server received it; undefined: did not arrive, or not back. */
  readonly arrived: number | undefined
  readonly down: number | undefined
}

/** Whether marks of packets reach the service: sends with each, and the echo says with what it arrived. */
export async function checkDscp(check: DscpCheck): Promise<CheckResult[]> {
  const end = beginCheck(check, 'dscp', `UDP ${endpointText(check.to)}`)
  const notTested = (key: string): CheckResult[] => [end({ outcome: 'not-tested', finding: { key, values: {} } })]
  const found: Arrived[] = []
  for (const dscp of tried) {
    const one = await sendMarked(check, dscp)
    if (one === 'cannot') return notTested('dscp-cannot-mark')
    if (one === 'unknown') return notTested('dscp-server-blind')
    // Unmarked is the control: without it silence says nothing of marks.
    if (dscp === 0 && one.arrived === undefined) return notTested('dscp-no-echo')
    found.push(one)
  }
  return [end(judge(found))]
}

async function sendMarked(
  { marked, access, to, signal }: DscpCheck,
  dscp: number,
): Promise<Arrived | 'cannot' | 'unknown'> {
  const socket = marked.open(to)
  if (!socket) return 'cannot'
  try {
    if (!socket.mark(dscp << 2)) return 'cannot'
    const way = new EchoWay({ clock: marked.clock, socket, access, to, signal })
    const answer = (await way.open(helloWaitsMs)) && (await way.probe(0, helloWaitsMs))
    const tos = answer?.packet.tos
    if (tos === unknownTos) return 'unknown'
    const down = socket.lastTos
    return {
      sent: dscp,
      arrived: tos === undefined ? undefined : tos >> 2,
      down: answer && down !== undefined ? down >> 2 : undefined,
    }
  } finally {
    socket.close()
  }
}

type Ended = Parameters<ReturnType<typeof beginCheck>>[0]

function judge(found: readonly Arrived[]): Ended {
  const down = found.find((one) => one.down !== undefined)?.down
  const evidence = {
    ...Object.fromEntries(
      found.map((one) => [nameOf(one.sent), one.arrived === undefined ? 'lost' : nameOf(one.arrived)]),
    ),
    ...(down !== undefined && { 'answers arrived as': nameOf(down) }),
  }
  const names = (which: readonly Arrived[]) => which.map(({ sent }) => nameOf(sent)).join(', ')
  const lost = found.filter(({ arrived }) => arrived === undefined)
  if (lost.length > 0)
    return {
      outcome: 'fail',
      finding: { key: 'dscp-dropped', values: { marks: names(lost) } },
      faultOwner: 'customer-network',
      evidence,
    }
  const changed = found.filter(({ sent, arrived }) => sent !== arrived)
  if (changed.length === 0) return { outcome: 'pass', finding: { key: 'dscp-kept', values: {} }, evidence }
  const isBleached = changed.every(({ arrived }) => arrived === 0)
  return {
    outcome: 'limit',
    finding: isBleached
      ? { key: 'dscp-bleached', values: { marks: names(changed) } }
      : {
          key: 'dscp-changed',
          values: { marks: changed.map(({ sent, arrived }) => `${nameOf(sent)} → ${nameOf(arrived ?? 0)}`).join(', ') },
        },
    // Providers of the internet seldom keep marks; who took them off, nobody can see from here.
    faultOwner: 'unknown',
    evidence,
  }
}

const nameOf = (dscp: number): string => dscpNames[dscp] ?? `DSCP ${dscp}`
