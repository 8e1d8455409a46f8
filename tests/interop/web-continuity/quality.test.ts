import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { compileCheck, noticeKinds } from '@vaxel/contract'
import { type Baresip, eventually, hasOwnNetwork, HomeNetwork, runInOwnNetwork } from '@vaxel/testkit'
import { World } from '../nat/behind-routers.ts'
import { WebPhone } from './web-phone.ts'

interface Line {
  readonly packets: number
  readonly lossRatio: number
  readonly roundTripMs?: number
  readonly mos?: number
}
interface Told {
  readonly notice?: string
  readonly data: { readonly up: Line; readonly down: Line; readonly bad: string }
}

if (hasOwnNetwork())
  describe('a browser on a line that loses every twelfth packet each way', () => {
    let world: World
    let web: WebPhone
    let desk: Baresip
    let home: HomeNetwork
    before(async () => {
      world = await World.start()
      home = await HomeNetwork.make({ kind: 'port-restricted', line: { seed: 5, lossRatio: 0.08, delayMs: 40 } })
      web = await WebPhone.start(`wss://203.0.113.1:${world.platform.ports.https}/sip`, '216', home.addHost())
      desk = await world.phone(await HomeNetwork.make({ kind: 'port-restricted' }), '217', 620)
    })
    after(async () => {
      await web?.close()
      await world?.stop()
      await home?.close()
    })

    it('is told so while the call goes on, both ways, and the ledger has it afterwards', async () => {
      const { token } = await world.platform.login('216')
      const stream = new WebSocket(`${world.platform.url.replace('http', 'ws')}/api/v1/events?notices=1`, [
        'vaxel.events.v1',
        `bearer.${token}`,
      ])
      const notices: Told[] = []
      stream.addEventListener('message', ({ data }) => {
        const told = JSON.parse(String(data)) as Told
        if (told.notice === 'call.quality') notices.push(told)
      })
      await web.call('sip:217@demo.vaxel.test')
      const bad = await eventually(
        'a notice with both ways bad, when a report of the browser has come back',
        () => notices.find(({ data: { bad, up, down } }) => bad === 'both' && up.roundTripMs && down.roundTripMs),
        25_000,
      )
      const what = JSON.stringify(notices.map(({ data }) => data))
      const kind = noticeKinds.find((one) => one.kind === 'call.quality')!
      assert.deepEqual(compileCheck(kind.data).mistakes(bad.data), [], what)
      for (const way of [bad.data.up, bad.data.down]) {
        assert.ok(way.lossRatio > 0.02 && way.lossRatio < 0.4, what)
        assert.ok(way.roundTripMs !== undefined && way.roundTripMs > 75, what)
        assert.ok(way.mos !== undefined && way.mos < 4, what)
      }
      // Of the last five seconds alone: 250 packets less what was lost, as far as the machine keeps up.
      assert.ok(bad.data.up.packets > 30 && bad.data.up.packets < 600, what)
      stream.close()
      await web.hangUp()
      await desk.waitFor('CALL_CLOSED', 20_000)
      const { legs } = await world.endedCall('216', '217')
      const { received, sent } = legs.find(({ role }) => role === 'caller')!.quality!
      const ledger = JSON.stringify(legs)
      assert.ok(received.lossRatio > 0.03 && received.lossRatio < 0.3, ledger)
      assert.ok(sent.lossRatio > 0.02 && sent.lossRatio < 0.3, ledger)
      assert.ok((received.roundTripMs ?? 0) > 75, ledger)
    })
  })
else
  it('a browser on a bad line is told how it is', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
