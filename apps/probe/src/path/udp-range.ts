import type { DatagramPlace } from './datagram-socket.ts'
import { type Burst, type EchoAccess, EchoWay } from './echo-way.ts'

/** What became of one port. */
export interface PortFound {
  readonly port: number
  /**
   * `open`: packets go there and back. `lossy`: fewer than seven of ten do. `half-open`: a first answer came and then nothing more.
   * `replies-lost`: the server heard us, its answers did not come. `silent`: nothing came back.
   */
  readonly state: 'open' | 'lossy' | 'half-open' | 'replies-lost' | 'silent'
  readonly burst?: Burst
}

export interface RangeFound {
  readonly ports: readonly PortFound[]
  /** Nothing came from the port that is closed on purpose. */
  readonly closedPortIsSilent: boolean | 'not-tested'
}

export interface RangeQuestion {
  readonly datagrams: DatagramPlace
  readonly access: EchoAccess
  readonly address: string
  readonly ports: readonly number[]
  /** One that the server keeps closed. */
  readonly closedPort?: number
  /** Which ports the server heard hellos of this check on, whatever became of its answers; undefined where it cannot say. */
  heardPorts?(): Promise<ReadonlySet<number> | undefined>
  readonly signal: AbortSignal
}

/** Ports that are tried at once: with more the probe would test its own line. */
const atOnce = 5
const burstPackets = 10
const lossyBelow = 7

/** Tries each port from a socket of its own, so that no open way of another port counts for it. */
export async function tryPorts(question: RangeQuestion): Promise<RangeFound> {
  const waiting = [...new Set(question.ports)]
  const found: PortFound[] = []
  const work = async (): Promise<void> => {
    for (let port = waiting.shift(); port !== undefined; port = waiting.shift())
      found.push(await tryPort(question, port))
  }
  const { closedPort } = question
  const [closed] = await Promise.all([
    closedPort === undefined ? undefined : tryPort(question, closedPort),
    ...Array.from({ length: atOnce }, work),
  ])
  const heard = found.some(({ state }) => state === 'silent') ? await question.heardPorts?.() : undefined
  return {
    ports: found
      .map(
        (one): PortFound => (one.state === 'silent' && heard?.has(one.port) ? { ...one, state: 'replies-lost' } : one),
      )
      .sort((a, b) => a.port - b.port),
    closedPortIsSilent: closed ? closed.state === 'silent' : 'not-tested',
  }
}

async function tryPort({ datagrams, access, address, signal }: RangeQuestion, port: number): Promise<PortFound> {
  const socket = await datagrams.open(address)
  try {
    const way = new EchoWay({ clock: datagrams.clock, socket, access, to: { address, port }, signal })
    if (!(await way.open())) return { port, state: 'silent' }
    const burst = await way.burst(burstPackets)
    const state = burst.received >= lossyBelow ? 'open' : burst.received > 0 ? 'lossy' : 'half-open'
    return { port, state, burst }
  } finally {
    socket.close()
  }
}
