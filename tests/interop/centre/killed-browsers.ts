import assert from 'node:assert/strict'
import type { CentreFact } from '@vaxel/core'
import { ApiClient, eventually, WebBrowser, type WebVisitor } from '@vaxel/testkit'
import type { NetCall, NetPhone } from '@vaxel/testkit/peers/net-phone'

const limitMs = 30_000

/** An agent as the wallboard has them. */
export interface WatchedAgent {
  readonly state: string
  readonly reason?: { readonly id: string }
  readonly asked: number
  readonly items: readonly { readonly itemId?: string; readonly id?: string }[]
}

/** A centre with an agent in a browser, a colleague at a telephone, and a customer. */
export interface KillingGround {
  readonly url: string
  readonly api: ApiClient
  /** Extension and login of the agent. */
  readonly browsing: string
  readonly colleague: string
  readonly queueNumber: string
  readonly queueId: string
  readonly customer: NetPhone
  state(user: string, to: 'logIn' | 'ready' | 'notReady'): Promise<unknown>
  agent(user: string): ApiClient
  agentNow(user: string): Promise<WatchedAgent>
  facts(): Promise<readonly CentreFact[]>
}

type Storage = Awaited<ReturnType<WebVisitor['context']['storageState']>>

/** The agent's browser, which dies and is opened anew with what it kept. */
class MortalBrowser {
  readonly #ground: KillingGround
  #browser: WebBrowser | undefined
  #storage: Storage | undefined
  visitor!: WebVisitor

  constructor(ground: KillingGround) {
    this.#ground = ground
  }

  get page(): WebVisitor['page'] {
    return this.visitor.page
  }

  async open(): Promise<void> {
    const { url, browsing } = this.#ground
    this.#browser = await WebBrowser.open()
    const storage = this.#storage
    this.visitor = await this.#browser.visitor(storage ? { more: { storageState: storage } } : {})
    if (storage) await this.page.goto(`${url}/agent`)
    else await this.visitor.logIn(url, browsing)
    await this.visitor.go('/agent')
    await this.page.getByText('Ready for calls').first().waitFor({ timeout: limitMs })
  }

  /** kill -9 of the whole browser: no word to the server. */
  async kill(): Promise<void> {
    this.#storage = await this.visitor.context.storageState()
    await this.#browser?.kill()
    this.#browser = undefined
  }

  async close(): Promise<void> {
    await this.#browser?.close()
  }
}

async function using(ground: KillingGround, does: (browser: MortalBrowser) => Promise<void>): Promise<void> {
  const browser = new MortalBrowser(ground)
  try {
    await browser.open()
    await does(browser)
  } finally {
    await browser.close()
  }
}

/** The agent's page is told of a call, and takes it. */
async function talk(ground: KillingGround, browser: MortalBrowser): Promise<NetCall> {
  const { customer, queueNumber, browsing } = ground
  const call = await customer.call(queueNumber)
  await call.isAnswered()
  await browser.page.getByRole('button', { name: 'Answer' }).first().click()
  await eventually('they talk', async () => (await ground.agentNow(browsing)).items.length === 1, limitMs)
  await browser.page.getByRole('region', { name: /^In a call with/ }).waitFor()
  return call
}

/** Talking, on hold, noting: a browser that is opened anew is where the old one was, and the customer notices a pause at most. */
export async function comesBackToWork(ground: KillingGround): Promise<void> {
  const { browsing, state, agentNow, facts } = ground
  await using(ground, async (browser) => {
    await state(browsing, 'logIn')
    await state(browsing, 'ready')
    const call = await talk(ground, browser)
    const region = () => browser.page.getByRole('region', { name: /^In a call with/ })

    await browser.kill()
    await browser.open()
    await region().waitFor({ timeout: limitMs })
    assert.equal(call.isUp, true)

    await region().getByRole('button', { name: 'Hold', exact: true }).click()
    await region().getByText('on hold').waitFor()
    await browser.kill()
    await browser.open()
    await region().waitFor({ timeout: limitMs })
    assert.equal(call.isUp, true)
    await region().getByText('on hold').waitFor()
    await region().getByRole('button', { name: 'Take back', exact: true }).click()
    await region().getByText('connected').first().waitFor()

    call.hangUp()
    const form = () => browser.page.getByRole('form', { name: 'Wrap-up' })
    await form().waitFor()
    await browser.page.keyboard.press('Alt+Shift+N')
    await browser.page.keyboard.type('Wants a refund')
    const [item] = (await ground.agent(browsing).get<Desk>('/api/v1/agent')).desk?.items ?? []
    const kept = () => ground.agent(browsing).get<{ note?: string }>(`/api/v1/work/${item?.id}`)
    await eventually('it is saved', async () => (await kept()).note === 'Wants a refund', limitMs)
    await browser.kill()
    await browser.open()
    await form().waitFor({ timeout: limitMs })
    const typed = () => browser.page.locator('textarea').inputValue()
    await eventually('what was typed', async () => (await typed()) === 'Wants a refund', limitMs)
    await form().getByRole('button', { name: 'Done' }).click()
    await eventually('it is noted', async () => (await agentNow(browsing)).state === 'ready', limitMs)
    const told = (await facts()).map(({ kind }) => kind)
    assert.equal(told.filter((kind) => kind === 'work.accepted').length, 1)
    assert.ok(!told.includes('work.returned') && !told.includes('work.abandoned'))
    const noted = (await facts()).find((fact) => fact.kind === 'work.wrappedUp')
    assert.ok(noted?.kind === 'work.wrappedUp' && noted.note === 'Wants a refund')
    await state(browsing, 'notReady')
  })
}

