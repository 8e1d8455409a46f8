import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPrivateKey } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { type DtlsCertificate, fingerprintOf, makeDtlsCertificate, readDtlsCertificate } from './certificate.ts'
import { type DtlsConnection, DtlsEndpoint, type DtlsState } from './dtls-connection.ts'
import { liveObjects } from './openssl-dtls.ts'

const certificates = { a: makeDtlsCertificate(Date.now()), b: makeDtlsCertificate(Date.now()) }
const endpoints = { a: new DtlsEndpoint(certificates.a), b: new DtlsEndpoint(certificates.b) }
const pemOf = (certificate: DtlsCertificate) => ({
  certificate: new X509Certificate(certificate.certificate).toString(),
  key: createPrivateKey({ key: Buffer.from(certificate.privateKey), format: 'der', type: 'pkcs8' }).export({
    type: 'pkcs8',
    format: 'pem',
  }) as string,
})

interface Side {
  connection: DtlsConnection
  inbox: Buffer[]
}

/** Two sides and the datagrams between them. `loses` says which datagrams never arrive. */
function pair(
  options: { fingerprintOfA?: DtlsCertificate; loses?: (index: number) => boolean; longest?: { bytes: number } } = {},
) {
  let sent = 0
  const carry = (to: () => Side) => (packet: Uint8Array, length: number) => {
    if (options.longest) options.longest.bytes = Math.max(options.longest.bytes, length)
    if (!options.loses?.(sent++)) to().inbox.push(Buffer.from(packet.subarray(0, length)))
  }
  const a: Side = {
    inbox: [],
    connection: endpoints.a.connect({
      role: 'client',
      fingerprints: [certificates.b.fingerprint],
      send: carry(() => b),
      nowMs: 0,
    }),
  }
  const b: Side = {
    inbox: [],
    connection: endpoints.b.connect({
      role: 'server',
      fingerprints: [(options.fingerprintOfA ?? certificates.a).fingerprint],
      send: carry(() => a),
      nowMs: 0,
    }),
  }
  const run = () => {
    while (a.inbox.length + b.inbox.length > 0) {
      for (const side of [a, b])
        for (const packet of side.inbox.splice(0)) side.connection.receive(packet, packet.length)
    }
  }
  const close = () => {
    a.connection.close()
    b.connection.close()
  }
  return { a, b, run, close }
}

function keysOf(state: DtlsState) {
  assert.equal(state.name, 'connected')
  return (state as DtlsState & { name: 'connected' }).keys
}

describe('makeDtlsCertificate', () => {
  it('makes a certificate that others can read, signed by its own key', () => {
    const { certificate, fingerprint } = certificates.a
    const read = new X509Certificate(certificate)
    assert.ok(read.verify(read.publicKey))
    assert.equal(read.fingerprint256, fingerprint.value)
    assert.ok(Date.parse(read.validFrom) < Date.now() && Date.parse(read.validTo) > Date.now())
    const pem = pemOf(certificates.a)
    assert.deepEqual(readDtlsCertificate(pem.certificate, pem.key), certificates.a)
    assert.equal(fingerprintOf(certificate, 'sha-512').value.length, 64 * 3 - 1)
  })
})

