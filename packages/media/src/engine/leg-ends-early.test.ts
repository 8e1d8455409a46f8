import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CallId, type LegId, silentLogger, systemClock } from '@vaxel/base'
import type { MediaEngine, MediaLegId, MediaPolicy } from '@vaxel/core'
import { FreePorts } from '@vaxel/testkit'
import { makeDtlsCertificate } from '../dtls/certificate.ts'
import { createEmbeddedMediaEngine } from './create-embedded-engine.ts'
import { startWorkerPlane } from './worker-plane.ts'

const address = '127.0.0.1'
const policy: MediaPolicy = {
  codecs: ['opus', 'PCMA'],
  offer: 'rtp',
  accept: ['dtls', 'rtp'],
  ice: false,
  peerAddress: address,
}
const offerWithIce = [
  'v=0',
  `o=- 1 1 IN IP4 ${address}`,
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=rtcp-mux',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
  'a=setup:actpass',
  'a=rtpmap:111 opus/48000/2',
  '',
].join('\r\n')

const allocate = (engine: MediaEngine, name: string, more: Partial<MediaPolicy> = {}) =>
  engine.allocate({
    id: name as MediaLegId,
    callId: name as CallId,
    legId: name as LegId,
    policy: { ...policy, ...more },
  })

describe('a leg that ends while it is being made', () => {
  for (const [when, waits] of [
    ['in the same moment', () => undefined],
    ['in the same turn', () => Promise.resolve()],
    ['when its worker has been asked', () => new Promise((resolve) => setImmediate(resolve))],
  ] as const)
    it(`leaves no port taken: ${when}`, async (t) => {
      const free = await FreePorts.claim()
      t.after(() => free.release())
      const engine = await createEmbeddedMediaEngine({
        clock: systemClock,
        log: silentLogger,
        workers: 1,
        portRange: await free.range(20),
        bindAddresses: [address],
        advertise: () => address,
        drainMs: 0,
      })
      t.after(() => engine.close())
      for (let i = 0; i < 15; i++) {
        const allocated = allocate(engine, `early ${i}`)
        await waits()
        const released = engine.release(`early ${i}` as MediaLegId)
        await Promise.all([allocated, released])
      }
      for (let i = 0; i < 10; i++) assert.equal(await allocate(engine, `leg ${i}`), undefined, `pair ${i} is free`)
    })

  it('leaves nothing at the worker to which an offer of ICE moves it', async (t) => {
    const free = await FreePorts.claim()
    t.after(() => free.release())
    const mediaPort = await free.port()
    const there = [new Set<string>(), new Set<string>()]
    const certificate = makeDtlsCertificate(Date.now())
    const engine = await createEmbeddedMediaEngine({
      clock: systemClock,
      log: silentLogger,
      workers: 2,
      mediaPort,
      portRange: await free.range(60),
      bindAddresses: [address],
      advertise: () => address,
      startPlane: async (index, onEvent) => {
        const icePorts = index === 0 ? [{ address, port: mediaPort }] : []
        const plane = await startWorkerPlane({ certificate, icePorts }, silentLogger, onEvent, systemClock)
        return {
          ...plane,
          open: async (leg, ...more) => {
            const opened = await plane.open(leg, ...more)
            if (opened === 'opened') there[index]!.add(leg)
            return opened
          },
          release: (leg) => {
            there[index]!.delete(leg)
            return plane.release(leg)
          },
        }
      },
    })
    t.after(() => engine.close())
    // New legs go to the other worker then.
    for (let i = 0; i < 3; i++) await allocate(engine, `before ${i}`, { ice: true })
    for (let i = 0; i < 20; i++) {
      const id = `leg ${i}` as MediaLegId
      await allocate(engine, id)
      const offered = engine.receiveOffer(id, offerWithIce)
      for (let turns = 0; turns < i % 5; turns++) await Promise.resolve()
      await Promise.all([offered, engine.release(id)])
    }
    assert.deepEqual(
      there.map(({ size }) => size),
      [3, 0],
    )
  })
})
