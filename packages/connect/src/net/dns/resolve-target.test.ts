import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatHost, parseUri } from '@vaxel/sip'
import { FakeDns, type Zone } from './fake-dns.ts'
import { resolveTarget } from './resolve-target.ts'

const full: Zone = {
  naptr: {
    'example.org': [
      '20 10 s SIP+D2U _sip._udp.example.org',
      '10 20 s SIP+D2T _sip._tcp.example.org',
      '10 10 s SIPS+D2T _sips._tcp.example.org',
      '5 5 s SIP+D2S _sip._sctp.example.org',
      '1 1 u E2U+sip unused.example.org',
    ],
  },
  srv: {
    '_sip._udp.example.org': ['1 0 5060 udp.example.org'],
    '_sip._tcp.example.org': ['2 0 5070 b.example.org', '1 0 5060 a.example.org'],
    '_sips._tcp.example.org': ['1 0 5061 a.example.org'],
    '_sip._udp.srv.example': ['1 0 5080 a.example.org'],
    '_sip._tcp.srv.example': ['1 0 5081 a.example.org'],
    '_sips._tcp.srv.example': ['1 0 5082 a.example.org'],
    '_sip._udp.closed.example': ['0 0 0 .'],
  },
  a: {
    'a.example.org': ['192.0.2.1', '192.0.2.2'],
    'b.example.org': ['192.0.2.3'],
    'udp.example.org': ['192.0.2.4'],
    'example.org': ['192.0.2.9'],
    'plain.example': ['192.0.2.7'],
    'closed.example': ['192.0.2.8'],
  },
  aaaa: { 'a.example.org': ['2001:db8::1'], 'six.example': ['2001:db8::6'] },
}

async function targets(uri: string, zone: Zone = full): Promise<string[]> {
  const found = await resolveTarget(parseUri(uri)!, { dns: new FakeDns(zone), random: () => 0 })
  return found.map(
    ({ protocol, address, port, serverName }) =>
      `${protocol} ${formatHost(address, port)}${serverName === undefined ? '' : ` ${serverName}`}`,
  )
}

const rows: readonly [uri: string, expected: readonly string[], source: string][] = [
  ['sip:192.0.2.5', ['udp 192.0.2.5:5060'], '§4.1: a numeric host without transport is UDP'],
  ['sip:192.0.2.5:5070', ['udp 192.0.2.5:5070'], '§4.2: the port given'],
  ['sip:[2001:db8::5]', ['udp [2001:db8::5]:5060'], 'IPv6 literal'],
  ['sips:192.0.2.5', ['tls 192.0.2.5:5061 192.0.2.5'], '§4.1: sips is TLS over TCP'],
  ['sip:192.0.2.5;transport=tcp', ['tcp 192.0.2.5:5060'], '§4.1: the transport given'],
  ['sip:192.0.2.5;transport=TLS', ['tls 192.0.2.5:5061 192.0.2.5'], 'its default port is 5061'],
  ['sips:192.0.2.5;transport=tcp', ['tls 192.0.2.5:5061 192.0.2.5'], '§4.1: sips with TCP is TLS'],
  ['sips:x@plain.example;maddr=192.0.2.6', ['tls 192.0.2.6:5061 plain.example'], 'TLS verifies the name in the URI'],
  ['sip:x@plain.example;maddr=192.0.2.6', ['udp 192.0.2.6:5060'], '§4: maddr is the target'],
  ['sip:plain.example:5099', ['udp 192.0.2.7:5099'], '§4.2: with a port, no SRV'],
  ['sip:example.org:5099;transport=tcp', ['tcp 192.0.2.9:5099'], '§4.2'],
  ['sips:example.org:5099', ['tls 192.0.2.9:5099 example.org'], '§4.1'],
  ['sip:plain.example', ['udp 192.0.2.7:5060'], '§4.2: no NAPTR, no SRV: A with the default port'],
  ['sips:plain.example', ['tls 192.0.2.7:5061 plain.example'], '§4.2'],
  ['sip:six.example', ['udp [2001:db8::6]:5060'], 'AAAA alone'],
  [
    'sip:example.org;transport=tcp',
    ['tcp [2001:db8::1]:5060', 'tcp 192.0.2.1:5060', 'tcp 192.0.2.2:5060', 'tcp 192.0.2.3:5070'],
    '§4.2: SRV of the transport given, by priority, both families',
  ],
  [
    'sip:example.org',
    [
      'tls [2001:db8::1]:5061 example.org',
      'tls 192.0.2.1:5061 example.org',
      'tls 192.0.2.2:5061 example.org',
      'tcp [2001:db8::1]:5060',
      'tcp 192.0.2.1:5060',
      'tcp 192.0.2.2:5060',
      'tcp 192.0.2.3:5070',
      'udp 192.0.2.4:5060',
    ],
    '§4.1: NAPTR by order, then preference; unknown services left out',
  ],
  [
    'sips:example.org',
    ['tls [2001:db8::1]:5061 example.org', 'tls 192.0.2.1:5061 example.org', 'tls 192.0.2.2:5061 example.org'],
    '§4.1: sips takes SIPS services alone',
  ],
  [
    'sip:srv.example',
    [
      ...['udp [2001:db8::1]:5080', 'udp 192.0.2.1:5080', 'udp 192.0.2.2:5080'],
      ...['tcp [2001:db8::1]:5081', 'tcp 192.0.2.1:5081', 'tcp 192.0.2.2:5081'],
      ...['tls [2001:db8::1]:5082 srv.example', 'tls 192.0.2.1:5082 srv.example', 'tls 192.0.2.2:5082 srv.example'],
    ],
    '§4.1: without NAPTR the SRV records of each protocol',
  ],
  ['sip:closed.example', [], 'RFC 2782: the target "." says that there is no such service'],
  ['sip:nowhere.example', [], 'nothing resolves'],
  ['sip:localhost:5080', ['udp 127.0.0.1:5080', 'udp [::1]:5080'], 'RFC 6761 §6.3'],
  ['sip:192.0.2.5;transport=ws', [], 'RFC 7118: nobody but a browser opens these'],
  ['sips:192.0.2.5;transport=udp', [], 'there is no TLS over UDP'],
  ['sip:192.0.2.5;transport=sctp', [], 'not spoken here'],
  ['tel:+46846500401', [], 'no host in it'],
]

describe('where a request for a URI goes (RFC 3263 §4)', () => {
  for (const [uri, expected, source] of rows) {
    it(`${uri} (${source})`, async () => assert.deepEqual(await targets(uri), expected))
  }

  it('falls back to SRV and addresses where the NAPTR question fails', async () => {
    const zone: Zone = { ...full, naptr: { 'srv.example': 'dead', 'plain.example': 'dead' } }
    assert.equal((await targets('sip:srv.example')).length, 9)
    assert.deepEqual(await targets('sip:plain.example', zone), ['udp 192.0.2.7:5060'])
  })

  it('keeps what a hostile domain can make us try bounded', async () => {
    const many = Array.from({ length: 200 }, (_, i) => `${i} 0 5060 a.example.org`)
    const addresses = Array.from({ length: 100 }, (_, i) => `198.51.100.${i}`)
    const zone: Zone = {
      srv: { '_sip._tcp.big.example': many },
      a: { 'a.example.org': addresses, 'big.example': addresses },
    }
    assert.equal((await targets('sip:big.example;transport=tcp', zone)).length, 16)
    assert.equal((await targets('sip:big.example:5060', zone)).length, 16)
  })
})
