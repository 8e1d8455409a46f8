import type { CheckSession } from './check-session.ts'
import type { Found, PortTrial, Timed } from './found.ts'
import type { PeerOptions, VerifyPorts } from './ports.ts'
import { readMapping } from './steps/candidate.ts'
import { closedPort } from './steps/closed-port.ts'
import { endStream, type OpenStream, reachPort } from './steps/reach-port.ts'
import { relayOptions, type RelayWay, relayWay, relayWays } from './steps/relay-way.ts'
import { severalCalls } from './steps/several-calls.ts'
import { pause } from './steps/wait-for.ts'
import { watchStream } from './steps/watch-stream.ts'
import { askBySocket } from './steps/web-socket.ts'

/** Where the steps leave what they bring. */
export interface Findings {
  found(): Found
  /** @param share of the whole check that is done, 0 to 1 */
  add(more: Partial<Found>, share: number): void
}

/** As long as a call is watched. */
const streamMs = 10_000
const severalMs = 4000
const callsAtOnce = 5
/** The relay has few places for checks. */
const relayedAtOnce = 2
/** Streams that ports are tried with at the same time. */
const portsAtOnce = 3
const headStartMs = 1000
const loopMs = 5000

/**
 * Everything that the page finds out, several things at a time: first whether sound gets through at all, then the ports and
 * the ways around, while the first stream goes on and is watched like a call. About 17 s on an open network, and below
 * 25 s on one that answers nothing.
 */
