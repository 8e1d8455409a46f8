import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type ApiClient, Baresip, eventually, hearRecording, type Platform, startPlatform } from '@vaxel/testkit'
import { talk } from '../baresip/heard-tone.ts'
import { toneStretches } from './tone-stretches.ts'

interface LiveCall {
  readonly id: string
  readonly connections: readonly { readonly legId: string; readonly party: { readonly number: string } }[]
}

interface Told {
  readonly kind: string
  readonly data: { readonly recording?: string; readonly file?: string; readonly durationMs?: number }
}

describe('a recording is stopped and started again', () => {
  let platform: Platform
  let api: ApiClient
  const phones: Baresip[] = []
  before(async () => {
    platform = await startPlatform()
    api = await platform.login()
    for (const [user, toneHz] of [
      ['204', 440],
      ['205', 620],
    ] as const)
      phones.push(await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip, toneHz }))
  })
  after(async () => {
    for (const phone of phones) await phone.stop()
    await platform?.stop()
  })

  const recordings = async (callId: string) =>
    (await api.get<{ timeline: Told[] }>(`/api/v1/calls/${callId}`)).timeline.filter(
      ({ kind }) => kind === 'recording.ended',
    )

  it('gives two files with what was said meanwhile, which only their owner can read; who may not, cannot', async () => {
    const [david, eva] = phones
    await david!.dial('205')
    await Promise.all([david!.waitFor('CALL_ESTABLISHED'), eva!.waitFor('CALL_ESTABLISHED')])
    const call = (await api.get<{ items: LiveCall[] }>('/api/v1/live-calls')).items[0]!
    const { legId } = call.connections.find(({ party }) => party.number === '204')!
    const path = (verb: string) => `/api/v1/live-calls/${call.id}/commands/${verb}`
    const status = async (client: ApiClient, verb: string) =>
      (await client.request('POST', path(verb), { legId })).status

    assert.equal(await status(api, 'stopRecording'), 409, 'nothing is recorded yet')
    const stranger = await platform.login('206')
    assert.ok([403, 404].includes(await status(stranger, 'startRecording')), 'who is not in the call')
    const counterpart = await platform.login('205')
    assert.equal(await status(counterpart, 'startRecording'), 403, 'it is the other’s connection')

    const owner = await platform.login('204')
    const askedMs = [Date.now()]
    assert.equal(await status(owner, 'startRecording'), 202)
    assert.equal(await status(owner, 'startRecording'), 409, 'once is enough')
    await talk(1500)
    assert.equal(await status(owner, 'stopRecording'), 202)
    await eventually('the first recording is complete', async () => (await recordings(call.id)).length === 1)
    const doneMs = [Date.now()]
    await talk(1000)
    askedMs.push(Date.now())
    assert.equal(await status(owner, 'startRecording'), 202)
    await talk(1500)
    await david!.hangUp()
    await eva!.waitFor('CALL_CLOSED')
    doneMs.push(Date.now())

    const ended = await eventually('both are complete', async () => {
      const all = await recordings(call.id)
      return all.length === 2 && all
    })
    const files = ended.map(({ data }) => join(platform.data, data.file!))
    assert.notEqual(files[0], files[1])
    for (const [at, file] of files.entries()) {
      const { recording } = ended[at]!.data
      const wav = await hearRecording(owner, recording!)
      assert.equal(readFileSync(file).toString('latin1', 0, 8), 'VXSOUND1', 'sealed on the disk')
      // What was on its way when it was asked for belongs to it.
      const meanwhileMs = doneMs[at]! - askedMs[at]! + 500
      const what = `${wav.durationMs} of ${meanwhileMs} ms: not what was said in between`
      assert.ok(wav.durationMs > 1200 && wav.durationMs < meanwhileMs, what)
      for (const [channel, toneHz] of [440, 620].entries()) {
        const heard = toneStretches(wav.channels[channel]!, wav.rateHz, toneHz)
        assert.equal(heard.length, 1, `${toneHz} Hz: ${JSON.stringify(heard)}`)
        assert.ok(heard[0]!.toMs - heard[0]!.fromMs > 1000, JSON.stringify(heard))
      }
      assert.equal(statSync(file).mode & 0o077, 0, 'for its owner alone')
      assert.equal(statSync(join(file, '..')).mode & 0o077, 0)
    }
  })
})
