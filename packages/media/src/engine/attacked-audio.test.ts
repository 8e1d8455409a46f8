import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import { type CallId, isRefusal, type LegId, silentLogger, systemClock } from '@vaxel/base'
import type { MediaEngine, MediaEvent, MediaLegId } from '@vaxel/core'
import { FreePorts } from '@vaxel/testkit/free-ports'
import { createEmbeddedMediaEngine } from './create-embedded-engine.ts'
import { ScriptedPeer, toneShare } from './scripted-peer.fixture.ts'
import { ReferenceSrtp } from './srtp-reference.fixture.ts'

const victimHz = 440
const attackHz = 1700
const key = Buffer.from(Array.from({ length: 30 }, (_, i) => i * 5 + 3))
const events: MediaEvent[] = []
let ports: FreePorts
let mediaPort: number
let engine: MediaEngine
let legs = 0

before(async () => {
  ports = await FreePorts.claim()
  mediaPort = await ports.port()
  engine = await createEmbeddedMediaEngine({
    clock: systemClock,
    log: silentLogger,
    workers: 1,
    mediaPort,
    portRange: await ports.range(60),
    bindAddresses: ['127.0.0.1'],
    advertise: () => '127.0.0.1',
    drainMs: 1,
  })
  engine.onEvent((event) => events.push(event))
})
after(async () => {
  await engine.close()
  ports.release()
})

interface Party {
  readonly leg: MediaLegId
  readonly peer: ScriptedPeer
  /** Where the engine listens for it. */
  readonly at: { address: string; port: number }
}

async function party(t: TestContext, secret?: Buffer): Promise<Party> {
  const leg = `attacked-${++legs}` as MediaLegId
  const peer = await ScriptedPeer.open(secret ? { key: secret } : {})
  t.after(async () => {
    peer.close()
    await engine.release(leg)
  })
  const refused = await engine.allocate({
    id: leg,
    callId: 'call' as CallId,
    legId: leg as unknown as LegId,
    policy: { offer: 'rtp', accept: ['sdes', 'rtp'], ice: false, codecs: ['PCMA'], peerAddress: '127.0.0.1' },
  })
  assert.equal(refused, undefined)
  const summary = await engine.receiveOffer(leg, peer.describe())
  assert.ok(!isRefusal(summary))
  const answer = await engine.createAnswer(leg)
  peer.takeDescription(answer)
  return { leg, peer, at: { address: '127.0.0.1', port: Number(/m=audio (\d+)/.exec(answer)![1]) } }
}

/** A call: `victim` says a tone and is heard by `ear`. */
async function call(t: TestContext, secret?: Buffer) {
  const [victim, ear] = [await party(t, secret), await party(t)]
  engine.connect(victim.leg, ear.leg)
  victim.peer.speak(victimHz)
  await ear.peer.hear(5)
  return { victim, ear }
}

async function attacker(t: TestContext, address: string): Promise<ScriptedPeer> {
  const peer = await ScriptedPeer.open({ address })
  t.after(() => peer.close())
  return peer
}

/** RTP as the attacker would like it heard: his tone under the victim's SSRC, or one of his own. */
function forged(sequence: number, ssrc: number, payloadType = 8): Buffer {
  const packet = Buffer.alloc(172, 0x55)
  packet[0] = 0x80
  packet[1] = payloadType
  packet.writeUInt16BE(sequence & 0xffff, 2)
  packet.writeUInt32BE((5000 + sequence * 160) >>> 0, 4)
  packet.writeUInt32BE(ssrc >>> 0, 8)
  // A square wave near the frequency: the loudest that G.711 has.
  for (let i = 0; i < 160; i++) packet[12 + i] = Math.sin((2 * Math.PI * attackHz * i) / 8000) < 0 ? 0x2a : 0xaa
  return packet
}

/** Receiver report with goodbye, from whoever it says. */
function goodbye(ssrc: number): Buffer {
  const packet = Buffer.alloc(16)
  packet.set([0x80, 201, 0, 1], 0)
  packet.writeUInt32BE(ssrc >>> 0, 4)
  packet.set([0x81, 203, 0, 1], 8)
  packet.writeUInt32BE(ssrc >>> 0, 12)
  return packet
}

/** The ear has the victim's tone and nothing of the attacker's, while `shoot` goes on with each packet heard. */
async function hearsOnlyVictim(ear: Party, shoot: () => void): Promise<void> {
  const timer = setInterval(shoot, 5)
  try {
    const samples = await ear.peer.hear(40)
    const [wanted, foreign] = [toneShare(samples, victimHz), toneShare(samples, attackHz)]
    assert.ok(wanted > 0.97, `the victim's tone has ${wanted.toFixed(3)} of the power`)
    assert.ok(foreign < 0.001, `the attacker's has ${foreign.toFixed(4)}`)
  } finally {
    clearInterval(timer)
  }
}

const refusedOf = async ({ leg }: Party): Promise<number> => (await engine.quality(leg))?.refusedPackets ?? 0
const failuresOf = ({ leg }: Party) =>
  events.filter((event) => 'leg' in event && event.leg === leg && event.kind === 'failed')

