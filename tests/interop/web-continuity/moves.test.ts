import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  type Baresip,
  between,
  eventually,
  hasOwnNetwork,
  HomeNetwork,
  type Place,
  runInOwnNetwork,
  serverAddress,
} from '@vaxel/testkit'
import { heardOf, talk } from '../baresip/heard-tone.ts'
import { World, type WholeCall } from '../nat/behind-routers.ts'
import { callsGoThroughTheHome, moveToAnotherNetwork } from './another-network.ts'
import { WebPhone } from './web-phone.ts'

if (hasOwnNetwork())
  describe('a browser changes networks in mid-call', () => {
    let world: World
    let web: WebPhone
    let desk: Baresip
    let home: HomeNetwork
    let place: Place
    before(async () => {
      world = await World.start()
      home = await HomeNetwork.make({ kind: 'symmetric' })
      place = home.addHost()
      callsGoThroughTheHome(place)
      const { https } = world.platform.ports
      web = await WebPhone.start(`wss://${serverAddress}:${https}/sip`, '216', place)
      desk = await world.phone(await HomeNetwork.make({ kind: 'port-restricted' }), '217', 620)
    })
    after(async () => {
      await web?.close()
      await world?.stop()
    })
    const callOf = async (): Promise<string> => {
      const api = await world.platform.login()
      const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/live-calls')
      return items[0]!.id
    }
    const timelineOf = async (id: string) =>
      (await (await world.platform.login()).get<WholeCall>(`/api/v1/calls/${id}`)).timeline
    const loudestAtTheEnd = async (lastMs: number): Promise<number> => {
      const wav = await heardOf(desk)
      const part = between(wav.channels[0]!, wav.rateHz, wav.durationMs - lastMs, wav.durationMs)
      return part.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    }

    it('its own address and then its router’s: it is heard and hears again, in the same call, and can be hung up on', async () => {
      await web.call('sip:217@demo.vaxel.test')
      await web.hears(620)
      const id = await callOf()
      const started = Date.now()
      moveToAnotherNetwork(place)
      await web.happened('moved')
      await web.hears(620)
      process.stdout.write(`# own address changed: hears again ${Date.now() - started} ms later\n`)
      home.changePublicAddress()
      await talk(4000)
      await web.hears(620)
      await talk(1500)
      const kinds = desk.events.map(({ type }) => type)
      assert.ok(!kinds.includes('CALL_CLOSED'), kinds.join(', '))
      assert.equal(await callOf(), id)
      await desk.hangUp()
      assert.ok((await loudestAtTheEnd(1000)) > 0.01, 'the browser is heard from its new network')
      const told = await timelineOf(id)
      const [gone, back] = ['call.interrupted', 'call.resumed'].map(
        (kind) => told.filter((e) => e.kind === kind).length,
      )
      assert.equal(gone, back, 'whatever was interrupted was resumed')
      await eventually('the end in the browser', () => web.hasEnded())
    })
  })
else
  it('a browser changes networks in mid-call', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    process.stdout.write(output.match(/^.*# own address.*$/gm)?.join('\n') ?? '')
    assert.equal(code, 0, output)
  })
