import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, it } from 'node:test'
import { silentLogger, systemClock } from '@vaxel/base'
import {
  createSipStack,
  type Flow,
  type IncomingRequest,
  type InviteUas,
  type InviteUsage,
  makeResponse,
  parseUri,
  type ResolvedTarget,
  type RequestOutcome,
  type SipStack,
  type Uri,
} from '@vaxel/sip'
import { type NetworkUnderTest, openNetwork } from './network-under-test.ts'

interface Side {
  readonly net: NetworkUnderTest
  readonly stack: SipStack
  onRequest: (incoming: IncomingRequest) => void
  onInvite: (invite: InviteUas) => void
  /** Flows that messages came on, in order. */
  readonly seen: Flow[]
}

/** A stack over real sockets; `targets` replaces what URIs resolve to. */
async function open(targets?: (uri: Uri) => readonly ResolvedTarget[]): Promise<Side> {
  const loopback = { address: '127.0.0.1', port: 0 }
  const net = await openNetwork({ udp: [loopback], tcp: [loopback] })
  const { network } = net
  const transport = {
    send: network.send.bind(network),
    connect: network.connect.bind(network),
    advertised: network.advertised.bind(network),
    resolve: async (uri: Uri) => targets?.(uri) ?? network.resolve(uri),
  }
  const stack = createSipStack({ clock: systemClock, log: silentLogger, transport, product: 'test' })
  const onInvite = (invite: InviteUas): void => invite.refuse(486)
  const side: Side = {
    onInvite,
    net,
    stack,
    onRequest: ({ request, respond }) => respond(makeResponse(request, 200)),
    seen: [],
  }
  network.onMessage((flow, bytes) => {
    side.seen.push(flow)
    stack.receive(flow, bytes)
  })
  network.onFlowClosed((flow) => stack.flowClosed(flow))
  stack.setUser({ onInvite: (invite) => side.onInvite(invite), onRequest: (incoming) => side.onRequest(incoming) })
  return side
}

const sdp = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n'

const statusOf = (outcome: RequestOutcome): string =>
  outcome.kind === 'response' ? String(outcome.response.status) : outcome.kind

