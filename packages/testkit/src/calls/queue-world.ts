import assert from 'node:assert/strict'
import { silentLogger, type UserId } from '@vaxel/base'
import {
  type Agent,
  type AgentLine,
  type Centre,
  type CentreFact,
  type CentreStore,
  defaultCapacity,
  emptyCentre,
  findCode,
  lineLegsOf,
  type Notice,
  type NumberedEvent,
  type Queue,
  type QueueId,
  type Source,
  type WorkItemId,
  type WorkStore,
} from '@vaxel/core'
import { createCallFeatures, queueCalls } from '@vaxel/features/calls'
import { type ContactCentre, createContactCentre } from '@vaxel/features/contact-centre'
import { createQueueVoice, type QueueVoiceFeature } from '@vaxel/features/queue-voice'
import { CallWorld } from './call-world.ts'

/** The queue of {@link QueueWorld}, number 300. */
export const salesQueue: Queue = {
  id: 'sales' as QueueId,
  name: 'Sales',
  channels: ['call', 'callBack', 'voicemail'],
  selection: 'longestIdle',
  needs: [],
  priority: 5,
  offerSeconds: 20,
  missedMakesNotReady: true,
  wrapUp: { seconds: 0, needsCode: false },
  serviceLevel: { seconds: 20, percent: 80 },
  shortAbandonSeconds: 5,
  overflow: { closed: { kind: 'goodbye' }, full: { kind: 'goodbye' } },
  voice: { saysPosition: true, saysWait: true, everySeconds: 30, callBackAfterSeconds: 0, messageAfterSeconds: 0 },
  mailboxNumber: '300',
}

/** {@link CallWorld} with a contact centre: the real dispatcher and its owner, over a store in memory. Agents of the centre are 202 and 203. */
export class QueueWorld extends CallWorld {
  readonly facts: CentreFact[] = []
  readonly told: Notice[] = []
  readonly centre: ContactCentre
  readonly queueVoice: QueueVoiceFeature
  /** What the voice makes of a queue's name. */
  names: (name: string) => Promise<string | undefined> | string | undefined = (name) => `/names/${name}.wav`
  readonly #feed = new Set<(events: readonly NumberedEvent[]) => void>()