/** Ready with a visitor at the website, and offered a caller: nobody waits for a browser that does not come back. */
export async function isMissed(ground: KillingGround): Promise<void> {
  const { url, api, browsing, colleague, queueId, queueNumber, customer, state, agentNow, facts } = ground
  const site = await api.post<{ id: string }>('/api/v1/chat-sites', {
    name: 'Help',
    queueId,
    origins: ['https://help.example'],
    asks: 'nothing',
    consent: '',
    greeting: '',
    offersVoice: false,
    keepDays: 30,
  })
  const visitor = new ApiClient(url)
  const stateOfChat = async (key: string) =>
    (await visitor.get<{ state: string }>(`/api/v1/visitor/chats/${key}`)).state
  await using(ground, async (browser) => {
    await state(browsing, 'logIn')
    await state(browsing, 'ready')
    const { key } = await visitor.post<{ key: string }>(`/api/v1/visitor/sites/${site.id}/chats`, {
      hasAgreed: true,
      text: 'Is anybody there?',
      language: 'en',
    })
    const offerId = await eventually(
      'the chat is offered',
      async () => (await ground.agent(browsing).get<Desk>('/api/v1/agent')).desk?.offers[0]?.id,
      limitMs,
    )
    await ground.agent(browsing).post(`/api/v1/agent/offers/${offerId}/accept`, {})
    await eventually('they write', async () => (await stateOfChat(key)) === 'talking', limitMs)
    await browser.kill()
    await eventually('the agent is missed', async () => (await agentNow(browsing)).state === 'notReady', limitMs)
    await eventually('the visitor waits again', async () => (await agentNow(browsing)).items.length === 0, limitMs)
    assert.equal((await agentNow(browsing)).reason?.id, 'unreachable')
    assert.equal(await stateOfChat(key), 'waiting')
    await visitor.post(`/api/v1/visitor/chats/${key}/end`, {})
    const call = await customer.call(queueNumber)
    await call.isAnswered()
    assert.equal((await agentNow(browsing)).asked, 0, 'nobody is offered to an empty chair')

    await browser.open()
    await state(browsing, 'ready')
    await eventually('the telephone rings', async () => (await agentNow(browsing)).asked === 1, limitMs)
    await browser.page.getByRole('button', { name: 'Answer' }).first().waitFor()
    await browser.kill()
    await state(colleague, 'ready')
    await eventually('the next one has the caller', async () => (await agentNow(colleague)).items.length === 1, limitMs)
    assert.equal(call.isUp, true)
    const missed = await agentNow(browsing)
    assert.equal(missed.state, 'notReady')
    assert.ok(missed.reason?.id === 'unreachable' || missed.reason?.id === 'missedOffer', missed.reason?.id)
    const told = (await facts()).filter((fact) => fact.kind === 'work.offerFailed' || fact.kind === 'work.missed')
    assert.ok(told.length >= 1)
    call.hangUp()
    await call.isOver()
    await eventually('they note', async () => (await agentNow(colleague)).state === 'workingAfterCall', limitMs)
    await state(colleague, 'ready')
    await state(colleague, 'notReady')

    await browser.open()
    await state(browsing, 'ready')
    const lost = await talk(ground, browser)
    await browser.kill()
    await eventually('the caller waits again', async () => (await agentNow(browsing)).items.length === 0, limitMs)
    assert.equal(lost.isUp, true)
    await eventually('the agent is not ready', async () => (await agentNow(browsing)).state === 'notReady', limitMs)
    lost.hangUp()
    await lost.isOver()
  })
}

interface Desk {
  readonly desk?: {
    readonly offers: readonly { readonly id: string }[]
    readonly items: readonly { readonly id: string }[]
  }
}
