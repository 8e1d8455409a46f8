import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { ApiClient, eventually, leastHeight, type Platform, startPlatform, type View, WebBrowser } from '@vaxel/testkit'
import { showsWherePeopleAre } from './calendar-cases.ts'
import { putsCallersThrough, staysSmoothWithThousands } from './attendant-cases.ts'
import { itemOf, minutesAgo, offerOf, ScriptedCentre, secondsOn } from './scripted-centre.ts'

/** How the console is looked at, and in which of its states. */
const views: readonly (View & { readonly states: string; readonly words: { more: string; giveTo: string } })[] = [
  {
    language: 'en',
    theme: 'light',
    width: 1200,
    height: 900,
    states: 'login offer busy wrap-up missed keys',
    words: { more: 'More', giveTo: 'Give to a colleague' },
  },
  { language: 'sv', theme: 'dark', states: 'offer wrap-up', words: { more: 'Mer', giveTo: 'Ge till en kollega' } },
  {
    language: 'fr',
    theme: 'light',
    width: 390,
    height: 844,
    states: 'busy customer missed',
    words: { more: 'Plus', giveTo: 'Confier à un collègue' },
  },
]

/** A page of another origin that shows which customer it was asked for. */
async function startCrm(): Promise<{ server: Server; url: string }> {
  const server = createServer(({ url }, reply) => {
    reply.writeHead(200, { 'content-type': 'text/html' }).end(`<title>${encodeURI(url ?? '')}</title>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}` }
}

describe('agents and attendants in the web app', () => {
  let platform: Platform
  let browser: WebBrowser
  before(async () => {
    platform = await startPlatform({ readyLimitMs: 60_000 })
    browser = await WebBrowser.open()
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })

  it('takes a real call from login to wrap-up with the keyboard alone; the next one knows what came of it', async (t) => {
    const admin = await ApiClient.login(platform.url, '201@demo.vaxel.test', 'demo-201')
    const self = await ApiClient.login(platform.url, '205@demo.vaxel.test', 'demo-205')
    const { user } = await self.get<{ user: { id: string } }>('/api/v1/me')
    const agent = await browser.user(platform.url, '205')
    const { page } = agent
    await page.getByText('Ready for calls').first().waitFor()
    await page.getByRole('link', { name: 'Work' }).waitFor({ state: 'detached' })
    await admin.post('/api/v1/centre/queues', { name: 'Support', number: '310', userIds: [user.id], hours: 'always' })
    // Whoever becomes an agent has the place at once.
    await page.getByRole('link', { name: 'Work' }).waitFor()
    await page.keyboard.press('Alt+w')
    await page.getByRole('button', { name: 'Log in' }).press('Enter')
    await page.getByRole('status', { name: 'Your state' }).getByText('Not ready').waitFor()
    await page.keyboard.press('Alt+r')
    await page.getByText('You are ready.').waitFor()
    const caller = await browser.user(platform.url, '204')
    await caller.page.getByText('Ready for calls').first().waitFor()
    await caller.go('/phone')
    const call = async () => {
      await caller.page.getByRole('combobox').first().fill('310')
      await caller.page.keyboard.press('Enter')
      await page
        .getByRole('group', { name: 'Call from Erik Sjöberg' })
        .getByRole('button', { name: 'Answer' })
        .waitFor()
    }
    await call()
    // The customer is there before anybody answers, and nothing lies above the console.
    await page.getByRole('region', { name: 'Contact' }).getByText('Säljare · Försäljning').waitFor()
    assert.equal(await page.getByRole('alertdialog').count(), 0)
    assert.deepEqual(await agent.accessFaults(), [])
    await page.keyboard.press('Alt+a')
    await page.getByRole('region', { name: 'In a call with Erik Sjöberg' }).waitFor()
    await page.getByText('With you').waitFor()
    await page.keyboard.press('Alt+Shift+N')
    await page.keyboard.type('Wants a refund')
    assert.equal(await page.locator('textarea').inputValue(), 'Wants a refund')
    await page.getByText('Saved', { exact: true }).waitFor()
    await agent.shoot('agent-in-call-en-light-1366')
    await page.keyboard.press('Alt+h')
    const wrapUp = page.getByRole('form', { name: 'Wrap-up' })
    await wrapUp.getByRole('button', { name: 'Done' }).waitFor()
    await wrapUp.getByRole('button', { name: /What came of it/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Alt+Shift+N')
    await page.keyboard.press('Control+Enter')
    await page.getByText('You are ready.').waitFor()
    await call()
    const before = page.getByRole('region', { name: 'Earlier conversations' })
    await before.getByRole('button').first().click()
    await before.getByText('Wants a refund').waitFor()
    await caller.page.keyboard.press('Alt+h')
    await page.getByText('You are ready.').waitFor()
    t.diagnostic(`an agent's place over the API: ${JSON.stringify(await self.get('/api/v1/agent')).length} bytes`)
    assert.deepEqual([agent.faults, caller.faults], [[], []])
    await caller.close()
    await agent.close()
  })

  it('looks right in each language, theme and size, and is clean for axe in each state', async () => {
    for (const { words, ...view } of views) {
      const visitor = await browser.visitor(view)
      const { page } = visitor
      const centre = new ScriptedCentre('u1')
      await centre.attach(page)
      await visitor.logIn(platform.url, '206')
      await visitor.go('/agent')
      await page.getByRole('radio').first().waitFor()
      const name = `${view.language}-${view.theme}-${view.width ?? 1366}`
      const look = async (what: string) => {
        if (!view.states.split(' ').includes(what)) return
        assert.deepEqual(await visitor.accessFaults(), [], `${what} ${name}`)
        await visitor.shoot(`agent-${what}-${name}`)
        // Nothing of the console is beyond the window.
        if ((view.width ?? 1366) >= 1200)
          assert.ok(await page.evaluate('document.documentElement.scrollHeight <= innerHeight'), `${what} ${name}`)
      }
      await look('login')
      const mail = { customer: { address: 'kund@example.com' }, subject: 'Where is order 4711?', state: 'waiting' }
      centre.waiting = [
        itemOf('w1', 'call', { state: 'waiting' }),
        itemOf('w2', 'mail', mail),
        itemOf('w3', 'callBack', { state: 'waiting', priority: 8, notBefore: secondsOn(3600) }),
      ]
      centre.be('ready')
      centre.tell({ offers: [offerOf('o1', itemOf('a', 'call'), true)] })
      await page.getByRole('timer').first().waitFor()
      await page.getByText('kund@example.com').first().waitFor()
      await look('offer')
      centre.tell({
        offers: [offerOf('o2', itemOf('c', 'chat', { customer: { name: 'Visitor' } }))],
        items: [
          itemOf('a', 'callBack', { acceptedAt: minutesAgo(1), callId: 'c1', fromCallId: 'c0' }),
          itemOf('m', 'mail', { state: 'kept', subject: 'Order 4711', acceptedAt: minutesAgo(60) }),
        ],
      })
      centre.be('busy')
      await page.getByText('Visitor').first().waitFor()
      await look('busy')
      await page
        .getByRole('button', { name: /Order 4711/ })
        .first()
        .click()
      await page.getByRole('article').getByRole('button', { name: words.more, exact: true }).click()
      await page.getByRole('menuitem', { name: words.giveTo }).waitFor()
      await visitor.shoot(`agent-more-${name}`)
      await page.getByRole('menuitem', { name: words.giveTo }).click()
      await page.getByRole('button', { name: /Åsa Nyström/ }).waitFor()
      assert.deepEqual(await visitor.accessFaults(), [], `give to ${name}`)
      if (view.width === 390) assert.ok((await leastHeight(page.getByRole('dialog').getByRole('button'))) >= 44, name)
      await visitor.shoot(`agent-give-to-${name}`)
      await page.getByRole('button', { name: /Åsa Nyström/ }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      const given = await eventually('it is given', () =>
        centre.asked.find(({ what }) => what === 'POST /api/v1/work/m/commands/move'),
      )
      assert.deepEqual(given.body, { queueId: 'support', agentId: 'u2' })
      if (view.width === 390) {
        await page.getByRole('radio').nth(2).click()
        await page.getByText('Wants to be called after four.').waitFor()
        await look('customer')
        await page.getByRole('radio').nth(1).click()
      }
      const wrapping = { state: 'wrappingUp', acceptedAt: minutesAgo(1), wrapUpUntil: secondsOn(25) }
      centre.tell({ offers: [], items: [itemOf('a', 'callBack', wrapping)] })
      centre.be('workingAfterCall', {
        by: 'Sara Chef',
        next: { state: 'notReady', reason: { id: 'lunch', name: 'Lunch' } },
      })
      await page.getByText('Sara Chef').waitFor()
      await page.locator('textarea').waitFor()
      await look('wrap-up')
      centre.tell({ items: [] })
      centre.be('notReady', { reason: { id: 'missedOffer' } })
      await page.locator('textarea').waitFor({ state: 'detached' })
      await look('missed')
      await page.keyboard.press('Alt+k')
      await page.getByRole('dialog').waitFor()
      await look('keys')
      assert.deepEqual(visitor.faults, [])
      await visitor.close()
    }
  })

  it('loses nothing that is typed when the network drops and the tab crashes', async () => {
    const visitor = await browser.visitor()
    const { page } = visitor
    const centre = new ScriptedCentre('u1')
    await centre.attach(page)
    await visitor.logIn(platform.url, '206')
    await visitor.go('/agent')
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    centre.tell({ items: [itemOf('a', 'callBack', { acceptedAt: minutesAgo(1) })] })
    centre.be('busy')
    await page.locator('textarea').waitFor()
    centre.isDown = true
    await page.keyboard.press('Alt+Shift+N')
    await page.keyboard.type('Half a sen')
    await page.getByText('Saved in this browser').waitFor()
    await page.getByLabel('New note').fill('Pays late')
    // A text of the company goes where the agent writes, filled in.
    await page.keyboard.press('Alt+t')
    await page.keyboard.type('closing')
    await page.getByText('No text fits.').waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('opening')
    await page.keyboard.press('Enter')
    await page.reload()
    await page.goto(`${platform.url}/agent`)
    centre.isDown = false
    await page.locator('textarea').waitFor()
    const typed = 'Half a sen\nWe are open 8 to 17, Eva Berg.'
    assert.equal(await page.locator('textarea').inputValue(), typed)
    await page.getByText('Saved', { exact: true }).waitFor()
    assert.equal(await page.getByLabel('New note').inputValue(), 'Pays late')
    assert.deepEqual(
      centre.asked.filter(({ what }) => what.endsWith('/note')).map(({ body }) => body),
      [{ text: typed }],
    )
    // On another screen an offer lies above what is being written there, until the agent answers it.
    await visitor.go('/people')
    await page.getByRole('heading', { name: 'People' }).waitFor()
    centre.tell({ offers: [offerOf('o', itemOf('b', 'chat', { customer: { name: 'Visitor' } }))] })
    await page.getByRole('complementary', { name: 'Offered to you' }).getByText('Visitor').waitFor()
    assert.deepEqual(await visitor.accessFaults(), [])
    await page.keyboard.press('Alt+Shift+A')
    await page.getByRole('article', { name: 'Chat: Visitor' }).waitFor()
    assert.equal(await page.evaluate("Object.keys(localStorage).some((key) => key.includes('agent.note.'))"), false)
    await visitor.close()
  })

  it('shows each customer in one tab of the company’s own system that the agent opened, which has no hold of this page', async (t) => {
    const crm = await startCrm()
    t.after(() => crm.server.close())
    const visitor = await browser.visitor()
    const { page } = visitor
    const centre = new ScriptedCentre('u1')
    await centre.attach(page)
    await visitor.logIn(platform.url, '206')
    await visitor.go('/agent')
    await page.getByRole('button', { name: 'Log in' }).press('Enter')
    await page.getByRole('status', { name: 'Your state' }).getByText('just logged in').waitFor()
    await page.keyboard.press('Alt+Shift+Digit1')
    await page.getByRole('status', { name: 'Your state' }).getByText('Lunch').waitFor()
    const offer = (id: string) => ({ ...offerOf(id, itemOf(id, 'chat')), popUrl: `${crm.url}/customer/${id}` })
    centre.tell({ offers: [offer('one')] })
    const opened = visitor.context.waitForEvent('page')
    await page.getByRole('button', { name: 'Show in the CRM' }).click()
    const tab = await opened
    await tab.waitForURL(`${crm.url}/customer/one`)
    centre.tell({ offers: [offer('one'), offer('two')] })
    await tab.waitForURL(`${crm.url}/customer/two`)
    centre.tell({ offers: [offer('three')] })
    await tab.waitForURL(`${crm.url}/customer/three`)
    // It tries to lead the telephone's page away, as a stolen page of that system would.
    await tab.evaluate(`for (const lead of [() => { opener.top.location = '/away' }, () => { opener.location = '/away' }])
      try { lead() } catch {}`)
    assert.equal(visitor.context.pages().length, 2)
    await tab.close()
    centre.tell({ offers: [{ ...offer('four'), popUrl: 'javascript:alert(1)' }] })
    centre.tell({ offers: [offer('five')] })
    await page.getByRole('button', { name: 'Show in the CRM' }).waitFor()
    assert.equal(visitor.context.pages().length, 1)
    assert.equal(new URL(page.url()).pathname, '/agent')
    // What a screen pop costs, and how long the page takes for it.
    const popped = page.evaluate<number>(`new Promise((resolve) => {
      new MutationObserver((_, watch) => {
        if (!document.body.textContent.includes('Popped Customer')) return
        watch.disconnect()
        requestAnimationFrame(() => resolve(Date.now()))
      }).observe(document.body, { subtree: true, childList: true, characterData: true })
    })`)
    const last = {
      ...offer('six'),
      item: itemOf('six', 'chat', { customer: { name: 'Popped Customer' }, state: 'offered' }),
    }
    const toldAtMs = Date.now()
    centre.tell({ offers: [last] })
    t.diagnostic(
      `screen pop: ${JSON.stringify({ ...centre.desk, version: 1 }).length} bytes, drawn after ${(await popped) - toldAtMs} ms`,
    )
    await visitor.close()
  })

  it('lets an attendant put callers through with one key, ask first, park, and leave a message for who is away', async () => {
    await putsCallersThrough(platform, browser, '310')
  })

  it('shows an attendant where people are by their calendars, and tells the owner of one that is broken', async () => {
    await showsWherePeopleAre(platform, browser)
  })

  it('stays smooth at the attendant’s desk with 5,000 people', async (t) => {
    await staysSmoothWithThousands(platform, browser, (text) => t.diagnostic(text))
  })
})
