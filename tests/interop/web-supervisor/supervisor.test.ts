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
  { language: 'en', theme: 'light', width: 1366, height: 768 },
  { language: 'sv', theme: 'dark', width: 1920, height: 1080 },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]
const pages = [
  '/supervisor',
  '/supervisor/agents',
  '/supervisor/reports',
  '/supervisor/items',
  '/supervisor/quality',
  '/wallboard',
]

interface Now {
  readonly queues: readonly {
    readonly id: string
    readonly now: { readonly counts: Record<string, number>; readonly figures: Record<string, number> }
  }[]
}

describe('the supervisor’s screens', () => {
  let platform: Platform
  let browser: WebBrowser
  let supervisor: WebVisitor
  let asSupervisor: ApiClient
  let agents: { readonly id: string; readonly name: string; readonly api: ApiClient }[]
  let queueId: string
  let siteId: string
  const visitorSays = async (text: string): Promise<string> => {
    const anybody = new ApiClient(platform.url)
    const wish = { hasAgreed: true, text, name: 'Eva', language: 'en' }
    return (await anybody.post<{ key: string }>(`/api/v1/visitor/sites/${siteId}/chats`, wish)).key
  }
  const setState = (agent: ApiClient, to: string) => agent.post('/api/v1/agent/state', { to })
  interface Desk {
    readonly desk: { readonly offers: { id: string }[]; readonly items: { id: string; state: string }[] }
  }
  const desk = async (agent: ApiClient) => (await agent.get<Desk>('/api/v1/agent')).desk
  /** The figure of the queue's card with this label. */
  const figure = (label: string) =>
    supervisor.page
      .getByRole('region', { name: 'Support' })
      .locator('div', { has: supervisor.page.locator(`dt:text-is("${label}")`) })
      .locator('dd')
  const shows = (label: string, text: string | RegExp) => figure(label).filter({ hasText: text }).first().waitFor()
  before(async () => {
    platform = await startPlatform()
    browser = await WebBrowser.open()
    const admin = await ApiClient.login(platform.url, '201@demo.vaxel.test', 'demo-201')
    asSupervisor = await ApiClient.login(platform.url, '202@demo.vaxel.test', 'demo-202')
    agents = await Promise.all(
      ['205', '206'].map(async (name) => {
        const api = await ApiClient.login(platform.url, `${name}@demo.vaxel.test`, `demo-${name}`)
        const { user } = await api.get<{ user: { id: string; displayName: string } }>('/api/v1/me')
        return { id: user.id, name: user.displayName, api }
      }),
    )
    const made = await admin.post<{ queueId: string }>('/api/v1/centre/queues?language=en', {
      name: 'Support',
      number: '310',
      userIds: agents.map(({ id }) => id),
      hours: 'always',
    })
    queueId = made.queueId
    interface Draft {
      readonly revision: number
      readonly centre: { readonly queues: readonly { readonly id: string; readonly channels: readonly string[] }[] }
    }
    const view = await admin.get<Draft>('/api/v1/centre/draft')
    const queue = view.centre.queues.find(({ id }) => id === queueId)!
    const changed = await admin.put<{ revision: number }>(`/api/v1/centre/draft/queues/${queueId}`, {
      revision: view.revision,
      value: { ...queue, channels: ['call', 'chat'] },
    })
    await admin.post('/api/v1/centre/publications', { revision: changed.revision, note: 'Chats too' })
    const site = await admin.post<{ id: string }>('/api/v1/chat-sites', {
      name: 'Shop',
      queueId,
      origins: ['https://shop.test'],
      asks: 'name',
      consent: '',
      greeting: '',
      offersVoice: false,
      keepDays: 30,
    })
    siteId = site.id
    supervisor = await browser.user(platform.url, '202')
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })

  it('show who waits and who works as it happens, and reports say the same afterwards', async () => {
    await supervisor.go('/supervisor')
    await shows('Waiting', /^0$/)
    await visitorSays('Where is my order?')
    await shows('Waiting', /^1$/)
    await shows('Longest wait', /0:0[1-9]/)
    // The supervisor logs an agent in and makes them ready; the agent's own program takes what is offered.
    await supervisor.go('/supervisor/agents')
    const act = async (name: string, what: string) => {
      await supervisor.page.getByRole('button', { name: `Act on ${name}` }).click()
      await supervisor.page.getByRole('menuitem', { name: what, exact: true }).click()
    }
    const row = (name: string) => supervisor.page.getByRole('row', { name: new RegExp(name) })
    const [first, second] = agents
    await act(first!.name, 'Log in')
    await row(first!.name).getByText('Not ready', { exact: true }).waitFor()
    await act(first!.name, 'Make ready')
    await row(first!.name).getByText('is being asked').waitFor()
    const offer = await eventually('an offer', async () => (await desk(first!.api)).offers[0])
    await first!.api.post(`/api/v1/agent/offers/${offer.id}/accept`, {})
    await row(first!.name).getByText('Chats · Support').waitFor()
    const [item] = (await desk(first!.api)).items
    await first!.api.post(`/api/v1/work/${item!.id}/commands/finish`, {})
    await eventually('the end', async () => {
      const [held] = (await desk(first!.api)).items
      if (held?.state !== 'wrappingUp') return held === undefined
      const place = await first!.api.get<{ queues: { wrapUp: { codes: { id: string }[] } }[] }>('/api/v1/agent')
      const codeId = place.queues[0]!.wrapUp.codes[0]?.id
      await first!.api.post(`/api/v1/work/${held.id}/commands/wrapUp`, { ...(codeId ? { codeId } : {}) })
      return true
    })
    // Put to not ready with a reason: the agent sees by whom.
    await supervisor.page.getByRole('button', { name: `Act on ${first!.name}` }).click()
    const reasons = supervisor.page.getByRole('menu').getByRole('group', { name: 'Make not ready' })
    const reason = (await reasons.getByRole('menuitem').first().textContent())!
    await reasons.getByRole('menuitem').first().click()
    await row(first!.name).getByText(reason).waitFor()
    const own = (await first!.api.get<{ desk: { agent: { by?: string; state: string } } }>('/api/v1/agent')).desk.agent
    assert.equal(own.state, 'notReady')
    assert.ok(own.by)
    // One leaves; the numbers on the wall, of the interface and of the report are one.
    await setState(second!.api, 'logIn')
    const key = await visitorSays('Hello?')
    await new ApiClient(platform.url).post(`/api/v1/visitor/chats/${key}/end`, {})
    await supervisor.go('/supervisor')
    await shows('Arrived', /^2$/)
    await shows('Answered', /^1$/)
    await shows('Left', /^1$/)
    const { queues } = await asSupervisor.get<Now>('/api/v1/centre/now')
    const live = queues.find(({ id }) => id === queueId)!.now
    const today = await supervisor.page.evaluate<string>(
      `new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' })`,
    )
    const report = await asSupervisor.get<{ rows: ({ queueId: string } & Now['queues'][number]['now'])[] }>(
      `/api/v1/centre/reports/work?from=${today}&to=${today}&by=queue`,
    )
    const reported = report.rows.find((found) => found.queueId === queueId)!
    assert.deepEqual(reported.counts, live.counts)
    assert.deepEqual(reported.figures, live.figures)
    await supervisor.go(`/supervisor/reports?from=${today}&to=${today}`)
    const line = supervisor.page.getByRole('row', { name: /Support/ })
    await line.waitFor()
    assert.deepEqual(
      (await line.getByRole('cell').allTextContents()).slice(0, 4).map((text) => text.trim()),
      ['2', '1', '1', '1'],
    )
    await line.getByRole('link').click()
    const found = supervisor.page.getByRole('row').filter({ hasText: 'Eva' })
    await found.filter({ hasText: 'Answered' }).waitFor()
    assert.equal(await found.count(), 2)
  })

  it('score a conversation by a form made here, and the agent sees it', async () => {
    const { page } = supervisor
    await supervisor.go('/supervisor/quality')
    await page.getByRole('button', { name: 'New form' }).click()
    await page.getByRole('textbox', { name: 'Name of the form' }).fill('Chats')
    await page.getByRole('textbox', { name: 'Question 1' }).fill('Greets by name')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Questions: 1').waitFor()
    await supervisor.go('/supervisor/items?outcome=answered')
    await page.getByRole('button', { name: 'Score' }).first().click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Greets by name/ })
      .click()
    await page.getByRole('option', { name: 'Yes' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('Friendly')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByText('Scored: 100%.').waitFor()
    const agent = await browser.user(platform.url, '205')
    await agent.go('/own-scores')
    await agent.page.getByText('Friendly').waitFor()
    assert.deepEqual(await agent.accessFaults(), [])
    await agent.close()
  })

  it('close a queue by hand, and look into what waits', async () => {
    const { page } = supervisor
    await visitorSays('Anybody there?')
    await supervisor.go('/supervisor')
    await shows('Waiting', /^1$/)
    const menu = page.getByRole('button', { name: 'Act on Support' })
    await menu.click()
    await page.getByRole('menuitem', { name: 'What waits' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Eva').waitFor()
    assert.deepEqual(await supervisor.accessFaults(), [])
    await dialog.getByRole('button', { name: 'Act on Eva' }).click()
    await page.getByRole('menuitem', { name: 'To the front' }).click()
    await dialog.getByText(/Priority 9/).waitFor()
    await dialog.getByRole('button', { name: 'Act on Eva' }).click()
    await page.getByRole('menuitem', { name: 'Close without an answer' }).click()
    await dialog.getByRole('textbox', { name: 'Why is it closed?' }).fill('A test')
    await dialog.getByRole('button', { name: 'Close without an answer' }).click()
    await dialog.getByText('Nothing waits here.').waitFor()
    await page.keyboard.press('Escape')
    await menu.click()
    await page.getByRole('menuitem', { name: 'Close now' }).click()
    await page.getByRole('region', { name: 'Support' }).getByText('Closed (by hand)').waitFor()
    await menu.click()
    await page.getByRole('menuitem', { name: 'By its hours' }).click()
    await page.getByRole('region', { name: 'Support' }).getByText('Open', { exact: true }).waitFor()
    assert.deepEqual(supervisor.faults, [])
  })

  it('give work to one named agent, who alone is asked for it, and who has it then', async () => {
    const { page } = supervisor
    const [other, named] = [agents[0]!, agents[1]!]
    const agent = await browser.user(platform.url, '206')
    await agent.go('/agent')
    await agent.page.getByRole('status', { name: 'Your state' }).getByText('Not ready').waitFor()
    await visitorSays('Only you can help me')
    await supervisor.go('/supervisor')
    await page.getByRole('button', { name: 'Act on Support' }).click()
    await page.getByRole('menuitem', { name: 'What waits' }).click()
    const waiting = page.getByRole('dialog', { name: /Support/ })
    await waiting.getByRole('button', { name: 'Act on Eva' }).click()
    await page.getByRole('menuitem', { name: 'Give to a colleague' }).click()
    const choice = page.getByRole('dialog', { name: 'Give to a colleague' })
    await choice.getByRole('button', { name: new RegExp(other.name) }).waitFor()
    await choice.getByRole('searchbox', { name: 'To whom?' }).fill(named.name.slice(0, 5))
    await choice.getByRole('button', { name: new RegExp(other.name) }).waitFor({ state: 'detached' })
    assert.deepEqual(await supervisor.accessFaults(), [])
    await supervisor.shoot('supervisor-give-en')
    await choice.getByRole('button', { name: new RegExp(named.name) }).click()
    await choice.waitFor({ state: 'detached' })
    await waiting.getByText(`for ${named.name}`).waitFor()
    const counted = page.locator('section[aria-label="Support"] dt:text-is("Waiting") + dd')
    await counted.filter({ hasText: /^1$/ }).waitFor()
    await supervisor.shoot('supervisor-given-en')
    await page.keyboard.press('Escape')
    // Whoever is ready first is not asked for what waits for somebody else.
    await setState(other.api, 'ready')
    await agent.page.keyboard.press('Alt+r')
    const offer = agent.page.getByRole('group', { name: 'Chat from Eva' })
    await offer.getByRole('button', { name: 'Accept' }).waitFor()
    assert.deepEqual(await agent.accessFaults(), [])
    await agent.shoot('agent-given-en')
    assert.deepEqual((await desk(other.api)).offers, [])
    await offer.getByRole('button', { name: 'Accept' }).click()
    await agent.page.getByText('With you').waitFor()
    await agent.page.getByText('Only you can help me').first().waitFor()
    const [item] = (await desk(named.api)).items
    await named.api.post(`/api/v1/work/${item!.id}/commands/finish`, {})
    await other.api.post('/api/v1/agent/state', { to: 'logOff' })
    assert.deepEqual([agent.faults, supervisor.faults], [[], []])
    await agent.close()
  })

  it('are right in three languages, light and dark, on a wall, a desk and a phone, and to axe', async () => {
    for (const view of views) {
      const visitor = await browser.user(platform.url, '202', view)
      for (const page of pages) {
        await visitor.go(page)
        await visitor.page.locator('h1').waitFor()
        await visitor.page.locator('[aria-busy="true"]').waitFor({ state: 'detached' })
        await eventually('the figures', () =>
          visitor.page.evaluate<boolean>(
            `document.querySelectorAll('main section, main table, main form, main ul').length > 0`,
          ),
        )
        assert.deepEqual(await visitor.accessFaults(), [], `${page} ${view.language}`)
        const isTooWide = await visitor.page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth + 1')
        assert.equal(isTooWide, false, `${page} at ${view.width}`)
        await visitor.shoot(`supervisor${page.replaceAll('/', '-')}-${view.language}-${view.theme}-${view.width}`)
      }
      assert.deepEqual(visitor.faults, [])
      await visitor.close()
    }
  })
})
