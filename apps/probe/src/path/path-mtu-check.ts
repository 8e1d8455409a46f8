import type { CheckResult } from '@vaxel/site'
import { beginCheck, type CheckPlace, endpointText } from './check-sheet.ts'
import type { DatagramPlace } from './datagram-socket.ts'
import { EchoWay } from './echo-way.ts'
import { findPathMtu, headerBytes, type MtuQuestion, type PathMtu } from './path-mtu.ts'

export interface PathMtuCheck extends CheckPlace {
  readonly question: MtuQuestion
  /** Ordinary sockets, whose packets may be cut. */
  readonly datagrams: DatagramPlace
  /** What a segment of TCP to the service carries; undefined where nobody can tell. */
  segmentBytes?(): Promise<number | undefined>
}

/** Sizes of IP packets that this machine sends whole, or in pieces. */
const sizesBytes = [1_400, 2_000] as const
const waitsMs: readonly number[] = [300, 500, 800, 1200]
/** Below it even a SIP request of the usual size comes in pieces (RFC 3261 §18.1.1), and IPv6 does not work at all. */
const enoughBytes = 1_280

interface Pieces {
  /** Whether the way worked before: without that, a large one that is lost says nothing. */
  readonly isOpen: boolean
  readonly passed: Readonly<Record<number, boolean>>
}

/** How large packets may be on the way, whether routers say so, and whether packets in pieces arrive. */
export async function checkPathMtu(check: PathMtuCheck): Promise<CheckResult[]> {
  const { question } = check
  const end = beginCheck(check, 'path-mtu', `UDP ${endpointText(question.to)}`)
  const [mtu, pieces, segment] = await Promise.all([findPathMtu(question), sendPieces(check), check.segmentBytes?.()])
  const result = end(judge(mtu, pieces))
  if (segment === undefined) return [result]
  return [{ ...result, evidence: { ...result.evidence, 'TCP segment': `${segment} bytes` } }]
}

async function sendPieces({ question, datagrams }: PathMtuCheck): Promise<Pieces> {
  const { access, to, signal } = question
  const socket = await datagrams.open(to.address)
  try {
    const way = new EchoWay({ clock: datagrams.clock, socket, access, to, signal })
    const isOpen = (await way.open()) !== undefined
    const passed: Record<number, boolean> = {}
    if (isOpen)
      for (const size of sizesBytes)
        passed[size] = (await way.probe(size - headerBytes(to.address), waitsMs)) !== undefined
    return { isOpen, passed }
  } finally {
    socket.close()
  }
}

type Ended = Parameters<ReturnType<typeof beginCheck>>[0]

function judge(mtu: PathMtu | 'cannot' | 'silent', { isOpen, passed }: Pieces): Ended {
  if (!isOpen) return { outcome: 'not-tested', finding: { key: 'mtu-no-echo', values: {} } }
  const known = typeof mtu === 'object' ? mtu : undefined
  const facts = {
    ...(known && {
      measured: [{ name: 'path-mtu', value: known.mtuBytes, unit: 'bytes' as const }],
    }),
    evidence: {
      ...(known && {
        'path MTU': `${known.mtuBytes} bytes`,
        'limited by': known.mtuBytes >= 1_500 ? 'nothing' : known.isLocal ? 'this machine' : 'the path',
        'told by ICMP': known.told ? `${known.told.mtuBytes} bytes, by ${known.told.by ?? 'unknown'}` : 'no',
      }),
      ...Object.fromEntries(Object.entries(passed).map(([size, ok]) => [`${size} bytes`, ok ? 'arrived' : 'lost'])),
    },
  }
  const say = (outcome: Ended['outcome'], key: string, faultOwner?: Ended['faultOwner']): Ended => ({
    outcome,
    finding: { key, values: { bytes: known?.mtuBytes ?? 0 } },
    ...(faultOwner && { faultOwner }),
    ...facts,
  })
  if (mtu === 'silent') return say('fail', 'mtu-tiny', 'customer-network')
  if (known && known.mtuBytes < enoughBytes) return say('limit', 'mtu-small', 'customer-network')
  // Everything larger is lost without a word: TLS and long messages stall, while small packets pass.
  if (known && known.mtuBytes < 1_500 && !known.isLocal && !known.told)
    return say('limit', 'mtu-black-hole', 'customer-firewall')
  if (passed[1_400] === false) return say('limit', 'mtu-large-lost', 'customer-network')
  if (passed[2_000] === false) return say('limit', 'mtu-fragments-lost', 'customer-firewall')
  if (!known) return say('not-tested', 'mtu-cannot')
  return say('pass', known.mtuBytes < 1_500 ? 'mtu-told' : 'mtu-whole')
}
