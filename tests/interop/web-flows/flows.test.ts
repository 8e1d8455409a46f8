import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  ApiClient,
  eventually,
  type Platform,
  startPlatform,
  type View,
  WebBrowser,
  type WebVisitor,
} from '@vaxel/testkit'

const views: readonly View[] = [
  { language: 'en', theme: 'light' },
  { language: 'sv', theme: 'dark', width: 1920, height: 1080 },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]

describe('call rules on screen', () => {
  let platform: Platform
  let browser: WebBrowser
  let admin: WebVisitor
  let path: string
  before(async () => {
    platform = await startPlatform()
    browser = await WebBrowser.open()
    admin = await browser.user(platform.url, '201')
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })
  const button = (name: string | RegExp, exact = false) => admin.page.getByRole('button', { name, exact }).first()
  const choose = async (label: string | RegExp, choice: string) => {
    await button(label).click()
    await admin.page.getByRole('option', { name: choice, exact: true }).first().click()
  }
  /** Adds a step by the menu of a button, and waits for its form. */
  const add = async (by: string, step: string, at = 0) => {
    await admin.page.getByRole('button', { name: by, exact: true }).nth(at).click()
    await admin.page.getByRole('menuitem', { name: step, exact: true }).click()
    await admin.page.getByRole('region', { name: step, exact: true }).waitFor()
  }
  const step = (name: string) => admin.page.getByRole('listitem').getByRole('button', { name }).first()

  it('are drawn step by step, and say what is the matter until nothing is', async () => {
    await admin.go('/admin/flows')
    await button('New rule').click()
    await admin.page.getByRole('textbox', { name: 'Name' }).fill('Reception')
    await admin.page.getByRole('dialog').getByRole('button', { name: 'New rule' }).click()
    await admin.page.getByRole('heading', { name: 'Reception', level: 1 }).waitFor()
    path = new URL(admin.page.url()).pathname
    // A new rule welcomes and ends; hours are put before it, and somebody rings while it is open.
    await add('Add a step', 'Opening hours')
    await button('Begin here').click()
    await choose(/closed leads to/, 'Announcement')
    await add('New step here', 'Ring')
    for (const exit of ['busy', 'no answer', 'not reachable'])
      await choose(new RegExp(`${exit} leads to`), 'Announcement')
    await admin.page.getByText('Nothing is the matter with it.').waitFor()
    await admin.page.getByText('Draft kept').waitFor()
    for (const [what, count] of [
      ['node', 4],
      ['edge', 6],
    ] as const)
      await eventually(
        `${count} of ${what}`,
        async () => (await admin.page.locator(`.react-flow__${what}`).count()) === count,
      )
  })

  it('are followed for a call that never was, and the call is kept as a test', async () => {
    await admin.page.getByLabel('When').fill('2026-11-22T12:00')
    await button('Follow the call').click()
    await admin.page.getByText(/^It ends so:/).waitFor()
    await button('Keep as a test').click()
    await admin.page.getByText('Kept as a test.').waitFor()
    await admin.page.getByRole('tab', { name: 'Tests' }).click()
    await button('Run all tests').click()
    await admin.page.getByText('Passes').waitFor()
    await admin.page.getByRole('tab', { name: 'Drawing' }).click()
  })

  it('take back and do again, and are published with what is new', async () => {
    await step('Opening hours').click()
    await button('Remove step').click()
    await admin.page.locator('.react-flow__node').nth(3).waitFor({ state: 'detached' })
    await button('Undo').click()
    await admin.page.locator('.react-flow__node').nth(3).waitFor()
    await button('Publish').click()
    await admin.page.getByRole('textbox', { name: 'What is new' }).fill('The first one')
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
    await admin.page.getByText('Published as version 1.').waitFor()
    await admin.page.getByText('Live, version 1').first().waitFor()
    await admin.page.getByRole('tab', { name: 'Versions' }).click()
    await admin.page.getByText('The first one').waitFor()
  })

  it('are given a number that leads to them', async () => {
    await admin.go('/admin/numbers')
    await button('New number').click()
    await admin.page.getByRole('textbox', { name: /^Number/ }).fill('250')
    await choose(/What it reaches/, 'A service')
    await choose(/Service/, 'Call rule')
    await choose(/Which call rule/, 'Reception')
    await button('Save').click()
    await admin.page.getByText('250').first().waitFor()
    const api = await ApiClient.login(platform.url, '201@demo.vaxel.test', 'demo-201')
    const { items } = (await api.get('/api/v1/flows')) as { items: { name: string; numbers: string[] }[] }
    assert.deepEqual(items.find(({ name }) => name === 'Reception')?.numbers, ['250'])
  })

  it('can be used by everyone, in each language, theme and size', async () => {
    for (const view of views) {
      const visitor = await browser.user(platform.url, '201', view)
      await visitor.go('/admin/flows')
      await visitor.page.locator('table, [role=grid]').first().waitFor()
      assert.deepEqual(await visitor.accessFaults(), [], `list in ${view.language}`)
      await visitor.go(path)
      await visitor.page.locator('.react-flow__node').first().waitFor()
      assert.deepEqual(await visitor.accessFaults(), [], `drawing in ${view.language}`)
      await visitor.shoot(`flow-${view.language}-${view.theme}-${view.width ?? 1366}`)
      await visitor.page.locator('.react-flow__node').first().click()
      assert.deepEqual(await visitor.accessFaults(), [], `step in ${view.language}`)
      await visitor.shoot(`flow-step-${view.language}-${view.theme}-${view.width ?? 1366}`)
      assert.deepEqual(visitor.faults, [])
      await visitor.close()
    }
  })
})
