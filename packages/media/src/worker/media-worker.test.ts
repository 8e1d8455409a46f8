import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, beforeEach, describe, it } from 'node:test'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { FreePorts } from '@vaxel/testkit/free-ports'
import type { CodecName, MediaLegId, MixId, RecordingId } from '@vaxel/core'
import type { AgreedAudio } from '@vaxel/sip/sdp'
import { makeDtlsCertificate } from '../dtls/certificate.ts'
import { type DtlsConnection, DtlsEndpoint } from '../dtls/dtls-connection.ts'
import { liveObjects } from '../dtls/openssl-dtls.ts'
import type { LegCounters } from '../engine/media-plane.ts'
import { AudioLeg } from '../relay/audio-leg.ts'
import { LegTransport } from '../relay/leg-transport.ts'
import { classifyPacket } from '../rtp/classify.ts'
import { RtpHeader, writeRtpHeader } from '../rtp/rtp-header.ts'
import { SrtpReceiver, SrtpSender } from '../srtp/srtp-transform.ts'
import { BatchedNetwork } from '../udp/batched-network.ts'
import { loadLinuxSockets } from '../udp/linux-sockets.ts'
import { PortableNetwork } from '../udp/portable-network.ts'
import type { UdpAddress } from '../udp/udp-address.ts'
import type { UdpNetwork, UdpSocket } from '../udp/udp-network.ts'
import { MediaWorker } from './media-worker.ts'
import { sharedTimeMs } from './shared-time.ts'
import type { BindAddress, WorkerMessage } from './protocol.ts'

const certificates = { ours: makeDtlsCertificate(Date.now()), theirs: makeDtlsCertificate(Date.now()) }
const system = loadLinuxSockets()
const networks: [string, () => UdpNetwork][] = [['portable', () => new PortableNetwork()]]
if (system) networks.push(['batched', () => new BatchedNetwork(system)])
const folder = mkdtempSync(join(tmpdir(), 'vaxel-worker-'))
let freePorts: FreePorts
beforeEach(async () => {
  freePorts = await FreePorts.claim()
})
afterEach(() => freePorts.release())
after(() => rmSync(folder, { recursive: true }))

/** Everything in one thread: the worker, and its peers on the same network. */
let makeNetwork: () => UdpNetwork
let network: UdpNetwork
let worker: MediaWorker
let told: WorkerMessage[]
let tickAtMs: number

async function start(): Promise<void> {
  network = makeNetwork()
  told = []
  tickAtMs = performance.now()
  worker = new MediaWorker({
    network,
    options: { certificate: certificates.ours, icePorts: [{ address: '127.0.0.1', port: 0 }], silentAfterMs: 1000 },
    tell: (message) => told.push(message),
  })
  await worker.start()
}

async function turn(): Promise<void> {
  if (network instanceof BatchedNetwork) network.poll(0)
  await new Promise((resolve) => setImmediate(resolve))
}

/** Lets packets flow, and 20 ms pass each turn, until something is so. */
async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; !isSo(); turns++) {
    assert.ok(turns < 5000, 'it never came to be')
    tickAtMs += 20
    worker.tick(tickAtMs)
    await turn()
  }
}

const sdesKeys = {
  suite: 'AES_CM_128_HMAC_SHA1_80' as const,
  send: Uint8Array.from({ length: 30 }, (_, i) => i),
  receive: Uint8Array.from({ length: 30 }, (_, i) => 2 * i),
}

let requests = 0
async function ask<Value>(command: object): Promise<Value> {
  const request = ++requests
  worker.perform({ ...command, request } as never)
  const find = () => told.find((message) => message.tell === 'reply' && message.request === request)
  await until(() => find() !== undefined)
  return (find() as unknown as { value: Value }).value
}

const events = (kind: string) =>
  told.flatMap((message) => (message.tell === 'event' && message.event.kind === kind ? [message.event] : []))

class Peer {
  readonly id: MediaLegId
  readonly got: {
    payloadType: number
    ssrc: number
    sequence: number
    timestamp: number
    payload: Buffer
    from: string
  }[] = []
  readonly rtcp: Buffer[] = []
  socket!: UdpSocket
  port = 0
  #sequence = 60_000
  #header = new RtpHeader()

  constructor(id: string) {
    this.id = id as MediaLegId
  }