describe('the SIP stack over real sockets', () => {
  let near: Side
  let far: Side
  let targets: ((uri: Uri) => readonly ResolvedTarget[]) | undefined
  before(async () => {
    near = await open((uri) => targets?.(uri) ?? [])
    far = await open()
  })
  beforeEach(() => {
    targets = undefined
    near.seen.length = far.seen.length = 0
    far.onRequest = ({ request, respond }) => respond(makeResponse(request, 200))
  })
  after(async () => {
    near.stack.close()
    far.stack.close()
    const { clientTransactions, serverTransactions, usages } = near.stack.counts()
    assert.deepEqual([clientTransactions, serverTransactions, usages], [0, 0, 0])
    await near.net.close()
    await far.net.close()
    assert.deepEqual(near.net.network.counts(), { udpFlows: 0, connections: 0, incoming: 0 })
    assert.deepEqual(far.net.network.counts(), { udpFlows: 0, connections: 0, incoming: 0 })
  })

  const at = (protocol: 'udp' | 'tcp', port = far.net.port(protocol)): ResolvedTarget => ({
    protocol,
    address: '127.0.0.1',
    port,
  })
  const request = (bodyBytes = 0) =>
    near.stack.request({
      method: 'MESSAGE',
      uri: 'sip:far.example',
      from: '<sip:near@example.org>',
      to: '<sip:far@example.org>',
      ...(bodyBytes === 0 ? {} : { body: { contentType: 'text/plain', bytes: new Uint8Array(bodyBytes).fill(120) } }),
    })

  /** A port on which nothing listens. */
  async function deadPort(): Promise<number> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')
    return port
  }

  it('gets its answer over UDP and over one TCP connection, however many requests go there', async () => {
    targets = () => [at('udp')]
    assert.equal(statusOf(await request()), '200')
    targets = () => [at('tcp')]
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => request()))
    assert.deepEqual(new Set(outcomes.map(statusOf)), new Set(['200']))
    assert.equal(near.net.network.counts().connections, 1)
    assert.equal(far.net.network.counts().connections, 1)
  })

  it('goes to the next target when a connection is refused (RFC 3263 §4.3)', async () => {
    const dead = await deadPort()
    targets = () => [at('tcp', dead), at('tcp', dead), at('tcp')]
    assert.equal(statusOf(await request()), '200')
    targets = () => [at('tcp', dead)]
    assert.equal(statusOf(await request()), 'transport')
  })

  it('goes to the next target when the connection closes without an answer', async () => {
    const dropping = createServer((socket) => socket.once('data', () => socket.destroy()))
    dropping.listen(0, '127.0.0.1')
    await once(dropping, 'listening')
    targets = () => [at('tcp', (dropping.address() as AddressInfo).port), at('udp')]
    assert.equal(statusOf(await request()), '200')
    dropping.close()
  })

  it('goes to the next target after 503', async () => {
    const busy = await open()
    busy.onRequest = ({ request: incoming, respond }) => respond(makeResponse(incoming, 503))
    targets = () => [at('udp', busy.net.port('udp')), at('udp')]
    assert.equal(statusOf(await request()), '200')
    busy.stack.close()
    await busy.net.close()
  })

  it('moves a request above 1300 bytes from UDP to TCP, and back where TCP is refused (§18.1.1)', async () => {
    targets = () => [at('udp', far.net.port('tcp'))]
    assert.equal(statusOf(await request(2_000)), '200')
    assert.deepEqual(
      far.seen.map(({ protocol }) => protocol),
      ['tcp'],
    )
    targets = () => [at('udp')]
    assert.equal(statusOf(await request(2_000)), '200')
    assert.deepEqual(
      far.seen.map(({ protocol }) => protocol),
      ['tcp', 'udp'],
    )
  })

  it('answers over a new connection to the port that Via names when the old one has closed (§18.2.2)', async () => {
    targets = () => [at('tcp')]
    far.onRequest = ({ request: incoming, flow, respond }) => {
      far.net.network.closeFlow(flow, 'a test')
      respond(makeResponse(incoming, 200))
    }
    assert.equal(statusOf(await request()), 'transport', 'the client gives up with its connection')
    while (near.seen.length === 0) await new Promise((resolve) => setImmediate(resolve))
    assert.equal(near.seen[0]!.local.port, near.net.port('tcp'))
  })

  it('resolves and connects as its URIs say', async () => {
    const uri = `sip:127.0.0.1:${far.net.port('tcp')};transport=tcp`
    assert.deepEqual(await near.net.network.resolve(parseUri(uri)!), [at('tcp')])
  })

  it('keeps a call whose connection closed, and ends it over a new one', async () => {
    const ended = new Promise<string>((resolve) => {
      far.onInvite = (invite) => {
        invite.setHandlers({ onEnded: ({ by }) => resolve(by) })
        invite.accept(sdp)
      }
    })
    targets = () => [at('tcp')]
    let call!: InviteUsage
    await new Promise<void>((resolve) => {
      const options = {
        uri: 'sip:far.example',
        from: '<sip:near@example.org>',
        to: '<sip:far@example.org>',
        offer: sdp,
      }
      call = near.stack.invite(options, { onAccepted: () => resolve(), onEnded: () => {} })
    })
    near.net.network.closeFlow(call.flow!, 'a test')
    assert.equal(call.state, 'confirmed')
    call.end()
    assert.equal(await ended, 'peer')
  })

  it('tells the end of a request whose network closes under it', async () => {
    const closing = await open(() => [at('tcp')])
    far.onRequest = () => void closing.net.close()
    const outcome = await closing.stack.request({ method: 'MESSAGE', uri: 'sip:x', from: '<sip:a@b>', to: '<sip:c@d>' })
    assert.equal(outcome.kind, 'transport')
    closing.stack.close()
    assert.equal(closing.stack.counts().clientTransactions, 0)
  })
})
