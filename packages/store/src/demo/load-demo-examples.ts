import { makeId } from '@vaxel/base'
import type { FlowId, LedgerEvent, User } from '@vaxel/core'
import type { Store } from '../open-store.ts'
import { demoCentre } from './demo-centre.ts'
import { demoFlow } from './demo-flow.ts'
import { demoDirectNumber, demoDomain } from './load-demo-company.ts'

/** Where the demo's rule answers: inside, and from outside. */
export const demoMainNumbers = ['500', demoDirectNumber('200')] as const

/** Where the demo's queue answers, and who takes its calls. */
const demoQueueNumber = '300'
const demoAgents = ['211', '212', '213', '214', '215']

/**
 * What a newcomer may try besides calling people: a rule with opening hours and a menu on a number, voicemail for whoever does not
 * answer, and a queue with its agents. For a demo company that was just made.
 */
export async function loadDemoExamples(store: Store): Promise<void> {
  const { companyId } = store.directory.domain(demoDomain)!
  const users = store.directory.usersOf(companyId)
  const attendant = users.find(({ role }) => role === 'attendant')!
  const nowMs = store.clock.now()
  const id = makeId<FlowId>(nowMs, store.random)
  const graph = demoFlow({ attendant: attendant.id, sales: '230' })
  const name = 'Main number'
  const tell = (kind: string, more: object = {}): LedgerEvent => ({
    kind,
    atMs: nowMs,
    companyId,
    data: { flow: id, name, by: 'demo', ...more },
  })
  const flow = { id, companyId, name, revision: 1, changedAtMs: nowMs, draft: graph }
  await store.flows.put(flow, tell('flow.made'))
  await store.flows.publish(
    { ...flow, live: { version: 1, publishedAtMs: nowMs, graph } },
    tell('flow.published', { version: 1 }),
  )
  const refusal = await store.configuration.change({ by: 'demo' }, () =>
    demoMainNumbers.map((number) => ({
      kind: 'number',
      after: { number, companyId, target: { kind: 'service', service: 'flow', id } },
    })),
  )
  if (refusal) throw new Error(refusal.text)
  await Promise.all([...users].map((user) => toVoicemail(store, user)))
  await loadDemoCentre(store, users)
}

/** A queue on 300 that works once somebody of 211 to 215 logs in as an agent. */
async function loadDemoCentre(store: Store, users: readonly User[]): Promise<void> {
  const { companyId } = users[0]!
  const nowMs = store.clock.now()
  const agents = demoAgents.map((extension) => users.find((user) => user.extension === extension)!)
  const centre = demoCentre(agents)
  await store.centres.publish(
    { companyId, version: 1, publishedAtMs: nowMs, centre },
    { kind: 'centre.published', atMs: nowMs, companyId, data: { version: 1, by: 'demo', changes: 0 } },
  )
  const refusal = await store.configuration.change({ by: 'demo' }, (current) => {
    const before = current.number(companyId, demoQueueNumber)!
    return [
      {
        kind: 'number',
        before,
        after: { ...before, target: { kind: 'service', service: 'queue', id: centre.queues[0]!.id } },
      },
    ]
  })
  if (refusal) throw new Error(refusal.text)
}

/** Calls that a person does not answer go to their mailbox. */
function toVoicemail(store: Store, { id: userId, companyId, ringSeconds }: User): Promise<void> {
  const value = { callWaiting: true, noAnswer: { to: '700', afterSeconds: ringSeconds } }
  return store.settings.put({ userId, companyId, kind: 'handling', value })
}
