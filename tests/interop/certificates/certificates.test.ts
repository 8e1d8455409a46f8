import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { connect, type TLSSocket } from 'node:tls'
import { issueCertificate, makeAuthority } from '@vaxel/connect'
import { type ApiClient, FreePorts, type Platform, Program, startPlatform, temporaryFolder } from '@vaxel/testkit'

const lifetimeMs = 90 * 86_400_000

describe('the server’s certificate', () => {
  let platform: Platform
  let admin: ApiClient
  let pebble: Program
  let dns: Program
  let directoryUrl: string
  before(async () => {
    const folder = temporaryFolder('pebble')
    const free = await FreePorts.claim()
    const [acmePort, managementPort, dnsPort, dnsManagement] = [
      await free.port(),
      await free.port(),
      await free.port(),
      await free.port(),
    ]
    const authority = await makeAuthority({ commonName: 'The tests', nowMs: Date.now(), lifetimeMs })
    const own = await issueCertificate(authority, {
      commonName: 'pebble',
      names: ['127.0.0.1', 'localhost'],
      nowMs: Date.now(),
      lifetimeMs,
      uses: ['serverAuth'],
    })
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const ca = file('ca.pem', authority.certPem)
    platform = await startPlatform({ environment: { NODE_EXTRA_CA_CERTS: ca } })
    const config = file(
      'pebble.json',
      JSON.stringify({
        pebble: {
          listenAddress: `127.0.0.1:${acmePort}`,
          managementListenAddress: `127.0.0.1:${managementPort}`,
          certificate: file('pebble.crt', own.certPem),
          privateKey: file('pebble.key', own.keyPem),
          httpPort: platform.ports.http,
          tlsPort: platform.ports.https,
          ocspResponderURL: '',
          externalAccountBindingRequired: false,
        },
      }),
    )
    // Every name leads to this machine.
    dns = Program.start('pebble-challtestsrv', [
      ...['-defaultIPv4', '127.0.0.1', '-defaultIPv6', '', '-dns01', `127.0.0.1:${dnsPort}`],
      ...['-http01', '', '-https01', '', '-tlsalpn01', '', '-management', `127.0.0.1:${dnsManagement}`],
    ])
    pebble = Program.start('pebble', ['-config', config, '-dnsserver', `127.0.0.1:${dnsPort}`], {
      env: { PEBBLE_VA_NOSLEEP: '1' },
    })
    await Promise.all([pebble.waitForOutput(/Listening on/i), dns.waitForOutput(/Starting management server/)])
    directoryUrl = `https://127.0.0.1:${acmePort}/dir`
    admin = await platform.login()
  })
  after(async () => {
    await pebble?.stop('SIGTERM')
    await dns?.stop('SIGTERM')
    await platform?.stop()
  })

  /** A TLS connection with what it shows; it stays open. */
  const open = (port: number, servername = 'acme.test') =>
    new Promise<{ socket: TLSSocket; certificate: X509Certificate }>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, servername, rejectUnauthorized: false }, () =>
        resolve({ socket, certificate: new X509Certificate(socket.getPeerCertificate().raw) }),
      )
      socket.on('error', reject)
    })
  const shown = async (port: number) => {
    const { socket, certificate } = await open(port)
    socket.destroy()
    return certificate
  }

  it('is of the own authority at first, whose root anyone may fetch and trust', async () => {
    const response = await fetch(`${platform.url}/vaxel-root.crt`)
    assert.equal(response.headers.get('content-type'), 'application/x-x509-ca-cert')
    const root = new X509Certificate(await response.text())
    assert.ok((await shown(platform.ports.https)).verify(root.publicKey))
    assert.ok((await shown(platform.ports.sips)).verify(root.publicKey))
  })

  it('is ordered from an ACME server and used for web and SIP, while what is connected stays', async () => {
    const before = await open(platform.ports.sips)
    const made = await admin.post<{ source: string; issuer: string; names: string[] }>('/api/v1/certificate/order', {
      directoryUrl,
      names: ['acme.test', 'www.acme.test'],
    })
    assert.equal(made.source, 'acme')
    assert.match(made.issuer, /Pebble/)
    assert.deepEqual([...made.names].sort(), ['acme.test', 'www.acme.test'])
    for (const port of [platform.ports.https, platform.ports.sips]) assert.match((await shown(port)).issuer, /Pebble/)
    const answered = new Promise<string>((resolve) => before.socket.once('data', (bytes) => resolve(String(bytes))))
    before.socket.write(
      'OPTIONS sip:demo.vaxel.test SIP/2.0\r\nVia: SIP/2.0/TLS a.invalid;branch=z9hG4bK1;rport\r\nMax-Forwards: 70\r\nFrom: <sip:a@a.invalid>;tag=1\r\nTo: <sip:demo.vaxel.test>\r\nCall-ID: c1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n',
    )
    assert.match(await answered, /^SIP\/2\.0 200/)
    before.socket.destroy()
  })

  it('says what the ACME server refused, and keeps the one that it has', async () => {
    await assert.rejects(
      admin.post('/api/v1/certificate/order', { directoryUrl: `${directoryUrl}-not-there`, names: ['acme.test'] }),
      /ACME/,
    )
    assert.match((await shown(platform.ports.https)).issuer, /Pebble/)
  })

  it('is one’s own when it is uploaded, and refused in words when it is unsound', async () => {
    const authority = await makeAuthority({ commonName: 'The company', nowMs: Date.now(), lifetimeMs })
    const request = {
      commonName: 'pbx.test',
      names: ['pbx.test'],
      nowMs: Date.now(),
      lifetimeMs,
      uses: ['serverAuth' as const],
    }
    const [one, other] = [await issueCertificate(authority, request), await issueCertificate(authority, request)]
    const upload = (certificate: string, key: string) => admin.put('/api/v1/certificate', { certificate, key })
    await assert.rejects(upload(one.certPem, other.keyPem), /key does not belong/)
    await assert.rejects(upload(authority.certPem, authority.keyPem), /authority's certificate/)
    await assert.rejects(upload('x'.repeat(60), one.keyPem), /cannot be read/)
    const old = await issueCertificate(authority, { ...request, nowMs: Date.now() - 2 * lifetimeMs })
    await assert.rejects(upload(old.certPem, old.keyPem), /ended on/)
    await upload(one.certPem + authority.certPem, one.keyPem)
    assert.match((await shown(platform.ports.https)).issuer, /The company/)
    await admin.delete('/api/v1/certificate')
    assert.match((await shown(platform.ports.https)).issuer, /Vaxel authority/)
  })
})
