import { after, before, describe, it } from 'node:test'
import { Baresip, eventually, Linphone, type Platform, startPlatform } from '@vaxel/testkit'
import { assertHeard, talk } from '../baresip/heard-tone.ts'

describe('a call is transferred after a consultation by the telephone itself (linphone, baresip)', () => {
  let platform: Platform
  const stops: (() => Promise<void>)[] = []
  before(async () => {
    platform = await startPlatform()
  })
  after(async () => {
    for (const stop of stops) await stop()
    await platform?.stop()
  })
  const baresip = async (user: string, toneHz: number) => {
    const phone = await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip, toneHz })
    stops.push(() => phone.stop())
    return phone
  }

  it('by REFER with Replaces (RFC 3891, RFC 5589): the two others talk, and both of its calls end', async () => {
    const [bertil, cecilia] = [await baresip('202', 620), await baresip('203', 780)]
    const anna = await Linphone.start({ user: '201', password: 'sip-201', registrar: platform.sip })
    stops.push(() => anna.stop())
    anna.command('call 202')
    await bertil.waitFor('CALL_ESTABLISHED')
    await talk(1000)
    anna.command('pause')
    await talk(1000)
    anna.command('call 203')
    await cecilia.waitFor('CALL_ESTABLISHED')
    await talk(1500)
    anna.command('transfer 1 --to-call 2')
    await anna.waitForStatus('hook', /on-hook/)
    const api = await platform.login('201')
    await eventually('only the two others are in a call', async () => {
      const { items } = await api.get<{ items: { connections: { party: { number: string } }[] }[] }>(
        '/api/v1/live-calls',
      )
      const numbers = items.flatMap(({ connections }) => connections.map(({ party }) => party.number)).toSorted()
      return items.length === 1 && numbers.includes('202') && numbers.includes('203')
    })
    await talk(3000)
    await cecilia.hangUp()
    await bertil.waitFor('CALL_CLOSED')
    await assertHeard(cecilia, 620, 2000)
  })
})
