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
  { language: 'sv', theme: 'dark', width: 1366, height: 768 },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]
/** Every one in the first view; in the others those that hold most. */
const tabs = ['queues', 'channels', 'publish', 'agents', 'skills', 'hours', 'codes', 'texts', 'alarms', 'pop'] as const
/** A thing of the demo behind each tab; two for each view. */
const forms = [
  ['agents', 'Étienne Marchand'],
  ['hours', 'Office hours'],
  ['alarms', 'More than five wait'],
  ['texts', 'Greeting'],
  ['codes', 'Lunch'],
  ['skills', 'Svenska'],
] as const

interface Centre {
  readonly version: number
  readonly centre: {
    readonly queues: readonly {
      readonly id: string
      readonly name: string
      readonly serviceLevel: { seconds: number }
    }[]
    readonly agents: readonly {
      readonly skills: readonly unknown[]
      readonly queues: readonly { readonly queueId: string }[]
    }[]
  }
}

interface Listed {
  readonly items: readonly { readonly secretsSet: readonly string[] }[]
}

describe('the contact centre is configured on screen', () => {
  let platform: Platform
  let browser: WebBrowser
  let admin: WebVisitor
  let api: ApiClient
  before(async () => {
    platform = await startPlatform()
    browser = await WebBrowser.open()
    admin = await browser.user(platform.url, '201')
    api = await ApiClient.login(platform.url, '201@demo.vaxel.test', 'demo-201')
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })
  const published = () => api.get<Centre>('/api/v1/centre')
  const tab = (name: string) => admin.page.getByRole('tab', { name, exact: true }).click()
  const dialog = () => admin.page.getByRole('dialog')
  const press = (name: string) => admin.page.getByRole('button', { name, exact: true }).first().click()
  const pressIn = (name: string) => dialog().getByRole('button', { name, exact: true }).click()
  const rowOf = (visitor: WebVisitor, text: string) => visitor.page.getByRole('row').filter({ hasText: text }).first()
  const row = (text: string) => rowOf(admin, text)
  const open = async (text: string, visitor = admin) => {
    await rowOf(visitor, text).focus()
    await visitor.page.keyboard.press('Enter')
    await visitor.page.getByRole('dialog').waitFor()
  }
  const said = (text: string | RegExp) => admin.page.getByText(text).first().waitFor()

  it('makes a queue in a minute: a name, a number, people', async () => {
    await admin.go('/admin/centre')
    await press('New queue')
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Orders')
    await dialog()
      .getByRole('textbox', { name: /^The number that leads to it/ })
      .fill('340')
    await dialog().getByRole('textbox', { name: 'Search' }).fill('Charlotte')
    await dialog().getByText('Charlotte Whitfield').click()
    await dialog().getByRole('textbox', { name: 'Search' }).fill('marchand')
    await dialog().getByText('Étienne Marchand').click()
    await admin.shoot('centre-quick')
    await pressIn('New queue')
    await said('The queue Orders is there.')
    const { centre } = await published()
    assert.equal(centre.queues.at(-1)?.name, 'Orders')
    await row('Orders').getByText('340').waitFor()
  })

  it('changes many agents at once, and keeps that in a draft that nobody notices', async () => {
    await tab('Skills')
    await press('New skill')
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Deutsch')
    await pressIn('Save')
    await said(/^Changed, not yet published: 1/)
    await tab('Agents')
    await admin.page.getByRole('searchbox', { name: 'Search' }).fill('orders')
    await row('Étienne Marchand').waitFor()
    await admin.page.getByRole('checkbox', { name: 'Select All' }).click({ force: true })
    await press('Change all chosen')
    await dialog()
      .getByRole('button', { name: /Give this skill/ })
      .click()
    await admin.page.getByRole('option', { name: 'Deutsch', exact: true }).click()
    const level = dialog().getByRole('textbox', { name: 'Level (1 to 10)' })
    await level.fill('11')
    const isRefused = await dialog().getByRole('button', { name: 'Save', exact: true }).isDisabled()
    assert.ok(isRefused, 'a level that there is not is shown, and no other is saved in its place')
    await level.fill('7')
    await admin.shoot('centre-bulk')
    await pressIn('Save')
    await row('Étienne Marchand').getByText('Deutsch 7').waitFor()
    const { centre } = await published()
    const orders = centre.queues.find(({ name }) => name === 'Orders')!.id
    const staff = centre.agents.filter(({ queues }) => queues.some(({ queueId }) => queueId === orders))
    assert.deepEqual(
      staff.map(({ skills }) => skills.length),
      [0, 0],
    )
    await said(/^Changed, not yet published: 3/)
  })

  it('says what is the matter, and publishes only when nothing is', async () => {
    const { version } = await published()
    await tab('Queues')
    await open('Orders')
    const within = dialog().getByRole('textbox', { name: '… answered within (seconds)' })
    const save = dialog().getByRole('button', { name: 'Save' })
    await within.fill('15 s')
    assert.ok(await save.isDisabled(), 'what is shown cannot be read, and nothing else is saved in its place')
    await within.fill('15')
    assert.ok(await save.isEnabled())
    await dialog().getByRole('tab', { name: 'Who is asked' }).click()
    await pressIn('Add a skill')
    await dialog()
      .getByRole('button', { name: /Svenska/ })
      .first()
      .click()
    await admin.page.getByRole('option', { name: 'Deutsch', exact: true }).click()
    await dialog().getByRole('textbox', { name: 'At least (1 to 10)' }).fill('9')
    await pressIn('Save')
    await row('Orders').getByText('errors: 1').waitFor()
    await press('Look and publish')
    await said('service level')
    await said(/None of the 2 agents of the queue “Orders” has all the skills/)
    await admin.shoot('centre-publish')
    assert.equal(await admin.page.getByRole('button', { name: 'Publish', exact: true }).isDisabled(), true)
    await tab('Queues')
    await open('Orders')
    await dialog().getByRole('tab', { name: 'Who is asked' }).click()
    await dialog().getByRole('textbox', { name: 'At least (1 to 10)' }).fill('5')
    await pressIn('Save')
    await press('Look and publish')
    await admin.page.getByRole('textbox', { name: 'What was changed, and why' }).fill('German for orders')
    await press('Publish')
    await said(`Version ${version + 1} is published.`)
    await row('German for orders').waitFor()
    const { centre } = await published()
    assert.equal(centre.queues.find(({ name }) => name === 'Orders')?.serviceLevel.seconds, 15)
  })

  it('goes back to an earlier version, after showing what that changes', async () => {
    const { version } = await published()
    await row('New queue Orders').getByRole('button', { name: 'Back to this' }).click()
    await dialog().getByText('Without the skill “Deutsch”').waitFor()
    await pressIn('Back to this')
    await said(`Version ${version + 1} is published.`)
    const { centre } = await published()
    assert.equal(centre.queues.find(({ name }) => name === 'Orders')?.serviceLevel.seconds, 20)
  })

  it('drafts a mailbox and a website, says what they still need, and publishes and undoes them', async () => {
    const { version } = await published()
    await tab('Queues')
    await open('Orders')
    await dialog().getByText('Chats', { exact: true }).click()
    await pressIn('Save')
    await tab('Channels')
    await press('New mailbox')
    await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('Info')
    await dialog().getByRole('textbox', { name: 'Address', exact: true }).fill('info@shop.example')
    await dialog().getByRole('textbox', { name: 'Server', exact: true }).first().fill('mail.shop.invalid')
    await pressIn('Save')
    await row('info@shop.example').getByText('warnings: 1').waitFor()
    await open('info@shop.example')
    await dialog()
      .getByText(/has no password yet/)
      .waitFor()
    await dialog().getByRole('textbox', { name: 'Password' }).fill('hidden-from-all')
    assert.deepEqual(await admin.accessFaults(), [], 'form of a mailbox')
    await admin.shoot('centre-form-mailbox')
    await pressIn('Save')
    await row('info@shop.example').getByText('warnings: 1').waitFor({ state: 'detached' })
    await press('New website')
    await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('Shop')
    await dialog()
      .getByRole('textbox', { name: /^Addresses of the website/ })
      .fill('https://shop.example/contact')
    assert.deepEqual(await admin.accessFaults(), [], 'form of a website')
    await admin.shoot('centre-form-website')
    await pressIn('Save')
    await row('https://shop.example').getByText('Orders').waitFor()
    await admin.shoot('centre-channels-drafted')
    assert.deepEqual((await api.get<Listed>('/api/v1/mail-accounts')).items, [])
    await press('Look and publish')
    await said('New mailbox “Info”')
    await said('New website “Shop”')
    assert.doesNotMatch(await admin.page.content(), /hidden-from-all/)
    // A past day once more with this draft: each queue as it was, simulated, and with the changes.
    await press('Run the day')
    await admin.page.getByRole('grid', { name: 'What if' }).getByText('With the changes').waitFor()
    await admin.page.getByRole('grid', { name: 'What if' }).scrollIntoViewIfNeeded()
    await admin.shoot('centre-what-if')
    await press('Publish')
    await said(`Version ${version + 1} is published.`)
    await eventually(
      'the mailbox is there',
      async () => {
        const { items } = await api.get<Listed>('/api/v1/mail-accounts')
        return items[0]?.secretsSet[0] === 'password'
      },
      30_000,
    )
    await row('German for orders').getByRole('button', { name: 'Back to this' }).click()
    await dialog().getByText('Without the mailbox “Info”').waitFor()
    await pressIn('Cancel')
    await admin.go('/admin/mail-accounts')
    await row('info@shop.example').waitFor()
    await admin.shoot('centre-mail-accounts')
    await press('Channels in the draft')
    await row('info@shop.example').waitFor()
  })

  it('can be used by everyone, in each language, theme and size', async () => {
    for (const [i, view] of views.entries()) {
      const visitor = await browser.user(platform.url, '201', view)
      for (const name of i === 0 ? tabs : tabs.slice(0, 3)) {
        await visitor.go(`/admin/centre/${name}`)
        await visitor.page.getByRole('tab', { selected: true }).waitFor()
        await visitor.page.locator('[role=tabpanel]').first().waitFor()
        assert.deepEqual(await visitor.accessFaults(), [], `${name} in ${view.language}`)
        await visitor.shoot(`centre-${name}-${view.language}-${view.theme}-${view.width ?? 1366}`)
      }
      await visitor.go('/admin/centre/queues')
      await open('Orders', visitor)
      for (const at of i === 0 ? [0, 1, 2, 3] : [i]) {
        await visitor.page.getByRole('dialog').getByRole('tab').nth(at).click()
        assert.deepEqual(await visitor.accessFaults(), [], `queue part ${at} in ${view.language}`)
        await visitor.shoot(`centre-queue-${at}-${view.language}-${view.theme}-${view.width ?? 1366}`)
      }
      await visitor.page.keyboard.press('Escape')
      for (const [name, text] of forms.slice(i * 2, i * 2 + 2)) {
        await visitor.go(`/admin/centre/${name}`)
        await open(text, visitor)
        assert.deepEqual(await visitor.accessFaults(), [], `form of ${name} in ${view.language}`)
        await visitor.shoot(`centre-form-${name}-${view.language}-${view.theme}-${view.width ?? 1366}`)
        await visitor.page.keyboard.press('Escape')
      }
      assert.deepEqual(visitor.faults, [])
      await visitor.close()
    }
  })
})
