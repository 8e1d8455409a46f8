import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiClient, Baresip, between, eventually, followTone, type Platform, startPlatform } from '@vaxel/testkit'
import { assertHeard, heardOf, talk } from '../baresip/heard-tone.ts'
import { Border, type Inner } from './border.ts'

interface CallStory {
  readonly call: { readonly endedAt?: string }
  readonly legs: readonly {
    readonly party: { readonly number?: string }
    readonly keying?: string
    readonly remoteAddress?: string
    readonly quality?: { readonly received: { readonly packets: number; readonly lossRatio: number } }
  }[]
  readonly troubles: readonly { readonly code: string }[]
}

const cases: Readonly<Record<string, readonly [Inner, keying: 'dtls' | 'sdes']>> = {
  'DTLS keys and ICE': [
    { transport: 'udp', keys: 'SDES-off', offer: 'ICE=force UDP/TLS/RTP/SAVPF rtcp-mux-offer' },
    'dtls',
  ],
  'DTLS keys without ICE': [{ transport: 'udp', keys: 'SDES-off', offer: 'ICE=remove UDP/TLS/RTP/SAVP' }, 'dtls'],
  'SDES keys over TLS': [{ transport: 'tls', keys: 'DTLS=off', offer: 'ICE=remove RTP/SAVP' }, 'sdes'],
}

// They mostly listen: three at once leave most of a processor idle.
describe('a session border controller (Kamailio and rtpengine)', { concurrency: 3 }, () => {
  for (const [how, [inner, keying]] of Object.entries(cases))
    describe(`a telephone behind it, with ${how}`, { concurrency: 1 }, () => {
      let platform: Platform
      let api: ApiClient
      let border: Border
      let anna: Baresip
      let bertil: Baresip
      const phones: Baresip[] = []
      before(async () => {
        platform = await startPlatform()
        api = await platform.login()
        border = await Border.start(inner.transport === 'tls' ? platform.sips : platform.sip, inner)
        const { items } = await api.get<{ items: { id: string; sipUsername: string }[] }>('/api/v1/devices?limit=100')
        // What is offered to it, as its audio is encrypted though its signalling comes over UDP.
        await api.patch(`/api/v1/devices/${items.find(({ sipUsername }) => sipUsername === '201')!.id}`, { keying })
        anna = await phone('201', 440, border.outer)
        bertil = await phone('202', 620, platform.sip)
      })
      after(async () => {
        for (const one of phones) await one.stop()
        await border?.stop()
        await platform?.stop()
      })

      const phone = async (user: string, toneHz: number, registrar: string) => {
        const started = await Baresip.start({ user, password: `sip-${user}`, registrar, toneHz })
        phones.push(started)
        return started
      }
      const talking = async (from: Baresip, to: Baresip) => {
        const marks = [from.events.length, to.events.length] as const
        await from.dial(to.user)
        await from.waitFor('CALL_ESTABLISHED', undefined, marks[0])
        await to.waitFor('CALL_ESTABLISHED', undefined, marks[1])
      }
      const hangUp = async (from: Baresip, to: Baresip): Promise<CallStory> => {
        const mark = to.events.length
        await from.hangUp()
        await to.waitFor('CALL_CLOSED', undefined, mark)
        const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/calls?limit=1')
        return await eventually('the call is over', async () => {
          const story = await api.get<CallStory>(`/api/v1/calls/${items[0]!.id}`)
          return story.call.endedAt === undefined ? undefined : story
        })
      }
      /** What we and rtpengine say of the audio between us, which was encrypted. */
      const assertSound = ({ legs, troubles }: CallStory) => {
        assert.deepEqual(troubles, [])
        const [leg] = legs.filter(({ party }) => party.number === '201')
        assert.equal(leg!.keying, keying)
        assert.ok(leg!.quality!.received.packets > 100 && leg!.quality!.received.lossRatio < 0.02)
      }

      it('calls: each hears the other, and a digit arrives', async () => {
        await talking(anna, bertil)
        await talk(1500)
        const mark = bertil.events.length
        await anna.command('sndcode', '5')
        const { param } = await bertil.waitFor('CALL_DTMF_START', undefined, mark)
        assert.equal(param, '5')
        await talk(2000)
        assertSound(await hangUp(anna, bertil))
        await assertHeard(anna, 620, 2500)
        await assertHeard(bertil, 440, 1200)
      })

      it('is called: each hears the other', async () => {
        await talking(bertil, anna)
        await talk(2500)
        assertSound(await hangUp(bertil, anna))
        await assertHeard(anna, 620, 1500, 1)
        await assertHeard(bertil, 440, 1500, 1)
      })

      it('holds and resumes', async () => {
        await talking(bertil, anna)
        await talk(1800)
        await anna.command('hold')
        await talk(2000)
        await anna.command('resume')
        await talk(2500)
        assertSound(await hangUp(bertil, anna))
        const { channels, rateHz, durationMs } = await heardOf(bertil, 2)
        const heard = (fromMs: number, toMs: number) =>
          followTone(between(channels[0]!, rateHz, fromMs, toMs), rateHz, 440, 100).heardMs
        assert.ok(heard(300, 1500) > 800, 'before the hold')
        assert.ok(heard(2600, 3400) < 100, 'on hold')
        assert.ok(heard(durationMs - 1600, durationMs - 300) > 800, 'after it')
      })
    })
})