  constructor({
    queues = [{}],
    line = { kind: 'devices' },
  }: { queues?: readonly Partial<Queue>[]; line?: AgentLine } = {}) {
    super()
    const { clock, directory, service } = this
    const published: Centre = {
      ...emptyCentre,
      queues: queues.map((more) => ({ ...salesQueue, ...more })),
      agents: ['202', '203'].map((name) => this.#agent(this.user(name).id, line, queues)),
      reasons: [{ id: 'lunch', name: 'Lunch', isWork: false }],
    }
    directory.addNumber(this.acme, '300', { kind: 'service', service: 'queue', id: 'sales' })
    this.ledger.onDurable = ({ events }) => {
      for (const listener of this.#feed) listener(events.map((event, number) => ({ ...event, number })))
    }
    const companyId = this.acme.id
    const version = { companyId, version: 1, publishedAtMs: 0, centre: published }
    this.centre = createContactCentre({
      clock,
      log: silentLogger,
      directory,
      centres: { all: () => [version], published: () => version } as unknown as CentreStore,
      work: this.#store(),
      feed: {
        subscribe: (listener) => {
          this.#feed.add(listener)
          return () => this.#feed.delete(listener)
        },
      },
      notices: { publish: (notice) => void this.told.push(notice) },
      presence: { set: () => {} },
      live: {
        ofCall: (callId) => {
          const owner = service.owner(callId)
          return owner ? lineLegsOf(owner.state) : []
        },
      },
      calls: this.commands,
      bindings: this.bindings,
      awayMs: 30_000,
    })
    this.queueVoice = createQueueVoice({
      clock,
      log: silentLogger,
      directory,
      ledger: this.ledger,
      notices: { publish: (notice) => void this.told.push(notice) },
      calls: queueCalls(service),
      desk: this.centre.workDesk,
      agents: this.centre.agentDesk,
      soundOf: (_, id) => ({
        source: { kind: 'file', path: `/sounds/${id}.wav` } satisfies Source,
        durationMs: 60_000,
      }),
      nameSound: async (name) => this.names(name),
      tellsMonitored: () => true,
      messageExists: async () => true,
    })
    service.voice.provide('queue', this.queueVoice.service)
    const { actions } = createCallFeatures(service)
    service.voice.provide('feature', async (line) => {
      const code = findCode(undefined, line.number)
      const ofAgent = code && this.queueVoice.codes.get(code.feature)
      await (ofAgent ? ofAgent(line, code.argument) : actions.answer(line))
    })
  }

  /** A world whose centre has begun. */
  static async begin(options: ConstructorParameters<typeof QueueWorld>[0] = {}): Promise<QueueWorld> {
    const world = new QueueWorld(options)
    await world.during(world.centre.start())
    return world
  }

  /** An agent is ready for work. */
  async ready(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      const by = { companyId: this.acme.id, userId: this.user(name).id }
      assert.equal(await this.during(this.centre.agentDesk.logIn(by, by.userId)), undefined)
      assert.equal(await this.during(this.centre.agentDesk.ready(by, by.userId)), undefined)
    }
  }

  /** Time goes on until it is done. */
  async during<T>(work: Promise<T>): Promise<T> {
    for (let n = 0; n < 5; n++) await this.pass(1)
    return await work
  }

  agentState(name: string): string {
    const now = this.centre.agentDesk.agent(this.acme.id, this.user(name).id)
    return now ? [now.state, now.reason].filter(Boolean).join(' ') : 'unknown'
  }

  /** What happened to items of a channel, or to all. */
  get worked(): string[] {
    return this.facts.flatMap(({ kind }) => (kind.startsWith('work.') ? [kind.slice('work.'.length)] : []))
  }

  /** The last fact of a kind. */
  fact<Kind extends CentreFact['kind']>(kind: Kind): Extract<CentreFact, { kind: Kind }> {
    const fact = this.facts.findLast((one) => one.kind === kind)
    assert.ok(fact, `there is no ${kind}`)
    return fact as Extract<CentreFact, { kind: Kind }>
  }

  /** What somebody hears that is played to them: the name of a sentence, or of a tone. */
  hears(number: string): string | undefined {
    const source = this.engine.legs.get(this.mediaOf(number))?.plays
    if (source?.kind === 'file') return source.path.replace(/^.*\/(.*)\.wav$/, '$1')
    return source?.kind
  }

  press(number: string, keys: string): void {
    const leg = this.mediaOf(number)
    for (const digit of keys) this.engine.tell({ kind: 'digit', leg, digit, durationMs: 100 })
  }

  /** Lets what is played to somebody come to its end, so often. @returns what was heard */
  async listen(number: string, times = 1): Promise<string[]> {
    const heard: string[] = []
    for (let n = 0; n < times; n++) {
      const now = this.hears(number)
      if (now === undefined || now === 'music' || now === 'silence' || now === 'tone') break
      heard.push(now)
      this.engine.tell({ kind: 'playEnded', leg: this.mediaOf(number) })
      await this.pass()
    }
    return heard
  }

  override async finish(): Promise<void> {
    this.centre.close()
    await super.finish()
  }

  #agent(userId: UserId, line: AgentLine, queues: readonly Partial<Queue>[]): Agent {
    const places = queues.map(({ id = salesQueue.id }) => ({ queueId: id }))
    return { userId, skills: [], queues: places, capacity: defaultCapacity, line }
  }

  #store(): WorkStore {
    const claims = new Set<WorkItemId>()
    const store: Pick<WorkStore, 'record' | 'claim' | 'restore' | 'lastAgent'> = {
      record: async (_, { facts, released = [] }) => {
        this.facts.push(...facts)
        for (const { itemId } of released) claims.delete(itemId)
      },
      claim: async (_, { itemId }, fact) => {
        if (claims.has(itemId)) return false
        claims.add(itemId)
        this.facts.push(fact)
        return true
      },
      restore: async () => ({ items: [], agents: [], queues: [] }),
      lastAgent: async () => undefined,
    }
    return store as WorkStore
  }
}
