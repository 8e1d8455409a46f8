import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect as connectPlain } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { issueCertificate, type KeyedCertificate, makeAuthority } from '../certificates/certificate-issuer.ts'
import { loadOrCreateCertificates, type PlatformCertificates } from '../certificates/platform-certificates.ts'
import type { TlsEndpoint } from './network.ts'
import { defaultNetworkLimits as limits } from './network-limits.ts'
import { type NetworkUnderTest, openNetwork, optionsRequest, RawPeer } from './network-under-test.ts'

const nowMs = Date.now()
const yearMs = 365 * 86_400_000

describe('a TLS listener', () => {
  let folder: string
  let certificates: PlatformCertificates
  let authority: KeyedCertificate
  let client: KeyedCertificate
  let net: NetworkUnderTest
  const endpoint = (more: Partial<TlsEndpoint> = {}): TlsEndpoint => ({
    address: '127.0.0.1',
    port: 0,
    certificate: certificates.server,
    clientCa: [authority.certPem],
    ...more,
  })

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vaxel-tls-'))
    certificates = await loadOrCreateCertificates(folder, ['127.0.0.1', 'server.example'])
    authority = await makeAuthority({ commonName: 'peers', nowMs, lifetimeMs: yearMs })
    client = await issueCertificate(authority, {
      commonName: 'peer.example',
      names: ['peer.example', 'www.peer.example'],
      nowMs,
      lifetimeMs: yearMs,
      uses: ['clientAuth'],
    })
    net = await openNetwork({ tls: [endpoint()] })
  })
  after(async () => {
    await net.close()
    await rm(folder, { recursive: true })
  })

  async function dial(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
    const socket = connect({ host: '127.0.0.1', port, ca: [certificates.ca.certPem], ...options })
    await once(socket, 'secureConnect')
    return socket
  }

  it('carries messages as a secure flow, over TLS 1.2 and 1.3', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket = await dial(net.port('tls'), { minVersion: version, maxVersion: version })
      assert.equal(socket.getProtocol(), version)
      const peer = new RawPeer(socket)
      await peer.write(optionsRequest(version))
      const { flow, text } = await net.nextMessage()
      assert.equal(text, optionsRequest(version))
      assert.equal(flow.protocol, 'tls')
      assert.equal(flow.peerNames, undefined)
      assert.deepEqual(net.network.advertised(flow), { address: '127.0.0.1', port: net.port('tls') })
      net.network.send(flow, Buffer.from('answer'))
      assert.equal(await peer.received(6), 'answer')
      socket.destroy()
      await net.nextClosed()
    }
    while (net.network.counts().incoming > 0) await new Promise((resolve) => setImmediate(resolve))
  })

  it('refuses TLS 1.1 and 1.0, shown by openssl', async () => {
    for (const version of ['-tls1_1', '-tls1']) {
      const [text, code] = await openssl([
        's_client',
        '-connect',
        `127.0.0.1:${net.port('tls')}`,
        version,
        '-cipher',
        'DEFAULT@SECLEVEL=0',
      ])
      assert.notEqual(code, 0, version)
      assert.match(text, /alert protocol version|no protocols available|unsupported protocol/, version)
    }
    const [text] = await openssl([
      's_client',
      '-connect',
      `127.0.0.1:${net.port('tls')}`,
      '-tls1_2',
      '-CAfile',
      join(folder, 'ca.crt'),
      '-verify_ip',
      '127.0.0.1',
    ])
    assert.match(text, /Verify return code: 0 \(ok\)/)
  })

  it('says why a telephone cannot speak TLS with it, as the telephone does not', async () => {
    const own = await openNetwork({ tls: [endpoint()] })
    const port = own.port('tls')
    const to = ['s_client', '-connect', `127.0.0.1:${port}`]
    for (const version of ['-tls1_2', '-tls1_3']) await openssl([...to, version, '-verify_return_error'])
    await openssl([...to, '-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0'])
    assert.equal(own.network.warnings().length, 2)
    for (const text of ['REGISTER sip:server.example SIP/2.0\r\n', 'GET / HTTP/1.1\r\nHost: server.example\r\n\r\n']) {
      const plain = connectPlain(port, '127.0.0.1', () => plain.write(text))
      plain.on('error', () => {}).resume()
      await once(plain, 'close')
    }
    assert.deepEqual(
      own.network.warnings().map((text) => text.replace(/ \(.*/, '')),
      [
        'Telephones do not trust the certificate of this server',
        'Telephones in your network know no TLS that is taken here',
        'Something in your network speaks no TLS on the port for TLS',
      ],
    )
    await own.close()
  })

  it('names the peer by its verified certificate, and takes an unverified or missing one as nobody', async () => {
    const stranger = await issueCertificate(await makeAuthority({ commonName: 'other', nowMs, lifetimeMs: yearMs }), {
      commonName: 'peer.example',
      names: ['peer.example'],
      nowMs,
      lifetimeMs: yearMs,
      uses: ['clientAuth'],
    })
    for (const [certificate, names] of [
      [client, ['peer.example', 'www.peer.example']],
      [stranger, undefined],
    ] as const) {
      const socket = await dial(net.port('tls'), { cert: certificate.certPem, key: certificate.keyPem })
      socket.write(optionsRequest('named'))
      assert.deepEqual((await net.nextMessage()).flow.peerNames, names)
      socket.destroy()
      await net.nextClosed()
    }
  })

  it('that requires a certificate lets nobody in without one', async () => {
    const strict = await openNetwork({ tls: [endpoint({ clientCertificates: 'required' })] })
    const without = connect({ host: '127.0.0.1', port: strict.port('tls'), ca: [certificates.ca.certPem] })
    without.on('secureConnect', () => without.write(optionsRequest('without')))
    await new RawPeer(without).ended
    const withOne = await dial(strict.port('tls'), { cert: client.certPem, key: client.keyPem })
    withOne.write(optionsRequest('with'))
    assert.equal((await strict.nextMessage()).text, optionsRequest('with'))
    withOne.destroy()
    await strict.close()
  })

  it('shows new connections a replaced certificate, and keeps the open ones', async () => {
    const own = await openNetwork({ tls: [endpoint()] })
    const open = new RawPeer(await dial(own.port('tls')))
    await open.write(optionsRequest('before'))
    const { flow } = await own.nextMessage()
    const next = await issueCertificate(authority, {
      commonName: 'next.example',
      names: ['127.0.0.1'],
      nowMs,
      lifetimeMs: yearMs,
      uses: ['serverAuth'],
    })
    own.network.replaceCertificate(next)
    const socket = await dial(own.port('tls'), { ca: [authority.certPem] })
    assert.equal(socket.getPeerCertificate().subject.CN, 'next.example')
    own.network.send(flow, Buffer.from('still here'))
    assert.equal(await open.received(10), 'still here')
    assert.throws(() => own.network.replaceCertificate({ ...next, keyPem: client.keyPem }), /key values mismatch/)
    open.socket.destroy()
    socket.destroy()
    await own.close()
  })

  it('ends a half-open handshake in time, and holds nothing of it', async () => {
    const clock = new VirtualClock()
    const own = await openNetwork({ clock, tls: [endpoint()] })
    const silent = await RawPeer.tcp(own.port('tls'))
    const half = await RawPeer.tcp(own.port('tls'))
    await half.write(Uint8Array.of(22, 3, 1, 2, 0, 1, 0, 1))
    while (own.network.counts().incoming < 2) await new Promise((resolve) => setImmediate(resolve))
    clock.advance(limits.handshakeMs)
    await Promise.all([silent.ended, half.ended])
    while (own.network.counts().incoming > 0) await new Promise((resolve) => setImmediate(resolve))
    await own.close()
    assert.equal(clock.waiting, 0)
  })

  it('survives what is no TLS', async () => {
    const peer = await RawPeer.tcp(net.port('tls'))
    await peer.write(optionsRequest('plain'))
    await peer.ended
    assert.equal(net.waiting, 0)
    assert.equal(net.network.counts().connections, 0)
  })

  it('closes with handshakes under way', async () => {
    const own = await openNetwork({ tls: [endpoint()] })
    const silent = await RawPeer.tcp(own.port('tls'))
    while (own.network.counts().incoming === 0) await new Promise((resolve) => setImmediate(resolve))
    await own.close()
    await silent.ended
  })

  describe('as the far end of a connection that we open', () => {
    const target = (serverName?: string) =>
      ({
        protocol: 'tls',
        address: '127.0.0.1',
        port: net.port('tls'),
        ...(serverName === undefined ? {} : { serverName }),
      }) as const

    it('is verified by the name that the URI had, and shown our certificate', async () => {
      const near = await openNetwork({ trustedCa: [certificates.ca.certPem], clientCertificate: client })
      const flow = await near.network.connect(target('server.example'))
      assert.deepEqual(flow.peerNames, ['server.example'])
      near.network.send(flow, Buffer.from(optionsRequest('ours')))
      assert.deepEqual((await net.nextMessage()).flow.peerNames, ['peer.example', 'www.peer.example'])
      assert.equal(await near.network.connect(target('server.example')), flow)
      assert.notEqual(await near.network.connect(target()), flow, 'verified for the address, which is another identity')
      await near.close()
      await net.nextClosed()
      await net.nextClosed()
    })

    it('is refused under another name, or from an authority that is not trusted', async () => {
      const near = await openNetwork({ trustedCa: [certificates.ca.certPem] })
      await assert.rejects(near.network.connect(target('other.example')), /Cannot connect to TLS .*other\.example/)
      const wary = await openNetwork({ trustedCa: [authority.certPem] })
      await assert.rejects(wary.network.connect(target('server.example')), /Cannot connect to TLS .*certificate/)
      await near.close()
      await wary.close()
      while (net.network.counts().connections > 0) await net.nextClosed()
    })
  })
})

/** Output of one run, both streams, and its exit code. */
async function openssl(parameters: readonly string[]): Promise<[text: string, code: number | null]> {
  const child = spawn('openssl', parameters, { stdio: ['pipe', 'pipe', 'pipe'] })
  let text = ''
  child.stdout.on('data', (bytes) => (text += bytes))
  child.stderr.on('data', (bytes) => (text += bytes))
  child.stdin.on('error', () => {})
  child.stdin.end('')
  const [code] = (await once(child, 'close')) as [number | null]
  return [text, code]
}
