import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  FreePorts,
  type Platform,
  startPlatform,
  temporaryFolder,
  type View,
  WebBrowser,
  type WebVisitor,
} from '@vaxel/testkit'
import { peopleLdif } from '../directories/people-ldif.ts'
import { people, reader, Slapd } from '../directories/slapd.ts'

const views: readonly View[] = [
  { language: 'en', theme: 'light' },
  { language: 'sv', theme: 'dark', width: 1920, height: 1080 },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]

/** A picture of 4 by 2 pixels. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAIAAADwyuo0AAAAEElEQVR4nGM4IWcDRwzIHAB6SgkR8ZlAYwAAAABJRU5ErkJggg==',
  'base64',
)

const search = ({ page }: WebVisitor) => page.getByRole('searchbox')
const line = ({ page }: WebVisitor, name: string) => page.getByRole('row', { name })

/** Photos and calls come and go with other features; what this page complains of itself must be nothing. */
const complaints = ({ faults }: WebVisitor): string[] => [...faults]

describe('people in the web app', () => {
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

  it('are found by a name without accents and by a part of a number, and shown with all that is known', async () => {
    const visitor = await browser.user(platform.url, '204')
    await visitor.go('/people')
    await search(visitor).fill('nystrom')
    await line(visitor, 'Åsa Nyström').waitFor()
    await visitor.page.getByText('1 person', { exact: true }).waitFor()
    await search(visitor).fill('08-465 004 09')
    await line(visitor, 'Zoé Lefèvre').waitFor()
    await line(visitor, 'Åsa Nyström').waitFor({ state: 'hidden' })
    await search(visitor).press('Enter')
    await visitor.page.getByRole('heading', { name: 'Zoé Lefèvre' }).waitFor()
    await visitor.page.getByText('08-465 004 09').last().waitFor()
    await visitor.page.getByText('209@demo.vaxel.test').waitFor()
    await search(visitor).fill('qqq')
    await visitor.page.getByText('Nobody found').waitFor()
    assert.deepEqual(complaints(visitor), [])
    await visitor.close()
  })

  it('become favourites and change their order with the keyboard alone', async () => {
    const visitor = await browser.user(platform.url, '205')
    const { keyboard } = visitor.page
    const focused = () =>
      visitor.page.evaluate<string>(
        "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''",
      )
    const tabTo = async (wanted: RegExp) => {
      for (let i = 0; i < 60; i++) {
        if (wanted.test(await focused())) return
        await keyboard.press('Tab')
      }
      assert.fail(`the keyboard does not come to ${wanted}, it is at ${await focused()}`)
    }
    for (const [typed, name] of [
      ['lefevre', 'Zoé Lefèvre'],
      ['lindqvist', 'Anna Lindqvist'],
    ] as const) {
      await keyboard.press('Alt+p')
      await visitor.page.locator('input:focus').waitFor()
      await keyboard.press('Control+a')
      await keyboard.type(typed)
      await line(visitor, name).waitFor()
      await keyboard.press('Enter')
      await visitor.page.getByRole('heading', { name }).waitFor()
      await tabTo(new RegExp(`^Add ${name} to the favourites`))
      await keyboard.press('Enter')
      await visitor.page.getByRole('button', { name: `Remove ${name} from the favourites` }).waitFor()
    }
    await visitor.go('/people')
    const rows = () => visitor.page.getByRole('grid', { name: 'Favourites' }).getByRole('row')
    const first = () => rows().first()
    await first().filter({ hasText: 'Zoé' }).waitFor()
    await tabTo(/^Zoé Lefèvre/)
    await keyboard.press('ArrowRight')
    assert.equal(await focused(), 'Move Zoé Lefèvre')
    await keyboard.press('Enter')
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await first().filter({ hasText: 'Anna' }).waitFor()
    assert.equal(await rows().count(), 2)
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('people-favourites-en-light-1366')
    await visitor.page.reload()
    await first().filter({ hasText: 'Anna' }).waitFor()
    assert.deepEqual(complaints(visitor), [])
    await visitor.close()
  })

  it('are added as one’s own contact, with every mistake at its field, and are seen by nobody else', async () => {
    const visitor = await browser.user(platform.url, '206')
    const { page } = visitor
    await visitor.go('/people?add=1')
    await page.getByRole('textbox', { name: 'Number 1' }).fill('no number')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Write a name.').waitFor()
    await page.getByText('This is no telephone number.').waitFor()
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('people-form-en-light-1366')
    await page.getByRole('textbox', { name: 'Name' }).fill('Östen Öhrn')
    await page.getByRole('textbox', { name: 'Number 1' }).fill('08-465 005 50')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Östen Öhrn' }).waitFor()
    await page.getByText('08-465 005 50').last().waitFor()
    const other = await browser.user(platform.url, '207')
    await other.go('/people')
    await search(other).fill('ohrn')
    await other.page.getByText('Nobody found').waitFor()
    await other.close()
    assert.deepEqual(
      complaints(visitor).filter((fault) => !fault.includes('400')),
      [],
    )
    await visitor.close()
  })

  it('say of themselves where they are and what they can, with a photo of oneself, and are found by it', async () => {
    const visitor = await browser.user(platform.url, '208')
    const { page } = visitor
    await visitor.go('/people')
    await search(visitor).fill('ashworth')
    await line(visitor, 'Thomas Ashworth').click()
    await page.getByRole('button', { name: 'Edit my profile' }).click()
    await page.locator('input[type="file"]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: picture })
    await page.getByRole('dialog').locator('img').waitFor()
    await page.getByRole('textbox', { name: 'Place' }).fill('Ystad')
    await page.getByRole('textbox', { name: 'Skills' }).fill('Origami, Suomi')
    await page.getByRole('textbox', { name: 'Mobile number' }).fill('070-174 06 77')
    assert.deepEqual(await visitor.accessFaults(), [])
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Origami').waitFor()
    await page.getByText('070-174 06 77').first().waitFor()
    const shown = await page.evaluate<number>("document.querySelector('main img').naturalWidth")
    assert.equal(shown, 320)
    await visitor.shoot('people-profile-en-light-1366')
    const other = await browser.user(platform.url, '209')
    await other.go('/people')
    await search(other).fill('origami')
    await line(other, 'Thomas Ashworth').locator('img').waitFor()
    assert.deepEqual(complaints(other), [])
    await other.close()
    assert.deepEqual(complaints(visitor), [])
    await visitor.close()
  })

  it('come from a pasted table, all lines or none', async () => {
    const visitor = await browser.user(platform.url, '203')
    const { page } = visitor
    await visitor.go('/people?import=1')
    const table = page.getByRole('textbox', { name: 'Table' })
    await table.fill('Name;Company;Phone\nIda Import;Import AB;08-465 004 91\nOla Import;Import AB;call me\n')
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByText('1 contact is new, 0 are there already, 1 is wrong.').waitFor()
    await page.getByText('Look at: Telephone numbers').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Import all' }).isDisabled(), true)
    assert.deepEqual(await visitor.accessFaults(), [])
    await visitor.shoot('people-import-en-light-1366')
    await table.fill('Name;Company;Phone\nIda Import;Import AB;08-465 004 91\nOla Import;Import AB;08-465 004 92\n')
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByText('2 contacts are new').waitFor()
    await page.getByRole('button', { name: 'Import all' }).click()
    await page.getByText('2 contacts were imported.').waitFor()
    await search(visitor).fill('import')
    await line(visitor, 'Ida Import').waitFor()
    await line(visitor, 'Ola Import').waitFor()
    assert.deepEqual(complaints(visitor), [])
    await visitor.close()
  })

  it('come from a directory that an administrator connects, tried first, and say so', async () => {
    const free = await FreePorts.claim()
    const ports = { port: await free.port(), securePort: await free.port() }
    const slapd = await Slapd.start({ folder: temporaryFolder('slapd'), ...ports, ldif: peopleLdif(30) })
    try {
      const visitor = await browser.user(platform.url, '201')
      const { page } = visitor
      const refused: string[] = []
      page.on('response', (response) => {
        if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`)
      })
      const type = async (name: string, value: string) => page.getByLabel(name, { exact: true }).fill(value)
      await visitor.go('/admin/directories')
      await page.getByRole('button', { name: 'Connect a directory' }).click()
      await type('Name', 'Acme')
      await page.getByRole('button', { name: /Kind/ }).click()
      await page.getByRole('option', { name: 'OpenLDAP' }).click()
      await type('Name or address', 'localhost')
      await type('Port', String(slapd.securePort))
      await type('Login', reader.dn)
      await type('Password', 'wrong')
      await type('Base', people)
      await page.getByRole('button', { name: 'Test', exact: true }).click()
      await page.getByText('The server’s certificate is not trusted').waitFor()
      await type('Own certificate (PEM)', slapd.pem)
      await page.getByRole('button', { name: 'Test', exact: true }).click()
      await page.getByText('The server refuses the login').waitFor()
      await type('Password', reader.password)
      await page.getByRole('button', { name: 'Test', exact: true }).click()
      await page.getByText('Åsa Ångström 0').waitFor()
      await page.getByText('with photo').waitFor()
      assert.deepEqual(await visitor.accessFaults(), [])
      await visitor.shoot('directories-tried-en-light-1366')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Up to date').waitFor()
      await visitor.go('/people')
      await search(visitor).fill('grossmann 1')
      await line(visitor, 'Björn Großmann 1').first().click()
      await page.getByRole('heading', { name: 'Björn Großmann 1', exact: true }).waitFor()
      await page.getByText('From the directory').waitFor()
      assert.deepEqual(complaints(visitor), [], refused.join('\n'))
      await visitor.close()
      for (const view of views) {
        const seen = await browser.user(platform.url, '201', view)
        const name = `${view.language}-${view.theme}-${view.width ?? 1366}`
        await seen.go('/admin/directories')
        await seen.page.getByText(`localhost:${slapd.securePort}`).waitFor()
        assert.deepEqual(await seen.accessFaults(), [], `directories ${name}`)
        await seen.shoot(`directories-${name}`)
        await seen.page.getByRole('button', { name: /^(Edit|Redigera|Modifier|Ändra)/ }).click()
        await seen.page.getByRole('dialog').waitFor()
        assert.deepEqual(await seen.accessFaults(), [], `directory ${name}`)
        await seen.shoot(`directory-${name}`)
        assert.deepEqual(complaints(seen), [])
        await seen.close()
      }
    } finally {
      await slapd.stop()
    }
  })

  it('read well in each language, theme and size, and to a screen reader', async () => {
    for (const view of views) {
      const visitor = await browser.user(platform.url, '202', view)
      const name = `${view.language}-${view.theme}-${view.width ?? 1366}`
      await visitor.go('/people')
      await visitor.page.getByRole('row').first().waitFor()
      assert.deepEqual(await visitor.accessFaults(), [], `people ${name}`)
      await visitor.shoot(`people-${name}`)
      await search(visitor).fill('ohman')
      await line(visitor, 'Karin Öhman').waitFor()
      await line(visitor, 'Karin Öhman').click()
      await visitor.page.getByRole('heading', { name: 'Karin Öhman' }).waitFor()
      assert.deepEqual(await visitor.accessFaults(), [], `card ${name}`)
      await visitor.shoot(`people-card-${name}`)
      assert.deepEqual(complaints(visitor), [])
      await visitor.close()
    }
  })
})
