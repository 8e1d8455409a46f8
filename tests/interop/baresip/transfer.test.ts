import { after, before, describe, it } from 'node:test'
import { Baresip, eventually, type Platform, startPlatform } from '@vaxel/testkit'
import { assertHeard, talk } from './heard-tone.ts'

interface LiveCall {
  readonly id: string
}

describe('a call is transferred (baresip)', () => {
  let platform: Platform
  const phones: Baresip[] = []
  before(async () => {
    platform = await startPlatform()
  })
  after(async () => {
    for (const phone of phones) await phone.stop()
    await platform?.stop()
  })
  const phone = async (user: string, toneHz: number) => {
    const started = await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip, toneHz })
    phones.push(started)
    return started
  }
  const talking = async (from: Baresip, to: Baresip) => {
    const [before, after] = [from.events.length, to.events.length]
    await from.dial(to.user)
    await Promise.all([from.waitFor('CALL_ESTABLISHED', 30_000, before), to.waitFor('CALL_ESTABLISHED', 30_000, after)])
  }

  it('blindly by REFER from a phone: the two others talk, the transferrer is out', async () => {
    const [anna, bertil, cecilia] = [await phone('201', 440), await phone('202', 620), await phone('203', 780)]
    await talking(anna, bertil)
    await talk(1000)
    await anna.command('transfer', '203')
    await cecilia.waitFor('CALL_ESTABLISHED')
    await anna.waitFor('CALL_CLOSED')
    await talk(3000)
    await cecilia.hangUp()
    await bertil.waitFor('CALL_CLOSED')
    await assertHeard(cecilia, 620, 2000)
    for (const each of [anna, bertil, cecilia]) await each.stop()
  })

  it('to a number that is nobody, when the transferrer hangs up at once: their phone rings, and the two talk again', async () => {
    const [anna, bertil] = [await phone('201', 440), await phone('202', 620)]
    await talking(anna, bertil)
    await talk(1000)
    const talked = anna.events.length
    await anna.command('transfer', '299')
    await anna.hangUp()
    await anna.waitFor('CALL_CLOSED', 30_000, talked)
    await anna.waitFor('CALL_ESTABLISHED', 30_000, talked)
    const back = anna.events.length
    await talk(3000)
    await bertil.hangUp()
    await anna.waitFor('CALL_CLOSED', 30_000, back)
    await assertHeard(anna, 620, 2000, 1)
    for (const each of [anna, bertil]) await each.stop()
  })

  it('blindly by the API: the other party is sent on without its phone taking part', async () => {
    const [david, eva, filip] = [await phone('204', 440), await phone('205', 620), await phone('206', 780)]
    await talking(david, eva)
    const api = await platform.login('201')
    const live = await eventually('the call among the live ones', async () => {
      const { body } = await api.request<{ items?: LiveCall[] }>('GET', '/api/v1/live-calls')
      return (body.items ?? [])[0]
    })
    const user = await platform.login('204')
    await user.post(`/api/v1/live-calls/${live.id}/commands/transfer`, { to: '206' })
    await filip.waitFor('CALL_ESTABLISHED')
    await david.waitFor('CALL_CLOSED')
    await talk(3000)
    await filip.hangUp()
    await eva.waitFor('CALL_CLOSED')
    await assertHeard(filip, 620, 2000)
    for (const each of [david, eva, filip]) await each.stop()
  })

  it('after a consultation, by the API: hold, consult, transfer', async () => {
    const [gunnar, helga, ivar] = [await phone('207', 440), await phone('208', 620), await phone('209', 780)]
    await talking(gunnar, helga)
    const user = await platform.login('207')
    const [first] = (await user.get<{ items: LiveCall[] }>('/api/v1/live-calls')).items
    const consultation = await user.post<{ callId: string }>(`/api/v1/live-calls/${first!.id}/commands/consult`, {
      to: '209',
    })
    await ivar.waitFor('CALL_ESTABLISHED')
    await talk(1500)
    await user.post(`/api/v1/live-calls/${first!.id}/commands/transfer`, { otherCallId: consultation.callId })
    await eventually('the transferrer is out', () => gunnar.events.some(({ type }) => type === 'CALL_CLOSED'))
    await talk(3000)
    await ivar.hangUp()
    await helga.waitFor('CALL_CLOSED')
    await assertHeard(ivar, 620, 2000)
    for (const each of [gunnar, helga, ivar]) await each.stop()
  })
})
