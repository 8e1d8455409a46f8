import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { MediaLegId } from '@vaxel/core'
import type { AgreedAudio } from '@vaxel/sip/sdp'
import { WorkerRig } from '../worker/worker-rig.fixture.ts'
import { isOpusWanted, loadOpus, OpusCodec } from './opus.ts'

it('libopus is loaded when a leg may speak Opus, not before', async () => {
  const rig = new WorkerRig()
  await rig.worker.start()
  const leg = 'a' as MediaLegId
  await rig.ask({ do: 'open', leg, ports: { address: '127.0.0.1', rtpPort: 10_000 } })
  const agreed: AgreedAudio = {
    codec: 'PCMA',
    sendPayloadType: 8,
    sendPtimeMs: 20,
    sendInbandFec: false,
    receive: [{ payloadType: 8, codec: 'PCMA' }],
    receiveEvents: [],
    keying: 'rtp',
    remote: { address: '127.0.0.1', rtpPort: 20_000, rtcpPort: 20_001 },
    rtcpMux: false,
    direction: 'sendrecv',
    peerDirection: 'sendrecv',
  }
  rig.perform({ do: 'configure', leg, agreed })
  rig.perform({ do: 'hear', leg, hearing: { kind: 'echo' } })
  await rig.pass(100)
  assert.equal(isOpusWanted(), false)
  const receive = [...agreed.receive, { payloadType: 111, codec: 'opus' as const }]
  rig.perform({ do: 'configure', leg, agreed: { ...agreed, receive } })
  assert.equal(isOpusWanted(), true)
  await loadOpus()
  const codec = new OpusCodec({ sampleRate: 16_000 })
  await codec.ready
  assert.ok(codec.encode(new Int16Array(320), new Uint8Array(1275)) > 0)
  codec.close()
  await rig.close()
})
