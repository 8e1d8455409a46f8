import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  type Baresip,
  eventually,
  hasOwnNetwork,
  HomeNetwork,
  type Place,
  runInOwnNetwork,
  runTool,
  serverAddress,
  WebBrowser,
  type WebVisitor,
} from '@vaxel/testkit'
import { World } from '../nat/behind-routers.ts'
import { heardTone, listenInPage } from '../web-phone/heard-in-page.ts'
import { callsGoThroughTheHome, moveToAnotherNetwork } from './another-network.ts'

if (hasOwnNetwork())
  describe('the web app changes networks in mid-call', () => {
    let world: World
    let browser: WebBrowser
    let anna: WebVisitor
    let desk: Baresip
    let place: Place
    before(async () => {
      world = await World.start()
      place = (await HomeNetwork.make({ kind: 'symmetric' })).addHost()
      callsGoThroughTheHome(place)
      // A browser breaks off what it loads when its addresses change.
      const isSettled = () => !runTool('ip', ['-n', place.namespace, 'address']).includes('tentative')
      await eventually('addresses that are settled', isSettled)
      browser = await WebBrowser.open([], place)
      anna = await browser.visitor()
      await listenInPage(anna.page)
      await anna.logIn(`https://${serverAddress}:${world.platform.ports.https}`, '204')
      desk = await world.phone(await HomeNetwork.make({ kind: 'port-restricted' }), '217', 620)
    })
    after(async () => {
      await browser?.close()
      await world?.stop()
    })

    it('notices it by itself, and hears the other one again', async () => {
      await anna.go('/phone')
      await anna.page.getByText('Ready for calls').first().waitFor()
      await anna.page.getByRole('combobox', { name: 'Name or number' }).fill('217')
      await anna.page.keyboard.press('Enter')
      await eventually('the desk phone is heard', async () => (await heardTone(anna.page)) > 0.01)
      moveToAnotherNetwork(place)
      const movedMs = Date.now()
      await eventually('silence', async () => (await heardTone(anna.page)) < 0.001)
      await eventually('the desk phone is heard again', async () => (await heardTone(anna.page)) > 0.01, 20_000)
      process.stdout.write(`# the web app hears again ${Date.now() - movedMs} ms after it moved\n`)
      assert.ok(!desk.events.some(({ type }) => type === 'CALL_CLOSED'))
      await anna.page
        .getByRole('button', { name: /^Hang up/ })
        .first()
        .click()
      await desk.waitFor('CALL_CLOSED')
    })
  })
else
  it('the web app changes networks in mid-call', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    process.stdout.write(output.match(/^.*# the web app hears.*$/gm)?.join('\n') ?? '')
    assert.equal(code, 0, output)
  })