  async open(agreed: Partial<AgreedAudio> = {}): Promise<this> {
    const socket = await network.bind({ address: '127.0.0.1', port: 0, receive: (p, n, from) => this.take(p, n, from) })
    assert.ok('local' in socket)
    this.socket = socket
    ;[this.port] = await freePorts.range(2)
    const ports = { address: '127.0.0.1', rtpPort: this.port }
    assert.equal(await ask({ do: 'open', leg: this.id, ports }), 'opened')
    this.configure(agreed)
    return this
  }

  configure(agreed: Partial<AgreedAudio>): void {
    const codec: CodecName = agreed.codec ?? 'PCMA'
    const payloadType = codec === 'PCMA' ? 8 : 0
    const { port } = this.socket.local
    worker.perform({
      do: 'configure',
      leg: this.id,
      agreed: {
        codec,
        sendPayloadType: payloadType,
        sendPtimeMs: 20,
        sendInbandFec: false,
        receive: [{ payloadType, codec }],
        sendEvents: { payloadType: 101, rateHz: 8000 },
        receiveEvents: [{ payloadType: 101, rateHz: 8000 }],
        keying: 'rtp',
        remote: { address: '127.0.0.1', rtpPort: port, rtcpPort: port },
        rtcpMux: true,
        direction: 'sendrecv',
        peerDirection: 'sendrecv',
        ...agreed,
      },
    })
  }

