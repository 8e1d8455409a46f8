import { makeId } from '@vaxel/base'
import type { FlowId, LedgerEvent, User } from '@vaxel/core'
import type { Store } from '../open-store.ts'
import { demoFlow } from './demo-flow.ts'
import { demoDirectNumber, demoDomain } from './load-demo-company.ts'

/** Where the demo's rule answers: inside, and from outside. */
export const demoMainNumbers = ['500', demoDirectNumber('200')] as const

/**
 * What a newcomer may try besides calling people: a rule with opening hours and a menu on a number, and voicemail for whoever does not
 * answer. For a demo company that was just made.
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
}

/** Calls that a person does not answer go to their mailbox. */
function toVoicemail(store: Store, { id: userId, companyId, ringSeconds }: User): Promise<void> {
  const value = { callWaiting: true, noAnswer: { to: '700', afterSeconds: ringSeconds } }
  return store.settings.put({ userId, companyId, kind: 'handling', value })
}
