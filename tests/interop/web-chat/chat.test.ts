import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually, type Platform, startPlatform, type View, WebBrowser, type WebVisitor } from '@vaxel/testkit'

/** A red square, so that its size is known. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAFUlEQVR4nGP8z8Dwn4GBgYGJAQoAHxcCAqLtvYEAAAAASUVORK5CYII=',
  'base64',
)
const views: readonly View[] = [
  { language: 'sv', theme: 'dark', width: 1920, height: 1080 },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
  { language: 'sv', theme: 'dark', width: 390, height: 844 },
]

describe('chat in the web app', () => {
  let platform: Platform
  let browser: WebBrowser
  let [anna, bo]: WebVisitor[] = []
  before(async () => {
    platform = await startPlatform()
    browser = await WebBrowser.open()
    ;[anna, bo] = await Promise.all([browser.user(platform.url, '202'), browser.user(platform.url, '203')])
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })

  const until = (visitor: WebVisitor, expression: string) =>
    eventually(expression, () => visitor.page.evaluate<boolean>(expression))
  const field = (visitor: WebVisitor) => visitor.page.locator('textarea')
  const says = async (visitor: WebVisitor, text: string) => {
    await field(visitor).fill(text)
    await field(visitor).press('Enter')
  }
  const shows = (visitor: WebVisitor, text: string) =>
    visitor.page.locator('article').filter({ hasText: text }).first().waitFor()

  it('is found by name with the keyboard alone, and what is said arrives, with who is writing and what was read', async () => {
    const { page } = anna!
    const { items } = (await (await platform.login('202')).get('/api/v1/directory?limit=100')) as {
      items: { name: string; numbers: { number: string }[] }[]
    }
    const { name } = items.find(({ numbers }) => numbers.some(({ number }) => number === '203'))!
    await page.keyboard.press('Alt+n')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type(name)
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(name) })
      .first()
      .waitFor()
    assert.deepEqual(await anna!.accessFaults(), [], 'new conversation')
    await page.keyboard.press('Tab')
    while (!(await page.evaluate(`document.activeElement.closest('ul') !== null`))) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('button:not([disabled])', { hasText: 'Start' }).press('Enter')
    await field(anna!).waitFor()
    await says(anna!, 'Hej Bo! Se https://vaxel.example/plan.')
    await page.getByText('Sending').waitFor({ state: 'hidden' })
    await bo!.page.getByRole('link', { name: 'Chat' }).getByText('1').waitFor()
    await until(bo!, `document.title.startsWith('(1)')`)
    await bo!.go('/chat')
    await bo!.page.getByRole('row').first().press('Enter')
    await shows(bo!, 'Hej Bo!')
    assert.equal(
      await bo!.page.getByRole('link', { name: 'https://vaxel.example/plan' }).getAttribute('rel'),
      'noopener noreferrer nofollow',
    )
    await page.getByText('Read', { exact: true }).waitFor()
    await until(bo!, `!document.title.startsWith('(')`)
    await field(bo!).pressSequentially('Jag')
    await page.locator('section').getByText('is writing').first().waitFor()
    await field(bo!).press('Shift+Enter')
    await field(bo!).pressSequentially('kommer 😀')
    await field(bo!).press('Enter')
    await shows(anna!, 'kommer 😀')
  })

  it('takes files by paste and by button, shows pictures in their size and saves the rest', async () => {
    const { page } = anna!
    await page.evaluate(`{
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([Uint8Array.from(${JSON.stringify([...picture])})], 'röd.png', { type: 'image/png' }))
      const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
      document.querySelector('textarea').dispatchEvent(paste)
    }`)
    await page.locator('input[type="file"]').setInputFiles({
      name: 'plan.html',
      mimeType: 'text/html',
      buffer: Buffer.from(`<script>alert(1)</script>${'x'.repeat(1_500_000)}`),
    })
    await page
      .getByRole('button', { name: 'Send' })
      .and(page.locator(':not([disabled]):not([data-disabled])'))
      .waitFor()
    await says(anna!, 'Två filer')
    const shown = bo!.page.getByRole('img', { name: /röd\.png/ })
    await shown.waitFor()
    await until(bo!, `[...document.images].every((image) => image.complete && image.naturalWidth > 0)`)
    assert.deepEqual([await shown.getAttribute('width'), await shown.getAttribute('height')], ['2', '3'])
    const [download] = await Promise.all([
      bo!.page.waitForEvent('download'),
      bo!.page.getByRole('link', { name: /plan\.html/ }).click(),
    ])
    assert.equal(download.suggestedFilename(), 'plan.html')
  })

  it('changes and deletes one’s own messages for everyone', async () => {
    const { page } = bo!
    await says(bo!, 'Kl 14')
    await shows(anna!, 'Kl 14')
    await field(bo!).press('ArrowUp')
    await eventually('the last message to correct', async () => (await field(bo!).inputValue()) === 'Kl 14')
    await says(bo!, 'Kl 15')
    await shows(anna!, 'Kl 15')
    await shows(anna!, 'edited')
    const message = page.locator('article').filter({ hasText: 'Kl 15' })
    await message.hover()
    await message.getByRole('button').click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Delete' }).click()
    await shows(anna!, 'Message deleted')
  })

  it('loses nothing that was written while the connection is away, not even over a reload', async () => {
    const { context, page } = anna!
    await context.setOffline(true)
    await says(anna!, 'Skrivet utan nät')
    await page.locator('article').filter({ hasText: 'Skrivet utan nät' }).waitFor()
    await field(anna!).fill('Ett utkast')
    await says(bo!, 'Medan du var borta')
    await context.setOffline(false)
    await page.reload()
    await shows(anna!, 'Medan du var borta')
    await shows(bo!, 'Skrivet utan nät')
    assert.equal(await field(anna!).inputValue(), 'Ett utkast')
    assert.equal(await page.locator('article').filter({ hasText: 'Skrivet utan nät' }).count(), 1)
    await field(anna!).fill('')
  })

  it('has groups in which people are called by name, and finds what was said', async () => {
    const own = await platform.login('202')
    const ids = (
      (await own.get('/api/v1/directory?limit=100')) as { items: { id: string; numbers: { number: string }[] }[] }
    ).items
    const idOf = (number: string) => ids.find(({ numbers }) => numbers.some((one) => one.number === number))!.id
    const group = await own.post<{ id: string }>('/api/v1/conversations', {
      name: 'Fika på fredag',
      userIds: ['203', '204', '205'].map(idOf),
    })
    await anna!.go(`/chat/${group.id}`)
    await field(anna!).pressSequentially('Vem köper bullar, @cam')
    await field(anna!).press('Tab')
    await field(anna!).press('Enter')
    await bo!.go(`/chat/${group.id}`)
    await bo!.page.locator('strong').filter({ hasText: '@Camille Fournier' }).waitFor()
    const search = bo!.page.getByRole('searchbox')
    await search.fill('kopér BULL')
    const hit = bo!.page.getByRole('row').filter({ hasText: 'bullar' })
    await hit.click()
    await bo!.page.waitForURL(/at=/)
    assert.deepEqual(await bo!.accessFaults(), [], 'search')
    await search.fill('')
    await anna!.page.getByRole('button', { name: 'About the group' }).click()
    await anna!.page.getByRole('dialog').waitFor()
    assert.deepEqual(await anna!.accessFaults(), [], 'group')
    await anna!.shoot('chat-group-en-light-1366')
    await anna!.page.keyboard.press('Escape')
    await field(anna!).focus()
    await anna!.page.getByRole('dialog').waitFor({ state: 'hidden' })
    await anna!.page.getByRole('tooltip').waitFor({ state: 'hidden' })
    assert.deepEqual(await anna!.accessFaults(), [], 'thread')
    await anna!.shoot('chat-thread-en-light-1366')
    assert.deepEqual(bo!.faults, [])
  })

  it('can be used in each language, theme and size', async () => {
    const pair = (
      (await (await platform.login('203')).get('/api/v1/conversations')) as { items: { id: string; kind: string }[] }
    ).items.find(({ kind }) => kind === 'pair')!
    for (const view of views) {
      const visitor = await browser.user(platform.url, '203', view)
      const name = `${view.language}-${view.theme}-${view.width}`
      await visitor.go('/chat')
      await visitor.page.getByRole('row').first().waitFor()
      assert.deepEqual(await visitor.accessFaults(), [], `list ${name}`)
      await visitor.shoot(`chat-list-${name}`)
      await visitor.go(`/chat/${pair.id}`)
      await visitor.page.locator('article').first().waitFor()
      await until(visitor, `[...document.images].every((image) => image.complete)`)
      assert.deepEqual(await visitor.accessFaults(), [], `thread ${name}`)
      await visitor.shoot(`chat-thread-${name}`)
      assert.deepEqual(visitor.faults, [])
      await visitor.close()
    }
  })
})
