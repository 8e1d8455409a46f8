import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import type { Principal } from '@vaxel/contract'
import type { CountedFeed, HistoryReader, NumberedEvent } from '@vaxel/core'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import { EventStream } from './event-stream.ts'

/** Issue 4: an answered call costs a person's event stream no more than this. */
const budgetBytes = 2048

/** 201 calls 202, who answers; one of them hangs up. What the ledger has of it, with the quality that real lines report at the end. */
async function answeredCall(): Promise<{ world: CallWorld; events: readonly NumberedEvent[] }> {
  const world = new CallWorld()
  const page = world.browser('201')
  const bo = world.phone('202')
  const call = page.call('202')
  await world.pass()
  bo.last.answer()
  await world.pass(60_000)
  call.hangUp()
  await world.finish()
  const ended = world.ledger.events.at(-1)!
  const reported = ['caller', 'callee'].map((leg, i) => ({
    ...ended,
    kind: 'quality.reported',
    atMs: ended.atMs + i,
    data: { leg, quality: { received: { packets: 3000, lossRatio: 0, jitterMs: 1.0859375, mos: 4.41 } } },
  }))
  const events = [...world.ledger.events, ...reported].map((event, i) => ({ ...event, number: 1_000_000 + i }))
  return { world, events }
}

/** The messages that a person's stream gives of these events, told as the ledger took them. */
async function messagesTo(principal: Principal, events: readonly NumberedEvent[], brief: boolean): Promise<string[]> {
  const sent: string[] = []
  const history = {
    calls: async () => [],
    events: async () => [],
  } as Pick<HistoryReader, 'calls' | 'events'> as HistoryReader
  let tell: (events: readonly NumberedEvent[]) => void = () => {}
  const feed: CountedFeed = {
    lastNumber: 0,
    subscribe: (listener) => {
      tell = listener
      return () => {}
    },
  }
  const client = {
    bufferedBytes: 0,
    send: (text: string) => void sent.push(text),
    close: () => {},
    lapsed: () => undefined,
    onClosed: () => {},
    drained: async () => {},
  }
  await new EventStream({ history, feed, client, principal, brief, log: silentLogger }).run(0)
  for (const atMs of new Set(events.map((event) => event.atMs))) tell(events.filter((event) => event.atMs === atMs))
  return sent
}

const bytesOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)

describe('an answered call on a brief stream', () => {
  it('costs either person less than 2,048 bytes, and still says each step that a list shows', async () => {
    const { world, events } = await answeredCall()
    for (const name of ['201', '202']) {
      const user = world.user(name)
      const principal: Principal = {
        sessionId: 'session',
        userId: user.id,
        companyId: user.companyId,
        role: 'user',
        isOperator: false,
      }
      const [whole, brief] = [await messagesTo(principal, events, false), await messagesTo(principal, events, true)]
      const kinds = (texts: readonly string[]) => texts.map((text) => (JSON.parse(text) as NumberedEvent).kind)
      assert.ok(kinds(whole).includes('call.connectionCleared'))
      const ownSteps = kinds(whole).filter((kind) => /originated|established|ended/.test(kind))
      assert.ok(ownSteps.length >= 2)
      assert.deepEqual(
        kinds(brief).filter((kind) => ownSteps.includes(kind)),
        ownSteps,
      )
      assert.ok(bytesOf(brief) < budgetBytes, `${bytesOf(brief)} of ${bytesOf(whole)} bytes for ${name}`)
      // Presence comes to each beside it: one calls, the other rings, both talk, both are free.
      assert.ok(bytesOf(brief) + 4 * 275 < budgetBytes, `${bytesOf(brief)} bytes leave no room for presence`)
    }
  })

  it('tells of a call what a list needs at once, and of everything else the whole', async () => {
    const { world, events } = await answeredCall()
    const { id, companyId } = world.user('201')
    const principal: Principal = { sessionId: 's', userId: id, companyId, role: 'administrator', isOperator: false }
    const changed: NumberedEvent = {
      number: 2_000_000,
      kind: 'configuration.changed',
      atMs: 0,
      companyId,
      data: { object: 'users', userId: id },
    }
    const told = (await messagesTo(principal, [...events, changed], true)).map(
      (text) => JSON.parse(text) as Readonly<Record<string, unknown>>,
    )
    const ended = told.find(({ kind }) => kind === 'call.ended')!
    assert.deepEqual(Object.keys(ended), ['number', 'kind', 'at', 'callId', 'data'])
    assert.deepEqual(ended['data'], { answered: true })
    assert.deepEqual(told.find(({ kind }) => kind === 'call.established')!['data'], {})
    assert.deepEqual(told.at(-1)!['data'], { object: 'users', userId: id })
  })
})