describe('audio under attack, real workers and sockets', { timeout: 20_000, concurrency: true }, () => {
  for (const [what, address] of [
    ['another address', '127.0.0.2'],
    ['another port of the same address', '127.0.0.1'],
  ] as const)
    it(`plain: what is injected from ${what} is not heard, answered or followed, but counted`, async (t) => {
      const { victim, ear } = await call(t)
      const villain = await attacker(t, address)
      let sequence = 1000
      await hearsOnlyVictim(ear, () => {
        for (const ssrc of [victim.peer.port, 0xbadbad]) villain.sendRaw(forged(sequence++, ssrc), victim.at)
      })
      assert.equal(villain.datagrams, 0)
      assert.ok((await refusedOf(victim)) >= 20)
      assert.equal(await refusedOf(ear), 0)
    })

  it('plain: a goodbye and reports of others over RTCP end nothing', async (t) => {
    const { victim, ear } = await call(t)
    const villain = await attacker(t, '127.0.0.2')
    await hearsOnlyVictim(ear, () => {
      for (const port of [victim.at.port, victim.at.port + 1])
        villain.sendRaw(goodbye(victim.peer.port), { ...victim.at, port })
    })
    assert.equal(villain.datagrams, 0)
    assert.ok((await refusedOf(victim)) >= 20)
    assert.deepEqual(failuresOf(victim), [])
  })

  it('keyed: what has no key, another key, a changed byte, or came before is not heard, and counted', async (t) => {
    const { victim, ear } = await call(t, key)
    const villain = await attacker(t, '127.0.0.1')
    const otherKey = new ReferenceSrtp(Buffer.alloc(30, 9))
    const seen: Buffer[] = []
    victim.peer.onSent = (packet) => seen.push(Buffer.from(packet))
    let sequence = 3000
    await hearsOnlyVictim(ear, () => {
      villain.sendRaw(forged(sequence, victim.peer.port), victim.at)
      villain.sendRaw(otherKey.protect(forged(sequence++, 7)), victim.at)
      villain.sendRaw(goodbye(victim.peer.port), victim.at)
      for (const packet of seen.slice(-10)) {
        villain.sendRaw(packet, victim.at)
        for (const at of [1, 3, 9, 20, packet.length - 1]) {
          const changed = Buffer.from(packet)
          changed[at]! ^= 1
          villain.sendRaw(changed, victim.at)
        }
      }
    })
    assert.equal(villain.datagrams, 0, 'a replayed packet moves nothing to where it came from')
    assert.ok((await refusedOf(victim)) >= 100)
    const { received } = (await engine.quality(victim.leg))!
    assert.ok(received.packets < 200, `${received.packets} packets counted as the victim's`)
  })

  it('what the engine sends comes back to it: plain, the own peer alone could do that, keyed, nobody', async (t) => {
    const { victim, ear } = await call(t, key)
    const mirror = await attacker(t, '127.0.0.1')
    ear.peer.speak(1000)
    const back = (packet: Buffer) => mirror.sendRaw(packet, victim.at)
    victim.peer.onDatagram = back
    await hearsOnlyVictim(ear, () => {})
    assert.ok((await refusedOf(victim)) >= 10)
    assert.equal(mirror.datagrams, 0)
  })

  it('packets of every length, of no version and of the longest kind change nothing', async (t) => {
    const { victim, ear } = await call(t)
    const villain = await attacker(t, '127.0.0.1')
    let length = 0
    await hearsOnlyVictim(ear, () => {
      for (const first of [0x80, 0xbf, 0x90, 0xff, 0x40, 0x16, 0x00]) {
        villain.sendRaw(Buffer.alloc(length % 40, first), victim.at)
        villain.sendRaw(Buffer.alloc(65_000 - length, first), victim.at)
      }
      length++
    })
    assert.equal(villain.datagrams, 0)
    assert.deepEqual(failuresOf(victim), [])
  })

  it('a peer of its own right may change its SSRC and lose packets across the wrap: the ear goes on', async (t) => {
    const [speaker, ear] = [await party(t), await party(t)]
    engine.connect(speaker.leg, ear.leg)
    let sequence = 65_500
    let ssrc = 77
    const timer = setInterval(() => {
      sequence++
      if (sequence % 40 === 0) ssrc++
      if (sequence % 9 !== 0 && Math.abs(sequence - 65_536) > 2) speaker.peer.sendRaw(forged(sequence, ssrc))
    }, 20)
    t.after(() => clearInterval(timer))
    const samples = await ear.peer.hear(90)
    assert.ok(toneShare(samples, attackHz) > 0.5)
    const sequences = ear.peer.sequences
    assert.ok(
      sequences.every((value, i) => i === 0 || ((value - sequences[i - 1]!) & 0xffff) < 10),
      sequences.join(),
    )
    assert.equal(await refusedOf(speaker), 0)
  })

  it('a flood of DTLS and STUN from strangers is not answered, on ports of a leg and on the shared one', async (t) => {
    const { victim, ear } = await call(t)
    const villain = await attacker(t, '127.0.0.2')
    const hello = Buffer.from(
      '16feff000000000000000000400100003400000000000000340001000000000000000000000000000000000000000000000000000000000000000000000000000000',
      'hex',
    )
    const check = Buffer.alloc(20)
    check.set([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42])
    await hearsOnlyVictim(ear, () => {
      for (let i = 0; i < 20; i++) {
        hello.writeUInt32BE(Math.floor(Math.random() * 2 ** 32), 30)
        check.writeUInt32BE(i, 16)
        for (const port of [victim.at.port, victim.at.port + 1, mediaPort])
          for (const packet of [hello, check]) villain.sendRaw(packet, { ...victim.at, port })
      }
    })
    assert.equal(villain.datagrams, 0)
    assert.deepEqual(failuresOf(victim), [])
  })
})
