import { randomBytes } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import type { CheckResult } from '@vaxel/site'
import type { Check, ProbeContext } from '../check/check.ts'
import { beginCheck, endpointText } from '../path/check-sheet.ts'
import { machineDatagrams } from '../path/datagram-socket.ts'
import type { CheckSession } from '../session/check-session.ts'
import { connectTcp } from '../tcp/connect-tcp.ts'
import { handshake } from '../tls/handshake.ts'
import { icePeer, offerOf } from './ice-peer.ts'
import { askRelay, type RelayFound, type RelayQuestion, type RelayWay } from './ask-relay.ts'

/** The relay of the service by each of its ways, with the connectivity check of a call through it and back. */
export const turnCheck: Check = {
  title: 'Relay (TURN)',
  makes: ['turn'],
  limitMs: () => 40_000,
  async run(context, signal) {
    const { session } = context
    if (!session) return []
    const found = await Promise.all(
      session.check.turn.urls.slice(0, 6).map((url) => tryUrl(context, session, url, signal)),
    )
    return found.filter((one) => one !== undefined)
  },
}

type Way = 'UDP' | 'TCP' | 'TLS'

async function tryUrl(
  context: ProbeContext,
  session: CheckSession,
  url: string,
  signal: AbortSignal,
): Promise<CheckResult | undefined> {
  const parts = /^(turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/i.exec(url)
  const { username, credential } = session.check.turn
  const [peerAddress] = await context.addressesOf(session.check.address)
  if (!parts || username === undefined || credential === undefined || !peerAddress) return undefined
  const host = parts[2]!.replace(/^\[|\]$/g, '')
  const isSecure = parts[1]!.toLowerCase() === 'turns'
  const port = Number(parts[3] ?? (isSecure ? 5349 : 3478))
  const way: Way = isSecure ? 'TLS' : parts[4] === 'tcp' ? 'TCP' : 'UDP'
  const finish = beginCheck(context, 'turn', `TURN ${way} ${endpointText({ address: host, port })}`)
  const requirementIds = idsFor(context, way, port)
  const [address] = await context.addressesOf(host)
  const ufrag = randomBytes(6).toString('hex')
  const answer = await session.startStream('shared', offerOf(ufrag), signal)
  const peer = answer === undefined ? undefined : icePeer(ufrag, answer)
  if (!peer) {
    const values = { title: 'POST /streams' }
    return { ...finish({ outcome: 'inconclusive', finding: { key: 'serviceRefused', values } }), requirementIds }
  }
  const question: RelayQuestion = {
    username,
    password: credential,
    signal,
    // The relay leads to the service's own media and nowhere else: that answers a call's connectivity check.
    peer: { address: peerAddress, port: session.check.ports.media, ...peer },
  }
  const found: RelayFound =
    address === undefined
      ? { kind: 'unreached' }
      : way === 'UDP'
        ? await overUdp(context, { address, port }, question)
        : await overStream(context, { host, address, port, isSecure }, question)
  const values = { way, port: String(port) }
  if (found.kind === 'works')
    return {
      ...finish({
        outcome: 'pass',
        finding: { key: 'relayWorks', values },
        measured: [{ name: 'relay-time', value: found.tookMs, unit: 'ms' }],
        // The answer is made with the password of this stream: nobody but the service has it.
        controls: { knownGood: true, closed: 'not-tested' },
      }),
      requirementIds,
    }
  const faults = {
    unreached: { key: 'relayUnreached', values, faultOwner: 'customer-firewall' },
    refused: {
      key: 'relayRefused',
      values: { way, code: found.kind === 'refused' ? String(found.code) : '' },
      faultOwner: 'service',
    },
    silent: { key: 'relaySilent', values: { way }, faultOwner: 'service' },
  } as const
  const { key, values: told, faultOwner } = faults[found.kind]
  return { ...finish({ outcome: 'fail', finding: { key, values: told }, faultOwner }), requirementIds }
}

/** Requirements whose flow is this way; others that a relay proves are not met by one way alone. */
function idsFor({ requirements }: ProbeContext, way: Way, port: number): readonly string[] {
  return requirements
    .filter(({ body, checks }) => {
      if (!checks.includes('turn') || body.kind !== 'flow') return false
      if ((body.protocol === 'udp') !== (way === 'UDP')) return false
      return body.ports.some(({ from, to }) => from <= port && port <= to)
    })
    .map(({ id }) => id)
}

async function overUdp(
  { clock }: ProbeContext,
  to: { readonly address: string; readonly port: number },
  question: RelayQuestion,
): Promise<RelayFound> {
  const socket = await machineDatagrams(clock).open(to.address)
  try {
    const way: RelayWay = {
      isStream: false,
      send: (bytes) => void socket.send(bytes, to),
      onBytes: (listener) => socket.onDatagram((bytes, from) => from.port === to.port && listener(bytes)),
    }
    return await askRelay(way, question)
  } finally {
    socket.close()
  }
}

async function overStream(
  context: ProbeContext,
  {
    host,
    address,
    port,
    isSecure,
  }: { readonly host: string; readonly address: string; readonly port: number; readonly isSecure: boolean },
  question: RelayQuestion,
): Promise<RelayFound> {
  const connected = await connectTcp({ address, port }, { signal: question.signal })
  if (!connected.ok) return { kind: 'unreached' }
  let stream: Socket = connected.socket
  if (isSecure) {
    const shaken = await handshake(stream, {
      ...(isIP(host) === 0 && { serverName: host }),
      roots: context.web.roots,
      signal: question.signal,
    })
    if (!shaken.ok) return { kind: 'unreached' }
    stream = shaken.socket
  }
  stream.on('error', () => {})
  try {
    const way: RelayWay = {
      isStream: true,
      send: (bytes) => void stream.write(bytes),
      onBytes: (listener) => void stream.removeAllListeners('data').on('data', listener),
    }
    return await askRelay(way, question)
  } finally {
    stream.end()
    stream.destroySoon()
  }
}
