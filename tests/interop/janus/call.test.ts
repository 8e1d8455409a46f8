import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Baresip, type Platform, startPlatform } from '@vaxel/testkit'
import { assertHeard, talk } from '../baresip/heard-tone.ts'
import { Janus, type JanusPhone } from './janus.ts'

describe('telephones behind a WebRTC server (Janus, sofia-sip)', { concurrency: 1 }, () => {
  let platform: Platform
  let janus: Janus
  let anna: JanusPhone
  let bertil: Baresip
  let greta: Baresip
  before(async () => {
    platform = await startPlatform()
    janus = await Janus.start()
    const phone = async (user: string, toneHz: number) =>
      await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip, toneHz })
    bertil = await phone('202', 440)
    greta = await phone('203', 620)
    anna = await janus.phone()
    await anna.say(
      { request: 'register', username: `sip:201@${platform.sip}`, secret: 'sip-201', proxy: `sip:${platform.sip}` },
      'registered',
    )
  })
  after(async () => {
    await anna?.close()
    for (const phone of [bertil, greta]) await phone?.stop()
    await janus?.stop()
    await platform?.stop()
  })

  const call = async (number: string, further: object = {}) => {
    await anna.call(`sip:${number}@${platform.sip}`, 1000, further)
    await anna.waitFor('accepted')
  }
  /** Janus is busy for a moment more after it has told that a call is over: then 202 tries again. */
  const isCalled = async () => {
    for (;;) {
      const mark = bertil.events.length
      await bertil.dial('201')
      const told = await anna.waitFor('incomingcall', 'missed_call')
      if (told.event === 'incomingcall') return told
      await bertil.waitFor('CALL_CLOSED', undefined, mark)
    }
  }
  const hangUp = () => anna.say({ request: 'hangup' }, 'over')

  it('calls, is heard and hears, presses a key, holds and resumes', async () => {
    const mark = bertil.events.length
    await call('202')
    await anna.hears(440)
    await anna.press('5')
    assert.equal((await bertil.waitFor('CALL_DTMF_START', undefined, mark)).param, '5')
    await anna.say({ request: 'hold' }, 'holding')
    await talk(500)
    await anna.say({ request: 'unhold' }, 'resuming')
    await anna.hears(440)
    await talk(2000)
    await hangUp()
    await bertil.waitFor('CALL_CLOSED', undefined, mark)
    await assertHeard(bertil, 1000, 1500)
  })

  it('offers keys beside plain audio, and is answered plain, as its connection is open', async () => {
    await call('202', { srtp: 'sdes_optional' })
    await anna.hears(440)
    await hangUp()
  })

  it('is told to use TLS where it wants nothing but keys over its open connection', async () => {
    await anna.call(`sip:202@${platform.sip}`, 1000, { srtp: 'sdes_mandatory' })
    assert.equal((await anna.waitFor('hangup')).code, 488)
    await anna.waitFor('over')
    const api = await platform.login()
    const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/calls?limit=1')
    const { call } = await api.get<{ call: { termination: { text: string } } }>(`/api/v1/calls/${items[0]!.id}`)
    assert.match(call.termination.text, /let this device use TLS/)
  })

  it('is called, sees who calls, and the other hangs up', async () => {
    assert.match((await isCalled()).displayname ?? '', /Oliver Hughes/)
    await anna.accept(1000)
    await anna.hears(440)
    await bertil.hangUp()
    await anna.waitFor('over')
  })

  it('is called, declines', async () => {
    await isCalled()
    const mark = bertil.events.length
    await anna.say({ request: 'decline', code: 486 }, 'over')
    assert.match((await bertil.waitFor('CALL_CLOSED', undefined, mark)).param ?? '', /^486 /)
  })

  it('transfers at once', async () => {
    await call('202')
    await anna.hears(440)
    const mark = greta.events.length
    await anna.say({ request: 'transfer', uri: `sip:203@${platform.sip}` }, 'transferring')
    await greta.waitFor('CALL_ESTABLISHED', undefined, mark)
    await anna.waitFor('over')
    await talk(1500)
    const talking = bertil.events.length
    await greta.hangUp()
    await bertil.waitFor('CALL_CLOSED', undefined, talking)
    await assertHeard(greta, 440, 1000)
  })

  it('is held by the other, and is transferred', async () => {
    await call('202')
    await anna.hears(440)
    await bertil.command('hold')
    await talk(500)
    await bertil.command('resume')
    await anna.hears(440)
    await bertil.command('transfer', `sip:203@${platform.sip}`)
    await anna.hears(620)
    await hangUp()
  })

  it('transfers after a word with the third, on a second line', async () => {
    await call('202')
    await anna.hears(440)
    await anna.say({ request: 'hold' }, 'holding')
    const second = await anna.line(janus)
    try {
      await second.call(`sip:203@${platform.sip}`, 1000)
      const { call_id } = await second.waitFor('calling')
      await second.waitFor('accepted')
      await second.hears(620)
      await anna.say({ request: 'transfer', uri: `sip:203@${platform.sip}`, replace: call_id }, 'transferring')
      await second.waitFor('over')
      await anna.waitFor('over')
      await talk(1500)
      const talking = bertil.events.length
      await greta.hangUp()
      await bertil.waitFor('CALL_CLOSED', undefined, talking)
      await assertHeard(greta, 440, 1000, 2)
    } finally {
      await second.close()
    }
  })

  it('calls encrypted, over TLS, another of its kind, and writes', async () => {
    const david = await janus.phone()
    try {
      await david.say(
        {
          request: 'register',
          username: 'sip:204@127.0.0.1',
          secret: 'sip-204',
          proxy: `sips:${platform.sips}`,
          outbound_proxy: `sips:${platform.sips}`,
          sips: true,
        },
        'registered',
      )
      await david.call('sip:201@127.0.0.1', 800, { srtp: 'sdes_mandatory' })
      await anna.waitFor('incomingcall')
      await anna.accept(1000)
      await david.waitFor('accepted')
      await david.hears(1000)
      await anna.hears(800)
      await david.say({ request: 'hold' }, 'holding')
      // Janus tells that it holds when it asks for that, and hears no other wish before the answer.
      await talk(500)
      await david.say({ request: 'unhold' }, 'resuming')
      await talk(500)
      await david.hears(1000)
      await david.say({ request: 'hangup' }, 'over')
      await anna.waitFor('over')
      await anna.call(`sip:204@${platform.sip}`, 1000)
      assert.equal((await david.waitFor('incomingcall')).srtp, 'sdes_mandatory')
      await david.accept(800)
      await david.hears(1000)
      await anna.hears(800)
      await hangUp()
      await david.say({ request: 'message', uri: 'sip:201@127.0.0.1', content: 'Hej så länge 👋' }, 'messagesent')
      assert.equal((await anna.waitFor('message')).content, 'Hej så länge 👋')
    } finally {
      await david.close()
    }
  })
})
