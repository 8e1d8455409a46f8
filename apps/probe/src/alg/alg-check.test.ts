import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import type { FlowId } from '@vaxel/base'
import { SipMirror } from '@vaxel/connect'
import { algWords, say } from '@vaxel/site'
import type { Flow } from '@vaxel/sip'
import { inTime, virtualWorld } from '@vaxel/testkit'
import { StunClient } from '../nat/stun-client.ts'
import { stunServer } from '../nat/stun-server.fixture.ts'
import { type AlgCheck, checkAlg } from './alg-check.ts'
import { compareRequests } from './compare-requests.ts'
import type { StreamPlace } from './stream-socket.ts'

const checkId = '0123456789abcdef'
const key = Buffer.alloc(32, 7)
const sip = { address: '203.0.113.1', port: 5060 }
const sips = { address: '203.0.113.1', port: 5061 }
const inside = '192.168.1.10'
const outside = '203.0.113.10'

type Rewrite = (text: string, direction: 'out' | 'in') => string
const asItWas: Rewrite = (text) => text

interface Network {
  readonly udp?: Rewrite
  /** Undefined: TCP does not come about. */
  readonly tcp?: Rewrite | undefined
  readonly tls?: Rewrite | undefined
  readonly sipPortClosed?: boolean
  readonly mirrorOff?: boolean
  readonly lossRatio?: number
}

/** Recounts, as a gateway that knows its trade. */
const counted = (text: string): string => {
  const split = text.indexOf('\r\n\r\n') + 4
  return text.slice(0, split).replace(/^(Content-Length: )\d+/im, `$1${text.length - split}`) + text.slice(split)
}
const everywhere: Rewrite = (text, direction) =>
  direction === 'out' ? counted(text.replaceAll(inside, outside)) : text.replaceAll(outside, inside)

async function check(network: Network) {
  const { clock, net, random, place } = virtualWorld()
  const rewrite = network.udp ?? asItWas
  net.addNat(
    {
      kind: 'port-restricted',
      publicAddress: outside,
      rewrite: (bytes, direction) => {
        const text = Buffer.from(bytes).toString('latin1')
        return text.includes('SIP/2.0') ? Buffer.from(rewrite(text, direction), 'latin1') : bytes
      },
    },
    [inside],
  )
  net.impairment = { delayMs: 10, lossRatio: network.lossRatio ?? 0 }
  const sent: { bytes: Uint8Array; flow: Flow }[] = []
  const mirror = new SipMirror({
    clock,
    keyOf: (id) => (id === checkId && !network.mirrorOff ? key : undefined),
    send: (flow, bytes) => sent.push({ flow, bytes }),
    contactFor: () => '203.0.113.1:5060',
  })
  const flow = (protocol: 'udp' | 'tcp' | 'tls', port: number): Flow => ({
    id: 'f' as FlowId,
    protocol,
    local: sip,
    remote: { address: outside, port },
    isOpen: true,
  })
  const asked: string[] = []
  if (!network.sipPortClosed) {
    // One port has both, as the server's has.
    let answerStun = (_bytes: Uint8Array, _from: { address: string; port: number }): void => {}
    stunServer(
      {
        bind: (local, receive) => {
          answerStun = receive
          return { local, send: (bytes, to) => both.send(bytes, to) }
        },
      },
      { primary: sip },
    )
    const both = net.bind(sip, (bytes, from) => {
      if (bytes[0]! < 4) return answerStun(bytes, from)
      asked.push(Buffer.from(bytes).toString('latin1'))
      mirror.takes(flow('udp', from.port), bytes)
      for (const one of sent.splice(0)) {
        assert.ok(one.bytes.length <= bytes.length, `${one.bytes.length} for ${bytes.length} bytes`)
        both.send(one.bytes, from)
      }
    })
  }
  const streams: StreamPlace = {
    connect: async (protocol) => {
      const change = protocol === 'tls' ? (network.tls ?? asItWas) : network.tcp
      if (!change) return undefined
      let tell = (_text: string | undefined): void => {}
      return {
        local: { address: inside, port: 50_900 },
        send: (text) => {
          mirror.takes(flow(protocol, 50_900), Buffer.from(change(text, 'out'), 'latin1'))
          for (const one of sent.splice(0))
            clock.startTimer(10, () => tell(change(Buffer.from(one.bytes).toString('latin1'), 'in')))
        },
        onText: (next) => {
          tell = next
        },
        close: () => {},
      }
    },
  }
  const { signal } = new AbortController()
  const datagrams = place(inside)
  const stun = new StunClient({ place: datagrams, random, signal })
  const algCheck: AlgCheck = {
    clock,
    segment: 'office',
    requirementIds: () => ['x'],
    stun,
    sip,
    sips,
    mirror: {
      clock,
      checkId,
      mac: (bytes) => createHmac('sha256', key).update(bytes).digest(),
      random,
      datagrams,
      streams,
      signal,
    },
  }
  const results = await inTime(clock, checkAlg(algCheck))
  return { results, asked }
}

const wholeNetwork: Network = { tcp: asItWas }