describe('DtlsConnection (RFC 5764)', () => {
  after(() => {
    endpoints.a.close()
    endpoints.b.close()
    assert.deepEqual(liveObjects(), { contexts: 0, connections: 0, certificates: 0, keys: 0 })
  })

  it('gives both sides the same keys, crosswise, with the strongest profile, in datagrams that fit', () => {
    const longest = { bytes: 0 }
    const { a, b, run, close } = pair({ longest })
    a.connection.start()
    b.connection.start()
    run()
    const [client, server] = [keysOf(a.connection.state), keysOf(b.connection.state)]
    assert.equal(client.profile, 'AEAD_AES_256_GCM')
    assert.deepEqual(client.send, server.receive)
    assert.deepEqual(client.receive, server.send)
    assert.notDeepEqual(client.send, client.receive)
    assert.equal(client.send.length, 44)
    assert.ok(longest.bytes <= 1200, String(longest.bytes))
    close()
  })

  it('fails for a certificate that was not announced', () => {
    const { a, b, run, close } = pair({ fingerprintOfA: certificates.b })
    a.connection.start()
    run()
    assert.deepEqual(b.connection.state, { name: 'failed', reason: 'dtls-fingerprint' })
    close()
  })

  it('takes another hash of the same certificate', () => {
    const fingerprint = fingerprintOf(certificates.a.certificate, 'sha-384')
    const { a, b, run, close } = pair({ fingerprintOfA: { ...certificates.a, fingerprint } })
    a.connection.start()
    run()
    assert.equal(b.connection.state.name, 'connected')
    close()
  })

  it('ignores garbage, before, during and after the handshake', () => {
    const { a, b, run, close } = pair()
    const garbage = [
      Buffer.alloc(1),
      Buffer.alloc(13, 22),
      Buffer.alloc(1400, 20),
      Buffer.from('16fefd00000000000000000040010000', 'hex'),
    ]
    const annoy = () => {
      for (const packet of garbage) for (const side of [a, b]) side.connection.receive(packet, packet.length)
    }
    annoy()
    a.connection.start()
    annoy()
    run()
    annoy()
    for (let i = 0; i < 2000; i++) b.connection.receive(garbage[2]!, 1400)
    assert.deepEqual(keysOf(a.connection.state).send, keysOf(b.connection.state).receive)
    close()
  })

  it('is said again soon by a client whose peer did not listen yet, as the same record, until the peer speaks', () => {
    let isListening = false
    const { a, b, run, close } = pair({ loses: () => !isListening })
    a.connection.start()
    a.connection.pass(0)
    isListening = true
    a.connection.pass(59)
    assert.equal(b.inbox.length, 0)
    a.connection.pass(60)
    a.connection.pass(80)
    assert.equal(b.inbox.length, 1)
    b.inbox.push(b.inbox[0]!)
    run()
    assert.deepEqual(keysOf(a.connection.state).send, keysOf(b.connection.state).receive)
    a.connection.pass(120)
    assert.equal(b.inbox.length, 0)
    close()
  })

  it('sends a flight that was lost again soon, the server as well, and not for ever', () => {
    const lost = new Set<number>()
    const { a, b, run, close } = pair({ loses: (index) => lost.has(index) })
    // The first datagrams are the client's; what the server says to them does not arrive.
    a.connection.start()
    const first = b.inbox.length
    for (let index = first; index < first + 4; index++) lost.add(index)
    for (const packet of b.inbox.splice(0)) b.connection.receive(packet, packet.length)
    assert.equal(a.inbox.length, 0)
    b.connection.pass(1000)
    b.connection.pass(1129)
    assert.equal(a.inbox.length, 0)
    lost.clear()
    b.connection.pass(1130)
    assert.ok(a.inbox.length > 0)
    run()
    assert.deepEqual(keysOf(a.connection.state).send, keysOf(b.connection.state).receive)
    for (let nowMs = 1200; nowMs < 20_000; nowMs += 50) for (const { connection } of [a, b]) connection.pass(nowMs)
    assert.equal(a.inbox.length + b.inbox.length, 0)
    close()
  })

  it('gives up after 30 s, and does nothing after closing', () => {
    const { a, close } = pair({ loses: () => true })
    a.connection.start()
    assert.equal(a.connection.pass(29_000).name, 'handshaking')
    assert.deepEqual(a.connection.pass(30_001), { name: 'failed', reason: 'dtls-time-out' })
    close()
    close()
    a.connection.receive(Buffer.alloc(20, 22), 20)
    a.connection.pass(0)
  })

  it('frees every object, however a connection ended', () => {
    const before = liveObjects()
    for (let i = 0; i < 60; i++) {
      const { a, run, close } = pair({
        ...(i % 3 === 1 && { fingerprintOfA: certificates.b }),
        loses: (index) => i % 3 === 2 && index > 1,
      })
      a.connection.start()
      run()
      close()
    }
    assert.deepEqual(liveObjects(), before)
  })
})

