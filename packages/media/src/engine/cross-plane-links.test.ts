import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemClock, systemRandom } from '@vaxel/base'
import type { MediaLegId, MixId } from '@vaxel/core'
import type { AgreedAudio } from '@vaxel/sip/sdp'
import { CrossPlaneLinks } from './cross-plane-links.ts'
import type { MediaLeg } from './media-leg.ts'
import type { MediaPlane } from './media-plane.ts'
import { PortPool } from './port-pool.ts'

describe('a link into a conference of another worker', () => {
  it('says there that its listener holds, so that nobody hears the music of its system, and that it is back', async () => {
    const told: string[] = []
    const plane = {
      open: () => Promise.resolve('opened'),
      configure: (leg: MediaLegId, { peerDirection }: AgreedAudio) =>
        void told.push(`${leg.replace(/\d+-/, '')} ${peerDirection}`),
      hear: () => {},
    } as unknown as MediaPlane
    const ports = new PortPool({ range: [40_000, 40_020], clock: systemClock, drainMs: 0, random: systemRandom })
    const links = new CrossPlaneLinks(ports, () => plane)
    const listener = { id: 'a', home: 0, agreed: { codec: 'PCMA', peerDirection: 'sendrecv' } } as unknown as MediaLeg
    const agree = (peerDirection: AgreedAudio['peerDirection']) => {
      listener.agreed = { ...listener.agreed!, peerDirection }
      links.codecChanged(listener)
    }
    links.make(listener, { kind: 'mix', mix: 'm' as MixId, muted: false }, 1)
    await new Promise(setImmediate)
    agree('sendonly')
    agree('sendrecv')
    assert.deepEqual(
      told.filter((line) => line.startsWith('link-far')),
      ['link-far sendrecv', 'link-far sendonly', 'link-far sendrecv'],
    )
    assert.ok(told.filter((line) => line.startsWith('link-near')).every((line) => line === 'link-near sendrecv'))
  })
})
