import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Baresip, type Platform, startPlatform } from '@vaxel/testkit'
import { assertHeard, talk } from '../baresip/heard-tone.ts'
import { Twinkle } from './twinkle.ts'

describe('a telephone with a stack of its own (Twinkle)', () => {
  let platform: Platform
  let anna: Twinkle
  let bertil: Baresip
  let greta: Baresip
  before(async () => {
    platform = await startPlatform()
    const phone = async (user: string, toneHz: number) =>
      await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip, toneHz })
    bertil = await phone('202', 440)
    greta = await phone('203', 620)
    anna = await Twinkle.start('201', platform.sip)
  })
  after(async () => {
    await anna?.stop()
    for (const phone of [bertil, greta]) await phone?.stop()
    await platform?.stop()
  })

  const call = async (number: string) => anna.say(`call ${number}`, /far end answered call/)

  it('calls, presses a key, holds and resumes', async () => {
    await call('202')
    const mark = bertil.events.length
    await anna.say('dtmf 5', /dtmf 5/)
    assert.equal((await bertil.waitFor('CALL_DTMF_START', undefined, mark)).param, '5')
    await anna.say('hold', /re-INVITE successful/)
    await anna.say('retrieve', /re-INVITE successful/)
  })

  it('transfers at once, and is told that it went well before the call is taken away', async () => {
    const mark = bertil.events.length
    await anna.say('transfer 203', /call successfully referred[^]*call ended/)
    await greta.waitFor('CALL_ESTABLISHED')
    await talk(2000)
    await greta.hangUp()
    await bertil.waitFor('CALL_CLOSED', undefined, mark)
    await assertHeard(greta, 440, 1200)
  })

  it('transfers after a word with the third', async () => {
    const mark = bertil.events.length
    await call('202')
    await anna.say('transfer -c 203', /far end answered call/)
    await anna.say('transfer -c', /call successfully referred/)
    await talk(2000)
    await greta.hangUp()
    await bertil.waitFor('CALL_CLOSED', undefined, mark)
    await assertHeard(greta, 440, 1200, 1)
  })

  it('is called', async () => {
    await bertil.dial('201')
    await bertil.waitFor('CALL_RINGING')
    await anna.say('answer', /call established/)
    const mark = bertil.events.length
    await anna.say('bye', /call ended/)
    await bertil.waitFor('CALL_CLOSED', undefined, mark)
  })
})
