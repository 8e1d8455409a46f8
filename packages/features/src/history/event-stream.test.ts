import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CallId, type CompanyId, silentLogger } from '@vaxel/base'
import type { Principal } from '@vaxel/contract'
import type { CountedFeed, HistoryReader, NumberedEvent } from '@vaxel/core'
import { settle } from '@vaxel/testkit/virtual-clock'
import { EventStream, type StreamClient } from './event-stream.ts'

const companyId = 'company' as CompanyId
const administrator: Principal = {
  sessionId: 'session',
  userId: 'anna',
  companyId,
  role: 'administrator',
  isOperator: false,
}

const eventOf = (number: number, more: Partial<NumberedEvent> = {}): NumberedEvent => ({
  number,
  kind: 'call.held',
  atMs: 0,
  companyId,
  data: {},
  ...more,
})

/** A ledger in memory, and a client that drains when it is told to. */
class Bench {
  readonly stored: NumberedEvent[] = []
  readonly sent: number[] = []
  closed: { code: number; reason: string } | undefined
  lapse: { code: number; reason: string } | undefined
  drain = () => {}
  waitsForDrain = false
  #listener: ((events: readonly NumberedEvent[]) => void) | undefined
  /** Called before each page is answered: what happens while the stream reads. */
  onRead = () => {}

  readonly feed: CountedFeed & { lastNumber: number } = {
    lastNumber: 0,
    subscribe: (listener) => {
      this.#listener = listener
      return () => {
        this.#listener = undefined
      }
    },
  }

  readonly history = {
    calls: async () => [],
    events: async ({ companyId: of, after, limit }) => {
      const page = this.stored.filter((event) => event.number > after && event.companyId === of).slice(0, limit)
      this.onRead()
      await settle()
      return page
    },
  } as Pick<HistoryReader, 'calls' | 'events'> as HistoryReader

  readonly client: StreamClient & { bufferedBytes: number } = {
    bufferedBytes: 0,
    send: (text) => void this.sent.push(JSON.parse(text).number),
    close: (code, reason) => {
      this.closed = { code, reason }
    },
    lapsed: () => this.lapse,
    onClosed: () => {},
    drained: () =>
      this.waitsForDrain
        ? new Promise((resolve) => {
            this.drain = resolve
          })
        : Promise.resolve(),
  }

  tell(event: NumberedEvent): void {
    this.stored.push(event)
    this.hand(event)
  }

  /** What is in the ledger already is told. */
  hand(event: NumberedEvent): void {
    this.feed.lastNumber = event.number
    this.#listener?.([event])
  }

  get isWatched(): boolean {
    return this.#listener !== undefined
  }

  start(after: number | undefined, principal = administrator): Promise<void> {
    const { history, feed, client } = this
    return new EventStream({ history, feed, client, principal, log: silentLogger }).run(after)
  }
}

describe('the event stream', () => {
  it('misses nothing that happens while it reads what was missed', async () => {
    const bench = new Bench()
    for (let number = 1; number <= 1200; number++) bench.tell(eventOf(number))
    let next = 1201
    bench.onRead = () => {
      if (next <= 1210) bench.tell(eventOf(next++))
    }
    await bench.start(0)
    bench.tell(eventOf(next))
    assert.deepEqual(
      bench.sent,
      Array.from({ length: next }, (_, i) => i + 1),
    )
  })

  it('gives from now on also what the ledger has, but nobody has been told yet', async () => {
    for (const isToldMeanwhile of [false, true]) {
      const bench = new Bench()
      bench.tell(eventOf(1))
      const last = eventOf(2)
      bench.stored.push(last)
      if (isToldMeanwhile) bench.onRead = () => bench.hand(last)
      await bench.start(undefined)
      if (!isToldMeanwhile) bench.hand(last)
      assert.deepEqual(bench.sent, [2])
    }
  })

  it('tells nothing more once its person may see less', async () => {
    const bench = new Bench()
    await bench.start(0)
    const changed = (number: number, id: string) =>
      eventOf(number, { kind: 'configuration.changed', data: { object: 'user', id } })
    bench.lapse = { code: 1012, reason: 'changed' }
    bench.tell(changed(1, 'somebody else'))
    assert.equal(bench.closed, undefined)
    bench.tell(changed(2, administrator.userId))
    bench.tell(eventOf(3))
    assert.deepEqual(bench.sent, [1])
    assert.deepEqual(bench.closed, { code: 1012, reason: 'changed' })
  })

  it('waits for a slow client while it fills it, and lets it go when it is too slow live', async () => {
    const bench = new Bench()
    bench.waitsForDrain = true
    for (let number = 1; number <= 600; number++) bench.tell(eventOf(number))
    const running = bench.start(0)
    for (let i = 0; i < 5; i++) await settle()
    assert.equal(bench.sent.length, 500)
    bench.drain()
    await running
    assert.equal(bench.sent.length, 600)
    bench.client.bufferedBytes = 2 * 1024 * 1024
    bench.tell(eventOf(601))
    assert.equal(bench.closed?.code, 1013)
    assert.match(bench.closed?.reason ?? '', /Connect again with \?after=/)
    assert.ok((bench.closed?.reason.length ?? 0) <= 123, 'RFC 6455 §5.5 bounds the reason')
    assert.equal(bench.isWatched, false)
  })

  it('is not held up by events of other companies, and does not tell them', async () => {
    const bench = new Bench()
    bench.tell(eventOf(1))
    bench.tell(eventOf(2, { companyId: 'other' as CompanyId }))
    await bench.start(0)
    bench.tell(eventOf(3, { companyId: 'other' as CompanyId }))
    bench.tell(eventOf(4))
    assert.deepEqual(bench.sent, [1, 4])
  })

  it('shows a supervisor no configuration and a user no foreign calls', async () => {
    const seen = async (principal: Principal) => {
      const bench = new Bench()
      bench.tell(eventOf(1, { kind: 'configuration.changed' }))
      bench.tell(eventOf(2, { kind: 'registrar.bound' }))
      bench.tell(eventOf(3, { callId: 'foreign' as CallId, data: { userId: 'bo' } }))
      bench.tell(eventOf(4, { callId: 'own' as CallId, data: { party: { userId: 'anna' } } }))
      bench.tell(eventOf(5, { callId: 'own' as CallId, kind: 'call.ended' }))
      bench.tell(eventOf(6, { kind: 'something.unheardOf' }))
      await bench.start(0, principal)
      return bench.sent
    }
    assert.deepEqual(await seen(administrator), [1, 2, 3, 4, 5, 6])
    assert.deepEqual(await seen({ ...administrator, role: 'supervisor' }), [2, 3, 4, 5])
    assert.deepEqual(await seen({ ...administrator, role: 'user' }), [4, 5])
  })

  it('ends with the session that opened it', async () => {
    const bench = new Bench()
    await bench.start(undefined)
    bench.tell(eventOf(1, { kind: 'session.ended', data: { sessionId: 'another' } }))
    assert.equal(bench.isWatched, true)
    bench.tell(eventOf(2, { kind: 'session.ended', data: { sessionId: 'session' } }))
    assert.equal(bench.closed?.code, 1008)
  })
})