describe('DtlsConnection with the openssl program', () => {
  for (const role of ['server', 'client'] as const) {
    it(`agrees on the keys as ${role}`, { timeout: 9000 }, async (t) => {
      const theirs = makeDtlsCertificate(Date.now())
      const folder = mkdtempSync(join(tmpdir(), 'vaxel-dtls-'))
      const pem = pemOf(theirs)
      writeFileSync(join(folder, 'pair.pem'), `${pem.certificate}${pem.key}`)
      const endpoint = new DtlsEndpoint(makeDtlsCertificate(Date.now()))
      const socket = createSocket('udp4')
      await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
      const spare = createSocket('udp4')
      await new Promise<void>((resolve) => spare.bind(0, '127.0.0.1', resolve))
      let port = spare.address().port
      await new Promise<void>((resolve) => spare.close(() => resolve()))
      const common = [
        '-dtls1_2',
        '-use_srtp',
        'SRTP_AES128_CM_SHA1_80',
        '-keymatexport',
        'EXTRACTOR-dtls_srtp',
        '-keymatexportlen',
        '60',
        '-cert',
        join(folder, 'pair.pem'),
        '-key',
        join(folder, 'pair.pem'),
      ]
      const program =
        role === 'server'
          ? ['s_client', '-connect', `127.0.0.1:${socket.address().port}`, ...common]
          : ['s_server', '-accept', `127.0.0.1:${port}`, '-Verify', '1', ...common]
      const child = spawn('openssl', program, { stdio: ['pipe', 'pipe', 'ignore'] })
      let printed = ''
      child.stdout.on('data', (data) => (printed += data))
      const connection = endpoint.connect({
        role,
        fingerprints: [theirs.fingerprint],
        send: (packet, length) => socket.send(Buffer.from(packet.subarray(0, length)), port, '127.0.0.1'),
        nowMs: 0,
      })
      // Retransmits what comes before the program listens.
      const retransmission = setInterval(() => connection.pass(0), 100)
      try {
        const keys = await new Promise<ReturnType<typeof keysOf>>((resolve, reject) => {
          t.signal.addEventListener('abort', () => reject(new Error('too late')))
          socket.on('message', (packet, remote) => {
            port = remote.port
            const state = connection.receive(packet, packet.length)
            if (state.name === 'connected') resolve(state.keys)
            if (state.name === 'failed') reject(new Error(state.reason))
          })
          if (role === 'client') child.stdout.once('data', () => connection.start())
        })
        while (!/Keying material: [0-9A-F]{120}/.test(printed)) {
          await new Promise((resolve) => setTimeout(resolve, 5))
          t.signal.throwIfAborted()
        }
        const material = Buffer.from(/Keying material: ([0-9A-F]{120})/.exec(printed)![1]!, 'hex')
        const client = Buffer.concat([material.subarray(0, 16), material.subarray(32, 46)])
        assert.equal(keys.profile, 'AES_CM_128_HMAC_SHA1_80')
        assert.deepEqual(Buffer.from(role === 'client' ? keys.send : keys.receive), client)
      } finally {
        clearInterval(retransmission)
        child.kill()
        connection.close()
        endpoint.close()
        socket.close()
        rmSync(folder, { recursive: true })
      }
    })
  }

  it('fails for a peer without a certificate', { timeout: 9000 }, async () => {
    const endpoint = new DtlsEndpoint(makeDtlsCertificate(Date.now()))
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    const child = spawn(
      'openssl',
      ['s_client', '-dtls1_2', '-use_srtp', 'SRTP_AES128_CM_SHA1_80', '-connect', `127.0.0.1:${socket.address().port}`],
      { stdio: ['pipe', 'ignore', 'ignore'] },
    )
    let port = 0
    const connection = endpoint.connect({
      role: 'server',
      fingerprints: [certificates.a.fingerprint],
      send: (packet, length) => socket.send(Buffer.from(packet.subarray(0, length)), port, '127.0.0.1'),
      nowMs: 0,
    })
    const state = await new Promise<DtlsState>((resolve) => {
      socket.on('message', (packet, remote) => {
        port = remote.port
        const next = connection.receive(packet, packet.length)
        if (next.name !== 'handshaking') resolve(next)
      })
    })
    assert.deepEqual(state, { name: 'failed', reason: 'dtls-handshake' })
    child.kill()
    connection.close()
    endpoint.close()
    socket.close()
  })
})