  /** Sends one packet, marked by its payload's first byte. */
  say(mark: number, payloadType = 8, ssrc = 7, socket = this.socket): void {
    const packet = Buffer.alloc(172, mark)
    writeRtpHeader(packet, false, payloadType, this.#sequence & 0xffff, this.#sequence * 160, ssrc)
    this.#sequence++
    this.sendPacket(packet, 172, socket)
  }

  sendPacket(packet: Buffer, length: number, socket = this.socket): void {
    socket.send(packet, length, Object.assign(this.socket.local.copy(), { port: this.port }))
    network.flush()
  }

  take(packet: Buffer, length: number, from: UdpAddress): void {
    if (classifyPacket(packet, length) === 'rtcp') return void this.rtcp.push(Buffer.from(packet.subarray(0, length)))
    assert.ok(this.#header.read(packet, length))
    const { payloadType, ssrc, sequence, timestamp, payloadStart } = this.#header
    const payload = Buffer.from(packet.subarray(payloadStart, length))
    this.got.push({ payloadType, ssrc, sequence, timestamp, payload, from: String(from) })
  }

  marks(): number[] {
    return this.got.map(({ payload }) => payload[0]!)
  }
}

const hear = (listener: Peer, speaker: Peer) =>
  worker.perform({ do: 'hear', leg: listener.id, hearing: { kind: 'leg', leg: speaker.id } })

for (const [name, make] of networks)
  describe(`MediaWorker with ${name} sockets`, { timeout: 60_000 }, () => {
    beforeEach(() => {
      makeNetwork = make
      return start()
    })

    it('relays packets of one codec byte by byte, as one continuous stream across another speaker', async () => {
      const [a, b, c] = [await new Peer('a').open(), await new Peer('b').open(), await new Peer('c').open()]
      hear(b, a)
      b.got.length = 0
      for (let i = 1; i <= 3; i++) a.say(i)
      await until(() => b.marks().includes(3))
      hear(b, c)
      for (let i = 11; i <= 13; i++) c.say(i, 8, 99)
      await until(() => b.marks().includes(13))
      const relayed = b.got.filter(({ payload }) => payload[0]! < 20)
      assert.deepEqual(
        relayed.map(({ payload }) => payload[0]),
        [1, 2, 3, 11, 12, 13],
      )
      const sequences = b.got.map(({ sequence }) => sequence)
      assert.deepEqual(
        sequences.map((sequence) => (sequence - sequences[0]!) & 0xffff),
        sequences.map((_, i) => i),
      )
      assert.equal(new Set(b.got.map(({ ssrc }) => ssrc)).size, 1)
      assert.equal(relayed[0]!.payload.length, 160)
      await worker.close()
    })

    it('sends nothing to a stranger, and follows the peer to another port only when the first is silent', async () => {
      const [a, b] = [await new Peer('a').open(), await new Peer('b').open()]
      hear(b, a)
      const stranger = await network.bind({
        address: '127.0.0.2',
        port: 0,
        receive: () => assert.fail('sent to a stranger'),
      })
      assert.ok('local' in stranger)
      a.say(1)
      await until(() => b.marks().includes(1))
      a.say(66, 8, 7, stranger)
      const beside = await new Peer('beside').open()
      a.say(67, 8, 7, beside.socket)
      a.say(2)
      await until(() => b.marks().includes(2))
      assert.ok(!b.marks().includes(66) && !b.marks().includes(67))
      await worker.close()
    })

    it('gives silence to who hears a leg that says nothing', async () => {
      const [a, b] = [await new Peer('a').open(), await new Peer('b').open()]
      hear(b, a)
      a.say(1)
      await until(() => b.marks().includes(1))
      b.got.length = 0
      await until(() => b.got.length === 10)
      assert.ok(b.got.every(({ payload }) => payload.every((byte) => byte === 0xd5 || byte === 0x55)))
      a.say(2)
      await until(() => b.marks().includes(2))
      await worker.close()
    })

    for (const [what, method] of [
      ['a packet of its peer', 'rtp'],
      ['time that passes', 'tick'],
    ] as const)
      it(`fails one leg alone when ${what} finds a fault of ours, and says so once`, async (t) => {
        const [a, b, c, d] = [
          await new Peer('a').open(),
          await new Peer('b').open(),
          await new Peer('c').open(),
          await new Peer('d').open(),
        ]
        hear(b, a)
        hear(d, c)
        a.say(1)
        await until(() => b.marks().includes(1))
        const broken = new Set<AudioLeg>()
        const right = AudioLeg.prototype[method] as (...args: unknown[]) => void
        t.mock.method(AudioLeg.prototype, method, function (this: AudioLeg, ...args: unknown[]) {
          if (broken.size === 0) broken.add(this)
          if (broken.has(this)) throw new Error('a fault')
          right.apply(this, args)
        })
        if (method === 'rtp') a.say(2)
        await until(() => events('failed').length > 0)
        for (let i = 3; i < 10; i++) a.say(i)
        c.say(77)
        await until(() => d.marks().includes(77))
        assert.deepEqual(
          events('failed').map((event) => 'leg' in event && event.leg),
          [a.id],
        )
        assert.match(JSON.stringify(events('trouble')), /a fault/)
        await worker.close()
      })

    it('ends what a command was for that finds a fault of ours, answers who asked, and goes on with the others', async () => {
      const [a, b, c, d] = [
        await new Peer('a').open(),
        await new Peer('b').open(),
        await new Peer('c').open(),
        await new Peer('d').open(),
      ]
      hear(d, c)
      worker.perform({ do: 'configure', leg: a.id, agreed: {} as AgreedAudio })
      assert.equal(
        typeof (await ask({ do: 'startRecording', recording: 'r', leg: b.id, path: 5, options: undefined })),
        'string',
      )
      assert.equal(await ask({ do: 'unreserve', ports: undefined }), undefined)
      const ports = {
        rtpPort: 5004,
        get address(): string {
          throw new Error('a fault')
        },
      }
      assert.equal(await ask({ do: 'open', leg: 'e', ports }), undefined)
      worker.perform({ do: 'createMix', mix: 'm' as MixId })
      worker.perform({ do: 'playInMix', mix: 'm' as MixId, source: undefined as never })
      assert.equal((await ask({ do: 'release', leg: a.id })) !== undefined, true)
      c.say(77)
      await until(() => d.marks().includes(77))
      assert.deepEqual([...new Set(events('failed').map((event) => 'leg' in event && event.leg))], [a.id, 'e'])
      assert.ok(events('trouble').length >= 4, JSON.stringify(events('trouble')))
      await worker.close()
    })

    it('ends no call for a question or a recording that finds a fault of ours, and frees the sockets of a leg that cannot be released', async (t) => {
      const [a, b] = [await new Peer('a').open(), await new Peer('b').open()]
      hear(b, a)
      const fault = () => {
        throw new Error('a fault')
      }
      t.mock.method(AudioLeg.prototype, 'counters', fault, { times: 1 })
      assert.equal(await ask({ do: 'counters', leg: a.id }), undefined)
      const options = {
        get seal() {
          return fault()
        },
      }
      assert.match(
        String(await ask({ do: 'startRecording', recording: 'r', leg: a.id, path: join(folder, 'r.vxs'), options })),
        /fault/,
      )
      a.say(1)
      await until(() => b.marks().includes(1))
      assert.deepEqual(events('failed'), [])
      assert.ok(events('trouble').length >= 1)
      const closed = t.mock.method(LegTransport.prototype, 'close')
      t.mock.method(AudioLeg.prototype, 'close', fault)
      assert.equal(await ask({ do: 'release', leg: a.id }), undefined)
      assert.equal(closed.mock.callCount(), 1)
      t.mock.restoreAll()
      assert.equal(await ask({ do: 'counters', leg: a.id }), undefined)
      await worker.close()
    })

    it('plays over a bridge, tells its end, and gives the bridge back', async () => {
      const [a, b] = [await new Peer('a').open(), await new Peer('b').open()]
      hear(b, a)
      worker.perform({ do: 'play', leg: b.id, source: { kind: 'tone', tone: 'ringback', country: 'se' }, loop: false })
      b.got.length = 0
      await until(() => b.got.length > 10)
      a.say(1)
      await until(() => b.got.length > 20)
      assert.ok(!b.marks().includes(1), 'a bridge is not heard through what is played')
      worker.perform({ do: 'stopPlay', leg: b.id })
      a.say(2)
      await until(() => b.marks().includes(2))
      worker.perform({ do: 'play', leg: b.id, source: { kind: 'file', path: join(folder, 'none.wav') }, loop: false })
      await until(() => events('playEnded').length === 1)
      await worker.close()
    })

    it('tells digits, passes them on at the end of the talk, and sends its own', async () => {
      const [a, b] = [await new Peer('a').open(), await new Peer('b').open()]
      hear(b, a)
      a.say(1)
      for (let i = 0; i < 3; i++) {
        const packet = Buffer.from([0x80, 101, 0xea, 0x70 + i, 0, 0, 1, 0, 0, 0, 0, 7, 5, 0x8a, 3, 0x20])
        a.sendPacket(packet, 16)
      }
      await until(() => b.got.filter(({ payloadType }) => payloadType === 101).length === 3)
      assert.deepEqual(events('digit'), [{ kind: 'digit', leg: a.id, digit: '5', durationMs: 100 }])
      assert.equal(
        new Set(b.got.filter(({ payloadType }) => payloadType === 101).map(({ timestamp }) => timestamp)).size,
        1,
      )
      worker.perform({ do: 'sendDigit', leg: a.id, digit: '#', durationMs: 60 })
      await until(() => a.got.filter(({ payload }) => payload[0] === 11 && payload[1]! >= 128).length === 3)
      await worker.close()
    })

    it('tells once that audio started, tells silence, reports by RTCP, and counts', async () => {
      const a = await new Peer('a').open()
      for (let i = 0; i < 10; i++) a.say(1)
      await until(() => events('silent').length === 2 && a.rtcp.length > 0)
      assert.equal(events('audioStarted').length, 1)
      assert.deepEqual([a.rtcp[0]![1], a.rtcp[0]!.length % 4], [200, 0])
      const counters = await ask<LegCounters>({ do: 'counters', leg: a.id })
      assert.equal(counters.received.packets, 10)
      assert.equal(counters.codec, 'PCMA')
      assert.ok(Math.abs(sharedTimeMs() - counters.lastAudioAtMs!) < 60_000)
      const another = await new Peer('b').open()
      another.say(1)
      await until(() => events('audioStarted').length === 2)
      const [even, odd] = [
        await ask<Map<string, number>>({ do: 'lastAudio', part: 0, parts: 2 }),
        await ask<Map<string, number>>({ do: 'lastAudio', part: 1, parts: 2 }),
      ]
      assert.deepEqual([even.size, odd.size], [1, 1], 'each leg is of one part')
      assert.deepEqual([...even.keys(), ...odd.keys()].sort(), [a.id, another.id].sort())
      assert.equal((await ask<LegCounters>({ do: 'release', leg: a.id })).received.packets, 10)
      assert.equal(await ask({ do: 'counters', leg: a.id }), undefined)
      assert.equal(a.rtcp.length > 0, true)
      await worker.close()
    })

    it('lets a held peer hear nothing and be heard by nobody', async () => {
      const [a, b] = [await new Peer('a').open(), await new Peer('b').open()]
      hear(a, b)
      hear(b, a)
      a.configure({ direction: 'inactive', peerDirection: 'inactive' })
      a.got.length = 0
      b.say(1)
      a.say(2)
      for (let i = 0; i < 20; i++) await until(() => true).then(turn)
      assert.deepEqual(a.got, [])
      assert.ok(!b.marks().includes(2))
      await worker.close()
    })

    it('survives commands for legs, mixes and recordings that are not there', async () => {
      const leg = 'nobody' as MediaLegId
      worker.perform({ do: 'hear', leg, hearing: { kind: 'echo' } })
      worker.perform({ do: 'play', leg, source: { kind: 'music' }, loop: true })
      worker.perform({ do: 'stopPlay', leg })
      worker.perform({ do: 'sendDigit', leg, digit: '1', durationMs: 100 })
      worker.perform({ do: 'prepareIce', leg, ufrag: 'u', password: 'p' })
      worker.perform({ do: 'releaseMix', mix: 'm' as MixId })
      worker.perform({ do: 'stopRecording', recording: 'r' as RecordingId })
      assert.equal(await ask({ do: 'release', leg }), undefined)
      const missing = { do: 'startRecording', recording: 'r', leg, path: join(folder, 'x.wav') }
      assert.equal(await ask(missing), 'the leg is gone')
      const a = await new Peer('a').open()
      worker.perform({ do: 'hear', leg: a.id, hearing: { kind: 'mix', mix: 'm' as MixId, muted: false } })
      worker.perform({ do: 'hear', leg: a.id, hearing: { kind: 'leg', leg } })
      const nowhere = { do: 'startRecording', recording: 'r', leg: a.id, path: join(folder, 'no', 'x.wav') }
      assert.match((await ask<string>(nowhere))!, /ENOENT/)
      const taken = { do: 'open', leg: 'other', ports: { address: '127.0.0.1', rtpPort: a.port } }
      assert.equal(await ask(taken), 'portInUse')
      await worker.close()
    })

    it('survives any datagram on a leg and on the shared port', async () => {
      const a = await new Peer('a').open()
      const b = await new Peer('b').open({ keying: 'sdes', sdes: sdesKeys })
      worker.perform({ do: 'hear', leg: a.id, hearing: { kind: 'echo' } })
      hear(b, a)
      const { port } = (told.find(({ tell }) => tell === 'ready') as unknown as { icePorts: BindAddress[] })
        .icePorts[0]!
      const firstBytes = [0x00, 0x01, 0x16, 0x80, 0x90, 0xa0, 0xbf]
      for (const [i, bytes] of fc.sample(fc.uint8Array({ maxLength: 80 }), { numRuns: 600, seed: 1 }).entries()) {
        const packet = Buffer.concat([Buffer.from([firstBytes[i % 7]!, i % 3 ? i & 255 : 8]), bytes])
        for (const to of [a.port, a.port + 1, b.port, port]) {
          a.socket.send(packet, packet.length, Object.assign(a.socket.local.copy(), { port: to }))
        }
        if (i % 20 === 0) await until(() => true).then(turn)
      }
      a.say(9)
      await until(() => a.got.length > 0)
      await worker.close()
    })

    it('completes a recording when its leg is released', async () => {
      const a = await new Peer('a').open()
      const path = join(folder, `released-${name}.wav`)
      assert.equal(await ask({ do: 'startRecording', recording: 'r', leg: a.id, path }), undefined)
      a.say(0x55)
      await until(() => events('audioStarted').length === 1)
      await ask({ do: 'release', leg: a.id })
      await until(() => events('recordingEnded').length === 1)
      assert.ok((events('recordingEnded')[0] as { durationMs: number }).durationMs > 0)
      await worker.close()
    })

    it('keys a telephone by DTLS on its own ports, as the active side, and fails for another certificate', async () => {
      const before = liveObjects()
      const endpoint = new DtlsEndpoint(certificates.theirs)
      for (const isAnnounced of [true, false]) {
        const phone = await new Peer(`phone-${isAnnounced}`).open({ direction: 'inactive' })
        let receiver: SrtpReceiver | undefined
        const heard: number[] = []
        const socket = await network.bind({
          address: '127.0.0.1',
          port: 0,
          receive: (packet, length) => {
            if (classifyPacket(packet, length) === 'dtls') connection.receive(packet, length)
            else if ((receiver?.unprotectRtp(packet, length) ?? -1) > 0) heard.push(packet[12]!)
          },
        })
        assert.ok('local' in socket)
        const send = (packet: Uint8Array, length: number) => {
          socket.send(packet, length, Object.assign(socket.local.copy(), { port: phone.port }))
          network.flush()
        }
        const fingerprints = [certificates.ours.fingerprint]
        const connection = endpoint.connect({ role: 'server', fingerprints, send, nowMs: 0 })
        const announced = isAnnounced ? certificates.theirs : certificates.ours
        phone.configure({
          keying: 'dtls',
          dtls: { role: 'client', fingerprints: [announced.fingerprint] },
          remote: { address: '127.0.0.1', rtpPort: socket.local.port, rtcpPort: socket.local.port },
        })
        if (isAnnounced) {
          await until(() => connection.state.name === 'connected')
          assert.ok(connection.state.name === 'connected')
          receiver = new SrtpReceiver(connection.state.keys.profile, connection.state.keys.receive)
          await until(() => heard.length > 2)
          receiver.close()
        } else {
          await until(() => events('failed').length === 1)
          assert.deepEqual(events('failed'), [{ kind: 'failed', leg: phone.id, reason: 'dtls-fingerprint' }])
        }
        connection.close()
      }
      endpoint.close()
      await worker.close()
      assert.equal(liveObjects().connections, before.connections)
    })

    it('keys a telephone that speaks DTLS before its answer has come, and no stranger', async () => {
      const before = liveObjects()
      const id = 'early' as MediaLegId
      const phone = new Peer(id)
      phone.port = 20_000 + 2 * Math.floor(Math.random() * 5_000)
      const ports = { address: '127.0.0.1', rtpPort: phone.port }
      assert.equal(await ask({ do: 'open', leg: id, ports }), 'opened')
      const endpoint = new DtlsEndpoint(certificates.theirs)
      const clients: DtlsConnection[] = []
      for (const address of ['127.0.0.2', '127.0.0.1']) {
        const socket = await network.bind({
          address,
          port: 0,
          receive: (packet, length) => void connection.receive(packet, length),
        })
        assert.ok('local' in socket)
        const send = (packet: Uint8Array, length: number) => {
          socket.send(
            packet,
            length,
            Object.assign(socket.local.copy(), { a: 0, b: 0, d: 0x7f000001, port: phone.port }),
          )
          network.flush()
        }
        const fingerprints = [certificates.ours.fingerprint]
        const connection = endpoint.connect({ role: 'client', fingerprints, send, nowMs: 0 })
        connection.start()
        clients.push(connection)
        phone.socket = socket
      }
      for (let i = 0; i < 5; i++) await until(() => true).then(turn)
      phone.configure({
        keying: 'dtls',
        dtls: { role: 'server', fingerprints: [certificates.theirs.fingerprint] },
      })
      await until(() => clients[1]!.state.name === 'connected')
      assert.equal(clients[0]!.state.name, 'handshaking')
      for (const client of clients) client.close()
      endpoint.close()
      await worker.close()
      assert.equal(liveObjects().connections, before.connections)
    })

    it('keys a browser by ICE and DTLS on the shared port, and bridges it with a telephone', async () => {
      const before = liveObjects()
      const phone = await new Peer('phone').open()
      const leg = 'browser' as MediaLegId
      assert.equal(await ask({ do: 'open', leg }), 'opened')
      const local = { ufrag: 'ours', password: 'p'.repeat(24) }
      worker.perform({ do: 'prepareIce', leg, ...local })
      worker.perform({
        do: 'configure',
        leg,
        agreed: {
          codec: 'PCMA',
          sendPayloadType: 8,
          sendPtimeMs: 20,
          sendInbandFec: false,
          receive: [{ payloadType: 8, codec: 'PCMA' }],
          receiveEvents: [],
          keying: 'dtls',
          dtls: { role: 'server', fingerprints: [certificates.theirs.fingerprint] },
          ice: {
            local,
            remote: { ufrag: 'theirs', password: 'q'.repeat(24), isLite: false, candidates: [], endOfCandidates: true },
          },
          rtcpMux: true,
          direction: 'sendrecv',
          peerDirection: 'sendrecv',
        },
      })
      const { port } = (told.find(({ tell }) => tell === 'ready') as unknown as { icePorts: BindAddress[] })
        .icePorts[0]!
      const endpoint = new DtlsEndpoint(certificates.theirs)
      let connection: DtlsConnection | undefined
      let stunAnswers = 0
      let receiver: SrtpReceiver | undefined
      const heard: number[] = []
      const socket = await network.bind({
        address: '127.0.0.1',
        port: 0,
        receive: (packet, length) => {
          const kind = classifyPacket(packet, length)
          if (kind === 'stun') stunAnswers++
          else if (kind === 'dtls') connection?.receive(packet, length)
          else if (kind === 'rtp' && (receiver?.unprotectRtp(packet, length) ?? -1) > 0) heard.push(packet[12]!)
        },
      })
      assert.ok('local' in socket)
      const to = Object.assign(socket.local.copy(), { port })
      const send = (packet: Uint8Array, length: number) => {
        socket.send(packet, length, to)
        network.flush()
      }
      connection = endpoint.connect({ role: 'client', fingerprints: [certificates.ours.fingerprint], send, nowMs: 0 })
      connection.start()
      await turn()
      await turn()
      assert.equal(connection.state.name, 'handshaking', 'no DTLS before the address is proven')
      const check = iceCheck('ours:theirs', local.password)
      send(check, check.length)
      await until(() => stunAnswers === 1)
      // The first flight was dropped; a new client says it again at once, where a real one would wait a second.
      connection.close()
      connection = endpoint.connect({ role: 'client', fingerprints: [certificates.ours.fingerprint], send, nowMs: 0 })
      connection.start()
      await until(() => connection!.state.name === 'connected')
      const { state } = connection
      assert.ok(state.name === 'connected')
      const sender = new SrtpSender(state.keys.profile, state.keys.send)
      receiver = new SrtpReceiver(state.keys.profile, state.keys.receive)
      worker.perform({ do: 'hear', leg: phone.id, hearing: { kind: 'leg', leg } })
      worker.perform({ do: 'hear', leg, hearing: { kind: 'leg', leg: phone.id } })
      const packet = Buffer.alloc(300, 42)
      writeRtpHeader(packet, false, 8, 1, 160, 5)
      send(packet, sender.protectRtp(packet, 172))
      phone.say(43)
      await until(() => phone.marks().includes(42) && heard.includes(43))
      // An ICE restart: the old address serves until the new one is proven, and the keys stay (RFC 8842 §4).
      const restarted = { ufrag: 'again', password: 'r'.repeat(24) }
      worker.perform({ do: 'prepareIce', leg, ...restarted })
      phone.say(44)
      await until(() => heard.includes(44))
      const recheck = iceCheck('again:theirs', restarted.password)
      send(recheck, recheck.length)
      await until(() => stunAnswers === 2)
      send(check, check.length)
      phone.say(45)
      await until(() => heard.includes(45))
      assert.equal(stunAnswers, 2, 'the old credentials are forgotten')
      await ask({ do: 'release', leg })
      connection.close()
      sender.close()
      receiver.close()
      endpoint.close()
      await worker.close()
      assert.equal(liveObjects().connections, before.connections)
    })
  })

function iceCheck(username: string, password: string): Buffer {
  const user = Buffer.alloc((username.length + 3) & ~3)
  user.write(username)
  const head = Buffer.from('00010000' + '2112a442' + '0102030405060708090a0b0c', 'hex')
  const attributes = Buffer.concat([
    Buffer.from([0, 6, 0, username.length]),
    user,
    Buffer.from([0, 0x25, 0, 0]),
    Buffer.from('802a00080102030405060708', 'hex'),
  ])
  head.writeUInt16BE(attributes.length + 24, 2)
  const integrity = createHmac('sha1', password).update(head).update(attributes).digest()
  const body = Buffer.concat([head, attributes, Buffer.from([0, 8, 0, 20]), integrity])
  body.writeUInt16BE(body.length - 20 + 8, 2)
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE((crc32(body) ^ 0x5354554e) >>> 0)
  return Buffer.concat([body, Buffer.from([0x80, 0x28, 0, 4]), crc])
}
