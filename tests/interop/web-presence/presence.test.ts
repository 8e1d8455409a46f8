import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Platform, startPlatform, type View, WebBrowser } from '@vaxel/testkit'

const views: readonly View[] = [
  { language: 'en', theme: 'light' },
  { language: 'sv', theme: 'dark', width: 1920, height: 1080 },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]
const people = 5000
const changesAtOnce = 50
const bundles = 20

describe('presence in the web app', () => {
  let platform: Platform
  let browser: WebBrowser
  before(async () => {
    platform = await startPlatform()
    browser = await WebBrowser.open()
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })

  it('is chosen in the bar with the keyboard alone, with note and end, and seen by colleagues at once', async () => {
    const anna = await browser.user(platform.url, '204')
    const bo = await browser.user(platform.url, '205')
    await bo.go('/board')
    const name = (await bo.page.getByRole('row').first().getAttribute('aria-label')) ?? ''
    assert.notEqual(name, '')
    const status = anna.page.getByRole('button', { name: /^Your status: (Offline|Available)/ })
    await status.focus()
    await anna.page.keyboard.press('Enter')
    await anna.page.getByRole('menuitem', { name: 'Do not disturb' }).waitFor()
    assert.deepEqual(await anna.accessFaults(), [])
    await anna.shoot('presence-menu-en-light-1366')
    await anna.page.getByRole('menuitem', { name: 'With a note' }).click()
    await anna.page.getByLabel('Note').fill('At the dentist')
    assert.deepEqual(await anna.accessFaults(), [])
    await anna.shoot('presence-dialog-en-light-1366')
    await anna.page.getByRole('button', { name: 'Set status' }).press('Enter')
    await anna.page.getByRole('button', { name: 'Your status: Away' }).waitFor()
    await bo.page.getByText('“At the dentist”').waitFor()
    await anna.page.getByRole('button', { name: 'Your status: Away' }).click()
    await anna.page.getByRole('menuitem', { name: 'Automatic' }).click()
    await bo.page.getByText('“At the dentist”').waitFor({ state: 'hidden' })
    assert.deepEqual([anna.faults, bo.faults], [[], []])
    await anna.close()
    await bo.close()
  })

  it('looks right in each language, theme and size, and is clean for axe', async () => {
    for (const view of views) {
      const visitor = await browser.user(platform.url, '206', view)
      await visitor.go('/board')
      await visitor.page.getByRole('row').first().waitFor()
      assert.deepEqual(await visitor.accessFaults(), [])
      await visitor.shoot(`presence-board-${view.language}-${view.theme}-${view.width ?? 1366}`)
      await visitor.close()
    }
  })

  it('shows 5,000 people of whom 200 change each second: only those in sight are drawn, each alone', async (t) => {
    const visitor = await browser.visitor({ width: 1920, height: 1080 })
    const { page } = visitor
    const idOf = (i: number) => `person-${String(i).padStart(4, '0')}`
    let version = 1
    await page.route(/\/api\/v1\/presence\?/, (route) =>
      route.fulfill({
        json: {
          version: `run-${version}`,
          isWhole: true,
          people: Array.from({ length: people }, (_, i) => ({
            id: idOf(i),
            state: 'available',
            why: 'free',
            name: `Person ${String(i).padStart(4, '0')}`,
            extension: String(10_000 + i),
          })),
        },
      }),
    )
    let tell: (text: string) => void = () => {}
    await page.routeWebSocket(/\/api\/v1\/events/, (socket) => {
      socket.connectToServer()
      tell = (text) => socket.send(text)
    })
    await visitor.logIn(platform.url, '207')
    await visitor.go('/board')
    await page.getByText('Person 0000').waitFor()
    const drawn = await page.getByRole('row').count()
    assert.ok(drawn > 20 && drawn < 250, `${drawn} tiles are drawn`)
    await page.evaluate(`(() => {
      const seen = { frames: 0, long: 0, mutated: 0, nodes: [...document.querySelectorAll('[role=row]')] }
      globalThis.seen = seen
      new MutationObserver((records) => {
        seen.mutated += new Set(records.map(({ target }) =>
          (target.nodeType === 1 ? target : target.parentElement)?.closest('[role=row]'))).size
      }).observe(document.querySelector('[role=grid]'), { subtree: true, childList: true, characterData: true, attributes: true })
      let last
      const frame = (at) => {
        if (last !== undefined) { seen.frames++; if (at - last > 25) seen.long++ }
        last = at
        requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
    })()`)
    // Those in sight and those who are not, by turns.
    let inSight = 0
    for (let bundle = 0; bundle < bundles; bundle++) {
      const changed = Array.from({ length: changesAtOnce }, (_, i) => (bundle * changesAtOnce + i * 7) % people)
      inSight += changed.filter((i) => i < drawn).length
      version++
      tell(
        JSON.stringify({
          notice: 'presence.changed',
          at: new Date().toISOString(),
          data: {
            version: `run-${version}`,
            people: changed.map((i) => ({
              id: idOf(i),
              state: 'busy',
              why: 'call.phone',
              since: 1_700_000_000 + bundle,
            })),
          },
        }),
      )
      await page.waitForTimeout(250)
    }
    const seen = await page.evaluate<{ frames: number; long: number; mutated: number; kept: boolean }>(
      '({ ...seen, nodes: undefined, kept: seen.nodes.every((node) => node.isConnected) })',
    )
    t.diagnostic(
      `${seen.frames} frames in ${bundles / 4} s, ${seen.long} of them late, ${seen.mutated} tiles drawn anew for ${bundles * changesAtOnce} changes of which ${inSight} in sight`,
    )
    assert.ok(seen.kept, 'the tiles are the same ones')
    assert.ok(seen.mutated > 0 && seen.mutated <= inSight + bundles, `${seen.mutated} tiles were drawn anew`)
    assert.ok((await page.getByRole('row').count()) < 250)
    await page.getByRole('searchbox').fill('4999')
    await page.getByText('Person 4999').waitFor()
    assert.deepEqual(visitor.faults, [])
    await visitor.close()
  })
})
