import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Requirement } from '@vaxel/site'
import { readPorts } from '../view/read-ports.ts'
import { compareVersions, matchBrowser, readBrowser } from './browser-version.ts'
import { readCandidate, readMapping } from './candidate.ts'
import { atPort } from './closed-port.ts'
import { onlyG711 } from './only-g711.ts'
import { relayPort, wayOf } from './relay-way.ts'
import { readCounters } from './statistics.ts'

const srflx = (port: number, related: number, address = '203.0.113.20') =>
  `candidate:1 1 udp 1677729535 ${address} ${port} typ srflx raddr 192.168.1.5 rport ${related} generation 0`

describe('candidates', () => {
  it('are read as browsers write them, host names for addresses too', () => {
    assert.deepEqual(readCandidate('candidate:842163049 1 udp 1677729535 a-b-c.local 46154 typ host generation 0'), {
      transport: 'udp',
      address: 'a-b-c.local',
      port: 46154,
      kind: 'host',
    })
    assert.equal(readCandidate(srflx(10400, 5000))?.relatedPort, 5000)
    assert.equal(readCandidate('nonsense'), undefined)
  })

  it('tell a symmetric translator by two ports for one', () => {
    assert.equal(readMapping([srflx(40001, 5000), srflx(40002, 5000)], 2).kind, 'per-target')
    assert.equal(readMapping([srflx(40001, 5000)], 2).kind, 'same')
    assert.equal(readMapping([srflx(40001, 5000)], 1).kind, 'unknown')
    assert.equal(readMapping([], 2).kind, 'no-answer')
  })

  it('are compared with the port that the service itself saw', () => {
    const saw = (mappedPort: number) => ({ kind: 'prflx', remote: '', mappedPort })
    assert.equal(readMapping([srflx(40001, 0)], 1, saw(40001)).kind, 'same')
    assert.equal(readMapping([srflx(40001, 0)], 1, saw(40002)).kind, 'per-target')
  })

  it('tell that nothing translates by a pair from the address of this PC', () => {
    assert.equal(readMapping([], 1, { kind: 'host', remote: '' }).kind, 'none')
  })

  it('of two interfaces are not two mappings, nor where related ports are hidden', () => {
    assert.equal(readMapping([srflx(40001, 5000), srflx(40002, 6000)], 2).kind, 'same')
    assert.equal(readMapping([srflx(40001, 0), srflx(40002, 0)], 2).kind, 'same')
  })
})

describe('an offer', () => {
  const offer = [
    'v=0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110',
    'a=rtpmap:111 opus/48000/2',
    'a=rtcp-fb:111 transport-cc',
    'a=fmtp:111 minptime=10',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:110 telephone-event/48000',
    '',
  ].join('\r\n')

  it('is left with G.711 alone', () => {
    const lines = onlyG711(offer).split('\r\n')
    assert.equal(lines[1], 'm=audio 9 UDP/TLS/RTP/SAVPF 0 8')
    assert.deepEqual(
      lines.filter((line) => line.startsWith('a=')),
      ['a=rtpmap:0 PCMU/8000', 'a=rtpmap:8 PCMA/8000'],
    )
  })

  it('without G.711 is left alone', () => {
    const other = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\n'
    assert.equal(onlyG711(other), other)
  })
})

it('an answer is pointed at another port, in its line and in each candidate', () => {
  const answer =
    'm=audio 10000 UDP/TLS/RTP/SAVPF 8\r\na=candidate:1 1 UDP 2130706431 198.51.100.7 10000 typ host\r\na=ice-lite\r\n'
  assert.equal(
    atPort(answer, 24444),
    'm=audio 24444 UDP/TLS/RTP/SAVPF 8\r\na=candidate:1 1 UDP 2130706431 198.51.100.7 24444 typ host\r\na=ice-lite\r\n',
  )
})

it('addresses of relays say how they are reached and where (RFC 7065)', () => {
  assert.deepEqual(
    [
      'turn:a:3478?transport=udp',
      'turn:a:3478',
      'turn:a?transport=tcp',
      'turns:a:443?transport=tcp',
      'turns:a',
      'turns:a?transport=udp',
      'stun:a',
    ].map((url) => [wayOf(url), relayPort(url)]),
    [
      ['udp', 3478],
      ['udp', 3478],
      ['tcp', 3478],
      ['tls', 443],
      ['tls', 5349],
      [undefined, 5349],
      [undefined, 3478],
    ],
  )
})

describe('a browser', () => {
  const asks = (products: readonly object[]) =>
    ({ body: { kind: 'software', category: 'browser', for: 'calls', products } }) as unknown as Requirement

  it('is known by its User-Agent', () => {
    const names = {
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/123.0.0.0 Safari/537.36 Edg/123.0.2420.53':
        'Edge 123.0.2420.53',
      'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0': 'Firefox 128.0',
      'Mozilla/5.0 (X11) AppleWebKit/537.36 HeadlessChrome/140.0.1 Safari/537.36': 'Chrome 140.0.1',
      'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15': 'Safari 17.4',
      'curl/8': 'unknown ',
    }
    for (const [agent, name] of Object.entries(names)) {
      const browser = readBrowser(agent)
      assert.equal(`${browser.name} ${browser.version}`, name)
    }
  })

  it('is held to the products that a requirement names', () => {
    const one = asks([{ name: 'Google Chrome', minimum: '90', bad: [{ version: '117', fault: 'mute' }] }])
    const chrome = (version: string) => matchBrowser(one, { name: 'Chrome', version })
    assert.deepEqual(['90.0', '89.9', '117.0.1', '1170'].map(chrome), ['enough', 'too-old', 'known-bad', 'enough'])
    assert.equal(matchBrowser(one, { name: 'Firefox', version: '128' }), 'not-named')
  })

  it('has a version of numbers, not of letters', () => {
    assert.equal(compareVersions('100.0', '99.9'), 1)
    assert.equal(compareVersions('90', '90.0.0'), 0)
  })
})

describe('figures of a browser', () => {
  it('are read with and without an entry of the transport', () => {
    const pair = { id: 'p', type: 'candidate-pair', currentRoundTripTime: 0.05, localCandidateId: 'l' }
    const inbound = { id: 'i', type: 'inbound-rtp', kind: 'audio', packetsReceived: 7, packetsLost: -1, jitter: 0.002 }
    const local = { id: 'l', type: 'local-candidate', candidateType: 'srflx' }
    for (const entries of [
      [inbound, local, pair, { id: 't', type: 'transport', selectedCandidatePairId: 'p' }],
      [inbound, local, { ...pair, selected: true }],
      [inbound, local, { ...pair, nominated: true, state: 'succeeded' }],
    ]) {
      const counters = readCounters(entries)
      assert.deepEqual([counters?.received, counters?.lost, counters?.jitterMs, counters?.roundTripMs], [7, 0, 2, 50])
      assert.equal(counters?.pair?.kind, 'srflx')
    }
    assert.equal(readCounters([]), undefined)
  })
})

it('further ports are read whatever stands between them, and what is none is named', () => {
  assert.deepEqual(readPorts('5061, 55555;5061\n70000 x 0'), { ports: [5061, 55555], wrong: ['70000', 'x', '0'] })
  assert.deepEqual(readPorts('1 2 3 4 5 6 7 8 9'), { ports: [1, 2, 3, 4, 5, 6, 7, 8], wrong: ['9'] })
})