export async function runSteps(ports: VerifyPorts, session: CheckSession, findings: Findings): Promise<void> {
  const { clock, http, peers } = ports
  let [done, all] = [0, 0]
  const weigh = <T>(weight: number, run: () => Promise<T>): (() => Promise<T>) => {
    all += weight
    return async () => {
      const result = await run()
      done += weight
      return result
    }
  }
  const add = (more: Partial<Found>) => findings.add(more, Math.min(0.99, all === 0 ? 0 : done / all))
  const timed = async <T extends object>(run: () => Promise<T>): Promise<Timed<T>> => {
    const startedAt = new Date(clock.now()).toISOString()
    const value = await run()
    return { ...value, startedAt, endedAt: new Date(clock.now()).toISOString() }
  }
  const { page } = findings.found()
  // A page may open WebSockets to where it came from, and nowhere else.
  const socketUrl = `${page.isSecure ? 'wss' : 'ws'}://${urlHost(page.host)}:${page.port}/sip`
  const socket = weigh(1, async () => {
    const outcome = await timed(() => askBySocket(ports, socketUrl))
    add({ socket: outcome })
  })
  if (!peers.isThere) {
    add({ areRelaysDone: true, areTrialsDone: true, hasNoStream: true })
    await socket()
    return add({})
  }
  const asked = session.stun.slice(0, 2)
  const stun: PeerOptions = asked.length > 0 ? { iceServers: [{ urls: asked }] } : {}
  const streams: { direct: OpenStream | undefined; relays: Partial<Record<RelayWay, OpenStream>> } = {
    direct: undefined,
    relays: {},
  }
  const trial = (port: number | 'shared', keep?: (stream: OpenStream) => void): Promise<Timed<PortTrial>> =>
    timed(async () => {
      let candidates: readonly string[] = []
      let unreached = 0
      const reached = await reachPort(ports, session, {
        port,
        peer: stun,
        look: (peer) => {
          candidates = peer.candidates
          unreached = new Set(peer.candidateErrors.map(({ url }) => url)).size
        },
        ...(keep ? { keep } : {}),
      })
      return { reached, candidates, stunServers: asked.length - unreached }
    })
  const shared = weigh(2, async () => {
    const outcome = await trial('shared', (stream) => {
      streams.direct = stream
    })
    const { reached, candidates, stunServers, startedAt, endedAt } = outcome
    const pair = reached.kind === 'echo' ? reached.pair : undefined
    const mapping = { ...readMapping(candidates, stunServers, pair), startedAt, endedAt }
    add({ shared: outcome, ...(asked.length > 0 ? { mapping } : {}) })
  })
  const loop = weigh(1, async () => add({ loop: await timed(async () => ({ works: await peers.loop(loopMs) })) }))
  const closed = weigh(1, async () =>
    add({ closed: await timed(async () => ({ isSilent: await closedPort(ports, session) })) }),
  )
  const relays = relayWays.map((way) =>
    weigh(1, async () => {
      const startedAt = new Date(clock.now()).toISOString()
      const outcome = await relayWay(ports, session, way, (stream) => {
        streams.relays[way] = stream
      })
      const endedAt = new Date(clock.now()).toISOString()
      if (outcome) add({ relays: { ...findings.found().relays, [way]: { ...outcome, startedAt, endedAt } } })
    }),
  )
  const trials = session.ports.sample.map((port) =>
    weigh(1, async () => addTrial(findings, add, port, await trial(port))),
  )
  const extras = findings.found().extraPorts.map((port) =>
    weigh(1, async () => {
      const refused = await http.openPort(session, port)
      const outcome = refused
        ? await timed(async () => ({
            reached: { kind: 'refused', by: refused.refused } as const,
            candidates: [],
            stunServers: 0,
          }))
        : await trial(port)
      addTrial(findings, add, port, outcome)
    }),
  )
  const quality = weigh(6, async () => {
    const way = relayWays.find((one) => streams.relays[one])
    const by = streams.direct ? 'direct' : way
    const stream = streams.direct ?? (way && streams.relays[way])
    if (!by || !stream) return add({ hasNoStream: true })
    for (const one of Object.values(streams.relays)) if (one !== stream) endStream(ports, session, one)
    streams.relays = {}
    streams.direct = stream
    const outcome = await timed(
      async () => ({ stream: await watchStream(ports, session, stream, streamMs), by }) as const,
    )
    add({ quality: outcome })
  })
  const several = weigh(4, async () => {
    const { quality: line } = findings.found()
    if (!line) return
    const peer = line.by === 'direct' ? undefined : relayOptions(session, line.by)
    const count = line.by === 'direct' ? callsAtOnce : relayedAtOnce
    add({
      several: await timed(() =>
        severalCalls(ports, session, { count, lengthMs: severalMs, ...(peer ? { peer } : {}) }),
      ),
    })
  })
  const endAll = (): void => {
    const open = [streams.direct, ...Object.values(streams.relays)]
    streams.direct = undefined
    streams.relays = {}
    for (const stream of open) if (stream) endStream(ports, session, stream)
  }
  try {
    const first = shared()
    const aside = Promise.all([loop(), socket()])
    // At once, so that it is soon known whether calls get through at all.
    const ways = Promise.all(relays.map((run) => run())).then(() => add({ areRelaysDone: true }))
    // The first word has the line for itself, but not for as long as nothing answers.
    const begun = Promise.race([first, pause(clock, headStartMs)])
    const tried = begun
      .then(() => inTurn([...trials, closed, ...extras], portsAtOnce))
      .then(() => add({ areTrialsDone: true }))
    // By the relay only where there is no other way.
    const line = first
      .then(() => (streams.direct ? undefined : ways))
      .then(quality)
      .then(() => ways)
      .then(() => {
        // Their room is needed for the next.
        endAll()
        return several()
      })
    await Promise.all([aside, ways, tried, line])
  } finally {
    endAll()
  }
}

function addTrial(
  findings: Findings,
  add: (more: Partial<Found>) => void,
  port: number,
  outcome: Timed<PortTrial>,
): void {
  add({ trials: { ...findings.found().trials, [port]: outcome } })
}

/** Runs them in their order, so many at a time. */
async function inTurn(runs: readonly (() => Promise<void>)[], atOnce: number): Promise<void> {
  const waiting = [...runs]
  const worker = async (): Promise<void> => {
    for (let run = waiting.shift(); run; run = waiting.shift()) await run()
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

const urlHost = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host)