describe('the SIP ALG check', () => {
  it('passes where requests arrive byte by byte as they were sent', async () => {
    const { results, asked } = await check(wholeNetwork)
    assert.deepEqual(
      results.map(({ target, outcome }) => [target, outcome]),
      [
        ['SIP UDP 203.0.113.1:5060', 'pass'],
        ['SIP TCP 203.0.113.1:5060', 'pass'],
      ],
    )
    assert.ok(
      asked.some((text) => text.startsWith('ACK ')),
      'the answer is acknowledged',
    )
  })

  it('passes on a line that loses packets, since it sends again', async () => {
    const { results } = await check({ ...wholeNetwork, lossRatio: 0.3 })
    assert.equal(results[0]?.outcome, 'pass')
  })

  it('names what a gateway changed, into what, although it turns it back in the answer', async () => {
    const { results } = await check({ ...wholeNetwork, udp: everywhere })
    const [udp, tcp] = results
    assert.equal(udp?.outcome, 'fail')
    assert.equal(tcp?.outcome, 'pass')
    assert.equal(udp?.finding.values['fields'], 'Via, From, Call-ID, Contact, SDP o=, SDP c=, SDP a=rtcp')
    assert.equal(udp?.evidence?.['SDP c='], `c=IN IP4 ${inside} → c=IN IP4 ${outside}`)
    assert.equal(udp?.faultOwner, 'customer-firewall')
  })

  const gateways: readonly [name: string, Rewrite, fields: string][] = [
    [
      'the description alone',
      (text, way) => (way === 'out' ? text.replace(`c=IN IP4 ${inside}`, `c=IN IP4 ${outside}`) : text),
      'SDP c=',
    ],
    [
      'Contact alone',
      (text, way) => (way === 'out' ? text.replace(/^(Contact: .*)192\.168\.1\.10/m, `$1${outside}`) : text),
      'Contact',
    ],
    [
      'our Contact, in the answer',
      (text, way) => (way === 'in' ? text.replace(/^(Contact: .*)203\.0\.113\.1:/m, '$1192.168.1.1:') : text),
      'Contact (answer)',
    ],
    [
      'an own header put in',
      (text, way) => (way === 'out' ? text.replace('Max-Forwards', 'X-Router: yes\r\nMax-Forwards') : text),
      'X-Router',
    ],
    [
      'a proxy, with its Via on top',
      (text, way) => (way === 'out' ? text.replace('Via:', 'Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKp\r\nVia:') : text),
      'Via',
    ],
    [
      'blanks alone',
      (text, way) => (way === 'out' ? text.replace('Max-Forwards: ', 'Max-Forwards:  ') : text),
      'layout',
    ],
    ['the body cut off', (text, way) => (way === 'out' ? text.slice(0, -20) : text), 'SDP a=sendrecv'],
  ]
  for (const [name, udp, fields] of gateways)
    it(`sees one that changes ${name}`, async () => {
      const [result] = (await check({ ...wholeNetwork, udp })).results
      assert.equal(result?.outcome, 'fail')
      assert.ok(String(result?.finding.values['fields']).includes(fields), JSON.stringify(result))
    })

  it('takes received and rport for what they are', () => {
    const sent = 'INVITE sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z;rport\r\n\r\n'
    const received = 'INVITE sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z;rport=5;received=203.0.113.9\r\n\r\n'
    assert.deepEqual(compareRequests(sent, received), [])
  })

  it('fails where a request is swallowed, and does not call that "no ALG"', async () => {
    const [udp] = (await check({ ...wholeNetwork, udp: () => 'gone' })).results
    assert.deepEqual([udp?.outcome, udp?.finding.key], ['fail', 'alg-swallowed'])
    const [, tcp] = (await check({ tcp: () => '' })).results
    assert.deepEqual([tcp?.outcome, tcp?.finding.key], ['fail', 'alg-swallowed'])
  })

  it('says of a closed port that it could not look', async () => {
    const { results } = await check({ sipPortClosed: true })
    assert.deepEqual(
      results.map(({ outcome, finding }) => [outcome, finding.key]),
      [
        ['inconclusive', 'alg-port-closed'],
        ['inconclusive', 'alg-port-closed'],
      ],
    )
  })

  it('accuses nobody where the mirror itself is off', async () => {
    const { results } = await check({ ...wholeNetwork, mirrorOff: true })
    assert.deepEqual(
      results.map(({ outcome, finding }) => [outcome, finding.key]),
      [
        ['inconclusive', 'alg-no-mirror'],
        ['inconclusive', 'alg-no-mirror'],
      ],
    )
  })

  it('accuses nobody where the service answers as it answers strangers, by TLS too', async () => {
    const stranger: Rewrite = () => ''
    const { results } = await check({ udp: stranger, tcp: stranger, tls: stranger })
    assert.ok(results.every(({ outcome, finding }) => outcome === 'inconclusive' && finding.key === 'alg-no-mirror'))
  })

  it('fails where something else answers, or breaks TLS open', async () => {
    const foreign: Rewrite = (text, way) =>
      way === 'in' ? text.replace(/^X-Vaxel-Mirror.*\r\n/m, '').replace(' 488 ', ' 404 ') : text
    const [udp] = (await check({ ...wholeNetwork, udp: foreign })).results
    assert.deepEqual([udp?.outcome, udp?.finding.key], ['fail', 'alg-foreign-answer'])
    const { results } = await check({ ...wholeNetwork, tls: everywhere })
    assert.deepEqual([results[2]?.target, results[2]?.outcome], ['SIP TLS 203.0.113.1:5061', 'fail'])
  })

  it('has words for all that it says', async () => {
    for (const network of [wholeNetwork, { udp: everywhere }, { tcp: () => '' }, { mirrorOff: true, tcp: asItWas }])
      for (const { finding } of (await check(network)).results)
        assert.doesNotMatch(say(algWords, 'sv', finding as never), /[{}]/)
  })
})
