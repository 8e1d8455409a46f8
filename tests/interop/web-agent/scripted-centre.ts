import type { Page, Route } from 'playwright-core'

/** To whom an item can be given. */
const receivers = [
  { userId: 'u2', name: 'Åsa Nyström', state: 'ready', queueId: 'support', queueName: 'Support' },
  { userId: 'u3', name: 'Lars Berg', state: 'loggedOff', queueId: 'orders', queueName: 'Orders' },
]

/** A contact centre of a page's own, in which a test says what happens: the page's requests to it never reach the server. */
export class ScriptedCentre {
  /** What the page asked for: `POST /api/v1/agent/state`, with what it sent. */
  readonly asked: { readonly what: string; readonly body: unknown }[] = []
  /** As the notice has it. */
  desk: Record<string, unknown>
  waiting: unknown[] = []
  /** While true, nothing of the centre answers: the network is down. */
  isDown = false
  readonly place: Record<string, unknown>
  readonly work: Record<string, unknown>
  #version = 1
  #socket: { send(text: string): void } | undefined

  constructor(userId: string) {
    this.desk = {
      agent: {
        userId,
        name: 'Demo Agent',
        state: 'loggedOff',
        since: minutesAgo(30),
        line: { kind: 'devices' },
        queueIds: ['support', 'orders'],
      },
      items: [],
      offers: [],
    }
    this.place = placeOf()
    this.work = { history: history(), notes: [note()] }
  }

  /** Before the page is opened. */
  async attach(page: Page): Promise<void> {
    await page.routeWebSocket(/\/api\/v1\/events/, (socket) => {
      socket.connectToServer()
      this.#socket = socket
    })
    await page.route(/\/api\/v1\/(agent|work)(\/|\?|$)/, (route) => this.#answer(route))
  }

  /** Something is otherwise: the page is told, as the server would. */
  tell(change: Record<string, unknown>): void {
    this.desk = { ...this.desk, ...change }
    this.#version++
    const data = { desk: { ...this.desk, version: this.#version } }
    const at = new Date().toISOString()
    this.#socket?.send(JSON.stringify({ notice: 'agent.deskChanged', at, data }))
    this.#socket?.send(JSON.stringify({ notice: 'work.waitingChanged', at, data: { queueIds: ['support'] } }))
  }

  /** The agent is now so. */
  be(state: string, more: Record<string, unknown> = {}): void {
    const { reason: _, by: __, next: ___, ...agent } = this.desk['agent'] as Record<string, unknown>
    this.tell({ agent: { ...agent, state, since: new Date().toISOString(), ...more } })
  }

  async #answer(route: Route): Promise<void> {
    if (this.isDown) return route.abort('internetdisconnected')
    const request = route.request()
    const path = new URL(request.url()).pathname
    const what = `${request.method()} ${path}`
    if (request.method() !== 'GET') this.asked.push({ what, body: request.postDataJSON() })
    const desk = () => ({ ...this.desk, version: this.#version })
    if (path === '/api/v1/agent/membership') return route.fulfill({ json: { isAgent: true } })
    if (path === '/api/v1/agent') return route.fulfill({ json: { desk: desk(), ...this.place } })
    if (path === '/api/v1/agent/waiting') return route.fulfill({ json: { items: this.waiting } })
    if (path.endsWith('/receivers')) return route.fulfill({ json: { items: receivers } })
    if (path === '/api/v1/agent/figures') return route.fulfill({ json: figures })
    if (path === '/api/v1/agent/state') {
      const { to, reason } = request.postDataJSON() as { to: string; reason?: string }
      if (to === 'logIn') this.be('notReady', { reason: { id: 'loggedIn' } })
      else if (to === 'logOff') this.be('loggedOff')
      else this.be(to, reason === undefined ? {} : { reason: { id: reason, name: 'Lunch' } })
      return route.fulfill({ json: desk() })
    }
    if (path.startsWith('/api/v1/agent/offers/')) {
      const isAccepted = path.endsWith('/accept')
      const offers = this.desk['offers'] as { item: Record<string, unknown> }[]
      const items = this.desk['items'] as unknown[]
      const taken = isAccepted
        ? offers.map(({ item }) => ({ ...item, state: 'assigned', acceptedAt: new Date().toISOString() }))
        : []
      this.tell({ offers: [], items: [...items, ...taken] })
      return route.fulfill({ json: desk() })
    }
    if (path.endsWith('/customer-notes'))
      return route.fulfill({
        status: 201,
        json: { ...note(), id: 'n2', text: (request.postDataJSON() as { text: string }).text },
      })
    if (request.method() === 'GET') return route.fulfill({ json: this.work })
    return route.fulfill({ status: 204 })
  }
}

export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()
export const secondsOn = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString()

/** Something that a customer wants. */
export const itemOf = (id: string, channel: string, more: Record<string, unknown> = {}) => ({
  id,
  queueId: 'support',
  queueName: 'Support',
  channel,
  customer: { name: 'Eva Berg', number: '+46701740605' },
  since: minutesAgo(2),
  priority: 5,
  state: 'assigned',
  ...more,
})

export const offerOf = (id: string, item: Record<string, unknown>, isByTelephone = false) => ({
  id,
  item: { ...item, state: 'offered' },
  until: secondsOn(20),
  isByTelephone,
  popUrl: `https://crm.example/customers?number=${encodeURIComponent('+46701740605')}`,
})

const note = () => ({ id: 'n1', at: minutesAgo(3000), by: 'Olof Palm', text: 'Wants to be called after four.' })

const history = () => [
  {
    id: 'h1',
    channel: 'call',
    queueName: 'Support',
    at: minutesAgo(3000),
    agentName: 'Olof Palm',
    outcome: 'answered',
    code: 'Refund',
    note: 'Promised the refund by Friday.',
    handledMs: 245_000,
    callId: 'c1',
  },
  { id: 'h2', channel: 'mail', queueName: 'Orders', at: minutesAgo(9000), outcome: 'answered', subject: 'Order 4711' },
]

const figures = {
  accepted: 14,
  missed: 1,
  declined: 0,
  handledMs: 5_400_000,
  wrapMs: 900_000,
  byState: [
    { state: 'ready', ms: 3_600_000 },
    { state: 'notReady', reason: 'lunch', ms: 1_800_000 },
  ],
}

function placeOf(): Record<string, unknown> {
  const wrapUp = {
    seconds: 30,
    needsCode: true,
    codes: [
      { id: 'refund', name: 'Refund' },
      { id: 'question', name: 'Question' },
    ],
  }
  return {
    queues: [
      { id: 'support', name: 'Support', isOpen: true, waiting: 3, longestSince: minutesAgo(1), wrapUp },
      { id: 'orders', name: 'Orders', isOpen: false, waiting: 0, wrapUp },
    ],
    allQueues: [
      { id: 'support', name: 'Support', channels: ['call', 'callBack', 'mail', 'chat'] },
      { id: 'orders', name: 'Orders', channels: ['call', 'mail'] },
    ],
    reasons: [
      { id: 'lunch', name: 'Lunch' },
      { id: 'meeting', name: 'Meeting' },
    ],
    channels: ['call', 'callBack', 'voicemail', 'mail', 'chat'],
    templates: [
      { id: 't1', name: 'Opening hours', kind: 'knowledge', text: 'We are open 8 to 17, {customer}.' },
      { id: 't2', name: 'Refund', kind: 'knowledge', text: 'Refunds take {days} days.' },
    ],
    popsAt: 'alerting',
    schedule: [{ date: new Date().toISOString().slice(0, 10), from: '08:00', to: '17:00' }],
  }
}
