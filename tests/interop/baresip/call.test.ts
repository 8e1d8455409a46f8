import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  Baresip,
  type BaresipOptions,
  between,
  followTone,
  levelDbov,
  type Platform,
  startPlatform,
} from '@vaxel/testkit'
import { assertHeard, heardOf, talk } from './heard-tone.ts'

type Carriage = Pick<BaresipOptions, 'transport' | 'keying' | 'codecs' | 'ice'>

// They mostly listen: three calls at once leave most of a processor idle.
describe('two people talk (baresip)', { concurrency: 3 }, () => {
  let platform: Platform
  const phones: Baresip[] = []
  before(async () => {
    platform = await startPlatform()
  })
  after(async () => {
    for (const phone of phones) await phone.stop()
    await platform?.stop()
  })

  const phone = async (user: string, toneHz: number, carriage: Carriage = {}, more: Partial<BaresipOptions> = {}) => {
    const registrar = carriage.transport === 'tls' ? platform.sips : platform.sip
    const started = await Baresip.start({ user, password: `sip-${user}`, registrar, toneHz, ...carriage, ...more })
    phones.push(started)
    return started
  }

  /** A phone over TLS is offered SDES keys, unless its device says that it wants DTLS. */
  const offerDtlsTo = async (usernames: readonly string[]) => {
    const api = await platform.login()
    const { items } = await api.get<{ items: { id: string; sipUsername: string }[] }>('/api/v1/devices?limit=100')
    for (const { id, sipUsername } of items)
      if (usernames.includes(sipUsername)) await api.patch(`/api/v1/devices/${id}`, { keying: 'dtls' })
  }

  const cases: readonly (readonly [string, Carriage, Carriage])[] = [
    ['over UDP with plain RTP', {}, {}],
    ['over TCP with plain RTP', { transport: 'tcp' }, { transport: 'tcp' }],
    ['over TLS with SDES keys', { transport: 'tls', keying: 'sdes' }, { transport: 'tls', keying: 'sdes' }],
    ['over TLS with DTLS keys', { transport: 'tls', keying: 'dtls' }, { transport: 'tls', keying: 'dtls' }],
    ['between an encrypted and a plain phone', { transport: 'tls', keying: 'sdes' }, {}],
    ['in G.722', { codecs: ['G722/16000/1'] }, { codecs: ['G722/16000/1'] }],
    ['in Opus', { codecs: ['opus/48000/2'] }, { codecs: ['opus/48000/2'] }],
    ['where the codecs differ, by transcoding', { codecs: ['opus/48000/2'] }, { codecs: ['PCMU/8000/1'] }],
  ]
  for (const [index, [how, callers, callees]] of cases.entries()) {
    it(`${how}: each hears the other's tone without a gap`, async () => {
      const [from, to] = [String(201 + index * 2), String(202 + index * 2)]
      if (callees.keying === 'dtls') await offerDtlsTo([from, to])
      const anna = await phone(from, 440, callers)
      const bertil = await phone(to, 620, callees)
      await anna.dial(to)
      await Promise.all([anna.waitFor('CALL_ESTABLISHED'), bertil.waitFor('CALL_ESTABLISHED')])
      await talk(4000)
      await anna.hangUp()
      await bertil.waitFor('CALL_CLOSED')
      await assertHeard(anna, 620, 2500)
      await assertHeard(bertil, 440, 2500)
      await anna.stop()
      await bertil.stop()
    })
  }

  it('hears itself at the echo test 600', async () => {
    const anna = await phone('217', 500)
    await anna.dial('600')
    await anna.waitFor('CALL_ESTABLISHED')
    await talk(4000)
    await anna.hangUp()
    await assertHeard(anna, 500, 2500)
    await anna.stop()
  })

  it('hears nothing of the other while on hold, and the other again afterwards', async () => {
    const anna = await phone('218', 440)
    const bertil = await phone('219', 620)
    await anna.dial('219')
    await Promise.all([anna.waitFor('CALL_ESTABLISHED'), bertil.waitFor('CALL_ESTABLISHED')])
    await talk(2000)
    await anna.command('hold')
    await talk(3000)
    await anna.command('resume')
    await talk(2500)
    await anna.hangUp()
    await bertil.waitFor('CALL_CLOSED')
    const wav = await heardOf(bertil)
    const samples = wav.channels[0]!
    const part = (fromMs: number, toMs: number) => between(samples, wav.rateHz, fromMs, toMs)
    assert.ok(followTone(part(300, 1700), wav.rateHz, 440, 100).heardMs > 1000, 'talked before the hold')
    const held = part(3000, 4500)
    assert.ok(
      followTone(held, wav.rateHz, 440, 0).heardMs < 100,
      `the holder leaks: ${JSON.stringify(followTone(held, wav.rateHz, 440, 0))}, level ${levelDbov(held)}`,
    )
    const afterwards = part(wav.durationMs - 1800, wav.durationMs - 300)
    assert.ok(followTone(afterwards, wav.rateHz, 440, 100).heardMs > 1000, 'talked after the hold')
    await anna.stop()
    await bertil.stop()
  })

  it('rings every phone of a user; the first to answer has the call, the other stops', async () => {
    const caller = await phone('201', 440)
    const desk = await phone('202', 620, {}, { answer: 'manual' })
    const soft = await phone('202', 700, { transport: 'tcp' }, { answer: 'manual' })
    await caller.dial('202')
    await Promise.all([desk.waitFor('CALL_INCOMING'), soft.waitFor('CALL_INCOMING')])
    await soft.answer()
    await Promise.all([caller.waitFor('CALL_ESTABLISHED'), desk.waitFor('CALL_CLOSED')])
    await talk(2000)
    await caller.hangUp()
    await soft.waitFor('CALL_CLOSED')
    await assertHeard(caller, 700, 1200)
    for (const each of [caller, desk, soft]) await each.stop()
  })
})
