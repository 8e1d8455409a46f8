import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Worker } from 'node:worker_threads'
import { type CallId, isRefusal, type LegId, silentLogger, systemClock } from '@vaxel/base'
import type { MediaEvent, MediaLegId } from '@vaxel/core'
import { FreePorts } from '@vaxel/testkit/free-ports'
import { createEmbeddedMediaEngine } from './create-embedded-engine.ts'
import type { MediaPlane } from './media-plane.ts'
import { ScriptedPeer } from './scripted-peer.fixture.ts'
import { startWorkerPlane } from './worker-plane.ts'

for (const udp of ['batched', 'portable'] as const)
  describe(`a worker thread with ${udp} sockets that dies of an exception`, { timeout: 20_000 }, () => {
    it('fails its legs, closes its sockets, and leaves its place to a new one that serves new legs', async (t) => {
      const ports = await FreePorts.claim()
      t.after(() => ports.release())
      const mediaPort = await ports.port()
      // One pair alone: the new worker must get the very ports that the dead one had.
      const portRange = await ports.range(2)
      const planes: MediaPlane[] = []
      const threads: Worker[] = []
      const onThread = (thread: Worker) => void threads.push(thread)
      process.on('worker', onThread)
      t.after(() => process.off('worker', onThread))
      const events: MediaEvent[] = []
      let notice = () => {}
      const until = async (isSo: () => boolean) => {
        while (!isSo())
          await new Promise<void>((resolve) => {
            notice = resolve
          })
      }
      const engine = await createEmbeddedMediaEngine({
        clock: systemClock,
        log: silentLogger,
        workers: 1,
        mediaPort,
        portRange,
        bindAddresses: ['127.0.0.1'],
        advertise: () => '127.0.0.1',
        drainMs: 0,
        startPlane: async (_, onEvent) => {
          const icePorts = [{ address: '127.0.0.1', port: mediaPort }]
          const plane = await startWorkerPlane({ icePorts, udp }, silentLogger, onEvent)
          planes.push(plane)
          setImmediate(() => notice())
          return plane
        },
      })
      t.after(() => engine.close())
      engine.onEvent((event) => {
        events.push(event)
        notice()
      })
      const talk = async (id: string) => {
        const leg = id as MediaLegId
        const refused = await engine.allocate({
          id: leg,
          callId: id as CallId,
          legId: id as LegId,
          policy: { offer: 'rtp', accept: ['rtp'], ice: false, codecs: ['PCMA'], peerAddress: '127.0.0.1' },
        })
        assert.equal(refused, undefined)
        const peer = await ScriptedPeer.open({})
        t.after(() => peer.close())
        const summary = await engine.receiveOffer(leg, peer.describe())
        assert.ok(!isRefusal(summary))
        peer.takeDescription(await engine.createAnswer(leg))
        engine.echo(leg)
        peer.speak(500)
        await peer.hear(5)
        peer.hush()
        return leg
      }
      const first = await talk('first')
      // No command, whatever is in it, ends a thread; what is none does.
      threads[0]!.postMessage('no commands')
      await until(() => events.some(({ kind }) => kind === 'failed'))
      assert.deepEqual(
        events.filter(({ kind }) => kind === 'failed'),
        [{ kind: 'failed', leg: first, reason: 'the media worker died' }],
      )
      await until(() => planes.length === 2)
      await talk('second')
      assert.equal(events.filter(({ kind }) => kind === 'failed').length, 1)
    })
  })
