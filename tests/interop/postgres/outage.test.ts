import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { silentLogger, systemClock } from '@vaxel/base'
import { openStore, type Store } from '@vaxel/store'
import { eventually, temporaryFolder } from '@vaxel/testkit'
import { Client } from 'pg'
import { companyId, entryOf } from './entry-of.ts'
import { PostgresServer } from './postgres-server.ts'

describe('PostgreSQL goes away', () => {
  let server: PostgresServer
  let store: Store
  let databaseUrl: string
  before(async () => {
    server = await PostgresServer.start()
    databaseUrl = await server.newDatabase()
    store = await openStore({
      folder: temporaryFolder('outage'),
      databaseUrl,
      clock: systemClock,
      log: silentLogger,
    })
  })
  after(async () => {
    await store.close()
    await server.end()
  })

  it('and comes back: what is told meanwhile is acknowledged, and written in order, once', async () => {
    await store.ledger.append(entryOf('talking', { answeredAtMs: 2 }))
    await server.stop()
    await eventually('the store notices', () =>
      store.check().then(
        () => false,
        () => true,
      ),
    )
    assert.equal(await store.ledger.append(entryOf('new')), 2)
    assert.match(store.warnings()[0] ?? '', /takes no entries since .* safe in the journal \(1 entries/)
    const ends = Array.from({ length: 100 }, (_, i) =>
      store.ledger.append(entryOf(`ended-${i}`, { answeredAtMs: 2, endedAtMs: 3 })),
    )
    assert.deepEqual(
      await Promise.all(ends),
      Array.from({ length: 100 }, (_, i) => i + 3),
    )
    await server.resume()
    await eventually('all is well again', () =>
      store.check().then(
        () => true,
        () => false,
      ),
    )
    assert.deepEqual(store.warnings(), [])
    assert.equal(await store.ledger.append(entryOf('newer')), 103)
    assert.equal(store.feed.lastNumber, 103)
  })

  it('in the middle of writing, as in a crash: no event is lost, doubled or out of order', async () => {
    const first = store.feed.lastNumber + 1
    let isOver = false
    const numbers: Promise<number>[] = []
    const writing = (async () => {
      for (let i = 0; !isOver; i++) {
        numbers.push(store.ledger.append(entryOf(`under-load-${i}`, { answeredAtMs: 2, endedAtMs: 3 })))
        if (i % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
      }
    })()
    for (let crash = 0; crash < 3; crash++) {
      const before = numbers.length
      await eventually('entries are on their way', () => numbers.length > before + 200)
      await server.stop('SIGQUIT')
      await server.resume()
    }
    isOver = true
    await writing
    const given = await Promise.all(numbers)
    assert.deepEqual(
      given,
      given.map((_, i) => first + i),
    )
    await eventually('the journal is written', () => store.warnings().length === 0)
    let found = 0
    for (let at = first - 1; ; ) {
      const events = await eventually('reading works again', () =>
        store.history.events({ companyId, after: at, limit: 1000 }).catch(() => undefined),
      )
      for (const event of events) assert.equal(event.kind, `of under-load-${found++}`)
      if (events.length === 0) break
      at = events.at(-1)!.number
    }
    assert.equal(found, given.length)
  })

  it('while somebody reads, which fails alone', async () => {
    const locking = new Client(databaseUrl)
    locking.on('error', () => {})
    await locking.connect()
    await locking.query('begin')
    await locking.query('lock table events in access exclusive mode')
    const reading = assert.rejects(store.history.events({ companyId, after: 0, limit: 1 }), /terminat/)
    await eventually('the reading waits', async () => {
      const waiting = await server.execute('select 1 from pg_locks where not granted', databaseUrl)
      return waiting.length > 0
    })
    await server.stop('SIGQUIT')
    await reading
    await server.resume()
    await eventually('reading works again', () =>
      store.history.events({ companyId, after: 0, limit: 1 }).then(
        (events) => events.length === 1,
        () => false,
      ),
    )
  })
})
