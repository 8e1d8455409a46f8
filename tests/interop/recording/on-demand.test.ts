import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  Baresip,
  between,
  eventually,
  hearRecording,
  levelDbov,
  type Platform,
  startPlatform,
  type Wav,
} from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'
import { loudStretches, type Stretch, toneStretches } from './tone-stretches.ts'

interface LiveCall {
  readonly id: string
  readonly connections: readonly { readonly legId: string; readonly party: { readonly number: string } }[]
}

interface Told {
  readonly kind: string
  readonly at: string
  readonly data: {
    readonly leg?: string
    readonly recording?: string
    readonly file?: string
    readonly durationMs?: number
  }
}

const [annaHz, bertilHz, ceciliaHz] = [440, 620, 780]

describe('a conversation is recorded on demand', () => {
  let platform: Platform
  let api: ApiClient
  let timeline: readonly Told[]
  let ofAnna: Wav
  let ofBertil: Wav
  const legs: Record<string, string> = {}
  const phones: Baresip[] = []

  const phone = async (user: string, toneHz: number) => {
    const started = await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip, toneHz })
    phones.push(started)
    return started
  }
  const recordingOf = (user: string): Told => {
    const ended = timeline.find(({ kind, data }) => kind === 'recording.ended' && data.leg === legs[user])
    assert.ok(ended, `recording.ended of ${user}: ${JSON.stringify(timeline)}`)
    return ended
  }

  before(async () => {
    platform = await startPlatform()
    api = await platform.login()
    const [anna, bertil, cecilia] = [
      await phone('201', annaHz),
      await phone('202', bertilHz),
      await phone('203', ceciliaHz),
    ]
    await anna.dial('202')
    await Promise.all([anna.waitFor('CALL_ESTABLISHED'), bertil.waitFor('CALL_ESTABLISHED')])
    const { items } = await api.get<{ items: LiveCall[] }>('/api/v1/live-calls')
    const call = items[0]!
    for (const { legId, party } of call.connections) legs[party.number] = legId
    const command = (verb: string, user: string, more: object = {}) =>
      api.post(`/api/v1/live-calls/${call.id}/commands/${verb}`, { legId: legs[user], ...more })
    await command('startRecording', '201')
    await command('startRecording', '202')
    await talk(2500)
    await command('hold', '201')
    await talk(2500)
    await command('retrieve', '201')
    await talk(2500)
    await command('transfer', '202', { to: '203' })
    await Promise.all([cecilia.waitFor('CALL_ESTABLISHED'), bertil.waitFor('CALL_CLOSED')])
    await talk(2500)
    await cecilia.hangUp()
    await anna.waitFor('CALL_CLOSED')
    timeline = await eventually('both recordings in the ledger', async () => {
      const read = await api.get<{ timeline: Told[] }>(`/api/v1/calls/${call.id}`)
      return read.timeline.filter(({ kind }) => kind === 'recording.ended').length === 2 && read.timeline
    })
    ofAnna = await hearRecording(api, recordingOf('201').data.recording!)
    ofBertil = await hearRecording(api, recordingOf('202').data.recording!)
  })
  after(async () => {
    for (const each of phones) await each.stop()
    await platform?.stop()
  })

  const heard = (wav: Wav, channel: 'left' | 'right', toneHz: number): Stretch[] =>
    toneStretches(wav.channels[channel === 'left' ? 0 : 1]!, wav.rateHz, toneHz)
  const assertLasts = (stretch: Stretch | undefined, atLeastMs: number, what: string) =>
    assert.ok(stretch && stretch.toMs - stretch.fromMs >= atLeastMs, `${what}: ${JSON.stringify(stretch)}`)

  it('the ledger tells the start and the end, the file and how long it is', () => {
    for (const [user, wav] of [
      ['201', ofAnna],
      ['202', ofBertil],
    ] as const) {
      const { data } = recordingOf(user)
      const started = timeline.findIndex(
        ({ kind, data: { leg } }) => kind === 'recording.started' && leg === legs[user],
      )
      const ended = timeline.findIndex(({ kind, data: { leg } }) => kind === 'recording.ended' && leg === legs[user])
      assert.ok(started >= 0 && started < ended)
      assert.equal(timeline[started]!.data.recording, data.recording)
      assert.equal(wav.channels.length, 2)
      assert.ok(Math.abs(wav.durationMs - data.durationMs!) <= 40, `${wav.durationMs} and ${data.durationMs} ms`)
      const lastedMs = Date.parse(timeline[ended]!.at) - Date.parse(timeline[started]!.at)
      assert.ok(Math.abs(wav.durationMs - lastedMs) < 1000, `${wav.durationMs} ms of ${lastedMs} ms`)
    }
  })

  it('left has what the caller said: without a gap, but for the hold', () => {
    const said = heard(ofAnna, 'left', annaHz)
    assert.equal(said.length, 2, JSON.stringify(said))
    assertLasts(said[0], 2000, 'before the hold')
    assertLasts(said[1], 4500, 'after the hold, through the transfer')
    for (const toneHz of [bertilHz, ceciliaHz]) assert.deepEqual(heard(ofAnna, 'left', toneHz), [])
  })

  it('right has what the caller heard: the second person, nothing in the hold, the second, then the third person', () => {
    const second = heard(ofAnna, 'right', bertilHz)
    const third = heard(ofAnna, 'right', ceciliaHz)
    assert.equal(second.length, 2, JSON.stringify(second))
    assert.equal(third.length, 1, JSON.stringify(third))
    assertLasts(second[0], 2000, 'the second person before the hold')
    assertLasts(second[1], 2000, 'the second person after the hold')
    assertLasts(third[0], 2000, 'the third person')
    assert.ok(second[1]!.toMs - third[0]!.fromMs < 40, `one after the other: ${JSON.stringify([second, third])}`)
    assert.deepEqual(heard(ofAnna, 'right', annaHz), [], 'nobody hears themselves')
    const held = between(ofAnna.channels[1]!, ofAnna.rateHz, second[0]!.toMs + 300, second[1]!.fromMs - 300)
    assert.ok(levelDbov(held) < -50, `silence in the hold, but ${levelDbov(held)} dBov`)
  })

  it('who was put on hold heard music, and nothing of the holder', () => {
    const caller = heard(ofBertil, 'right', annaHz)
    assert.equal(caller.length, 2, JSON.stringify(caller))
    const held = between(ofBertil.channels[1]!, ofBertil.rateHz, caller[0]!.toMs + 300, caller[1]!.fromMs - 300)
    assert.ok(held.length / ofBertil.rateHz > 1.5)
    assert.ok(levelDbov(held) > -45, `music in the hold, but ${levelDbov(held)} dBov`)
    assert.deepEqual(toneStretches(held, ofBertil.rateHz, annaHz), [])
    assert.ok(loudStretches(held, ofBertil.rateHz, -60, 200).length > 0)
    const said = heard(ofBertil, 'left', bertilHz)
    assert.equal(said.length, 1, `who is held goes on to speak: ${JSON.stringify(said)}`)
  })

  it('the recording of who was transferred away ends with their part, the other goes on', () => {
    assert.ok(ofBertil.durationMs < ofAnna.durationMs - 2000, `${ofBertil.durationMs} and ${ofAnna.durationMs} ms`)
    assert.deepEqual(heard(ofBertil, 'right', ceciliaHz), [])
  })
})
