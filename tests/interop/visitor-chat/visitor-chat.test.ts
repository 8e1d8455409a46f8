import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
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

/** A shop of somebody else, on an address of its own, with a line of script in each page. */
async function openShop(script: string): Promise<{ server: Server; url: string }> {
  const server = createServer(({ url }, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(
      `<!doctype html><html lang="en"><title>Shop</title><main><h1>Shop ${url}</h1><a href="/two">Next page</a></main>${script}</html>`,
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}` }
}

describe('a chat on a website', () => {
  let platform: Platform
  let browser: WebBrowser
  let agent: WebVisitor
  let visitor: WebVisitor
  let supervisor: WebVisitor
  let admin: ApiClient
  let shop: { server: Server; url: string }
  let elsewhere: { server: Server; url: string }
  const frame = () => visitor.page.frameLocator('#vaxel-chat')
  before(async () => {
    platform = await startPlatform()
    admin = await ApiClient.login(platform.url, '201@demo.vaxel.test', 'demo-201')
    const { items } = (await admin.request<{ items: { id: string; name: string }[] }>('GET', '/api/v1/users')).body
    const lena = items.find(({ name }) => name === '204')!
    const made = await admin.request<{ queueId: string }>('POST', '/api/v1/centre/queues', {
      name: 'Website',
      userIds: [lena.id],
      hours: 'always',
    })
    assert.equal(made.status, 201)
    const { queueId } = made.body
    const draft = (
      await admin.request<{ revision: number; centre: { queues: { id: string }[] } }>('GET', '/api/v1/centre/draft')
    ).body
    const queue = draft.centre.queues.find(({ id }) => id === queueId)
    const kept = await admin.request<{ revision: number }>('PUT', `/api/v1/centre/draft/queues/${queueId}`, {
      revision: draft.revision,
      value: { ...queue, channels: ['call', 'chat'] },
    })
    assert.equal(kept.status, 200, JSON.stringify(kept.body))
    const published = await admin.request('POST', '/api/v1/centre/publications', { revision: kept.body.revision })
    assert.equal(published.status, 200, JSON.stringify(published.body))
    let script = ''
    shop = await openShop('')
    const site = await admin.request<{ id: string }>('POST', '/api/v1/chat-sites', {
      name: 'Shop',
      queueId,
      origins: [shop.url],
      asks: 'name',
      consent: '',
      greeting: '',
      offersVoice: true,
      keepDays: 30,
    })
    assert.equal(site.status, 201, JSON.stringify(site.body))
    script = `<script src="${platform.url}/chat.js" data-site="${site.body.id}" defer></script>`
    shop.server.removeAllListeners('request')
    shop.server.on('request', ({ url }, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(
        `<!doctype html><html lang="${url === '/sv' || url === '/fr' ? url.slice(1) : 'en'}"><title>Shop</title><main><h1>Shop ${url}</h1><a href="/two">Next page</a></main>${script}</html>`,
      )
    })
    elsewhere = await openShop(script)
    browser = await WebBrowser.open()
    agent = await browser.user(platform.url, '204')
    visitor = await browser.visitor()
    supervisor = await browser.user(platform.url, '202')
    await supervisor.go('/supervisor')
  })
  after(async () => {
    await browser?.close()
    shop?.server.closeAllConnections()
    shop?.server.close()
    elsewhere?.server.closeAllConnections()
    elsewhere?.server.close()
    await platform?.stop()
  })
  const kept = () =>
    visitor.page.evaluate(
      "Object.keys(sessionStorage).length + Object.keys(localStorage).filter((key) => key !== 'vaxel.language').length + document.cookie.length",
    )

  /** Until the supervisor's wallboard says so of the queue. */
  const onTheWall = async (figure: string, value: string) => {
    const queue = supervisor.page.getByRole('region', { name: 'Website' })
    const term = supervisor.page.getByText(figure, { exact: true })
    await queue.locator('div', { has: term }).getByText(value, { exact: true }).first().waitFor()
  }

  it('keeps nothing before the visitor has begun, and opens by keyboard', async () => {
    await visitor.page.goto(`${shop.url}/one`)
    const button = visitor.page.getByRole('button', { name: 'Chat with us' })
    await button.focus()
    await visitor.page.keyboard.press('Enter')
    await frame().getByRole('button', { name: 'Start the conversation' }).waitFor()
    await frame().getByText('Hello! How can we help you?').waitFor()
    assert.equal(await kept(), 0)
    await visitor.shoot('visitor-chat-begin')
    assert.deepEqual(await visitor.accessFaults(), [])
  })

  it('reaches an agent, who accepts in the console and answers', async () => {
    await frame().getByLabel('Your name').fill('Kim')
    await frame().getByLabel('Your message').fill('Do you have it in blue?')
    await frame().getByRole('button', { name: 'Start the conversation' }).click()
    await frame().getByText('Do you have it in blue?').waitFor()
    await onTheWall('Waiting', '1')
    await agent.go('/agent')
    await agent.page
      .getByRole('button', { name: /^Log in/ })
      .first()
      .click()
    await agent.page
      .getByRole('button', { name: /^Ready/ })
      .first()
      .click()
    await agent.page
      .getByRole('button', { name: /^Accept/ })
      .first()
      .click()
    await frame().getByText('is here.').waitFor()
    await onTheWall('Waiting', '0')
    await onTheWall('Answered', '1')
    const field = agent.page.getByRole('textbox', { name: 'Write to the visitor' })
    await field.fill('We do, in two sizes.')
    await agent.page.keyboard.press('Enter')
    await frame().getByText('We do, in two sizes.').waitFor()
    await agent.shoot('visitor-chat-agent')
    await visitor.shoot('visitor-chat-talk')
    assert.deepEqual(await agent.accessFaults(), [])
    assert.deepEqual(await visitor.accessFaults(), [])
  })

  it('survives a change of page, and tells of what came while it was closed', async () => {
    await visitor.page.getByRole('link', { name: 'Next page' }).click()
    await visitor.page.getByRole('heading', { name: 'Shop /two' }).waitFor()
    await frame().getByText('We do, in two sizes.').waitFor()
    await frame().getByRole('button', { name: 'Close' }).click()
    await agent.page.getByRole('textbox', { name: 'Write to the visitor' }).fill('Still there?')
    await agent.page.keyboard.press('Enter')
    await visitor.page.getByRole('button', { name: /1 new messages/ }).waitFor()
    await visitor.page.getByRole('button', { name: /Chat with us/ }).click()
    await frame().getByRole('textbox', { name: 'Write a message' }).fill('Yes, thank you!')
    await visitor.page.keyboard.press('Enter')
    await agent.page.getByText('Yes, thank you!').waitFor()
  })

  it('goes on by voice when the agent offers it, in the visitor’s browser, without an account', async () => {
    await agent.page.getByRole('button', { name: 'Offer to speak' }).click()
    await frame().getByRole('button', { name: 'Speak with us now' }).click()
    await agent.page
      .getByRole('button', { name: /^Answer/ })
      .first()
      .click()
    await frame().getByText('You are speaking').waitFor()
    interface Live {
      items: { connections: { state: string; party: { name?: string; userId?: string } }[] }[]
    }
    const connected = async () => {
      const { items } = (await admin.request<Live>('GET', '/api/v1/live-calls')).body
      return items.flatMap(({ connections }) => connections).filter(({ state }) => state === 'connected')
    }
    const both = await eventually('two who talk', async () =>
      (await connected()).length === 2 ? await connected() : undefined,
    )
    assert.ok(both.some(({ party }) => party.name === 'Kim' && party.userId === undefined))
    await frame().getByRole('button', { name: 'Hang up' }).click()
    await eventually('nobody who talks', async () => ((await connected()).length === 0 ? true : undefined))
  })

  it('ends with the visitor, and can be had by mail', async () => {
    await frame().getByRole('button', { name: 'End', exact: true }).click()
    await frame().getByText('You ended the conversation.').waitFor()
    await agent.page.getByText('The visitor ended the conversation.').waitFor()
    await frame().getByLabel('Your e-mail address').fill('kim@example.com')
    await frame().getByRole('button', { name: 'Send me what was written' }).click()
    await frame().getByText('It is on its way.').waitFor()
    assert.deepEqual([...visitor.faults, ...agent.faults, ...supervisor.faults], [])
  })

  it('is as good in other languages, in the dark and on a phone, for visitors and administrators', async () => {
    const views: readonly View[] = [
      { language: 'sv', theme: 'dark' },
      { language: 'fr', theme: 'light', width: 390, height: 844 },
    ]
    const launchers: Readonly<Record<string, string>> = { sv: 'Chatta med oss', fr: 'Discuter avec nous' }
    for (const view of views) {
      const name = `${view.language}-${view.theme}-${view.width ?? 1366}`
      const other = await browser.visitor(view)
      await other.page.goto(`${shop.url}/${view.language}`)
      await other.page.getByRole('button', { name: launchers[view.language!]! }).click()
      await other.page.frameLocator('#vaxel-chat').locator('form button').first().waitFor()
      await other.shoot(`visitor-chat-${name}`)
      assert.deepEqual(await other.accessFaults(), [], name)
      await other.close()
      const boss = await browser.user(platform.url, '201', view)
      await boss.go('/admin/website-chat')
      await boss.page.locator('code').first().waitFor()
      await boss.page
        .getByRole('button', { name: view.language === 'sv' ? 'Ändra' : 'Modifier' })
        .first()
        .click()
      await boss.page.getByRole('dialog').waitFor()
      await boss.shoot(`visitor-chat-admin-${name}`)
      assert.deepEqual(await boss.accessFaults(), [], name)
      await boss.close()
    }
  })

  it('shows itself on no other website', async () => {
    const stranger = await browser.visitor()
    await stranger.page.goto(elsewhere.url)
    await stranger.page.getByRole('button', { name: 'Chat with us' }).click()
    await eventually('the browser refuses the frame', () => /frame-ancestors/.test(stranger.faults.join(' ')))
    const shown = stranger.page.frameLocator('#vaxel-chat').getByRole('button', { name: 'Start the conversation' })
    assert.equal(await shown.count(), 0)
  })
})
