import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { silentLogger } from '@vaxel/base'
import { openStore, type Store } from '@vaxel/store'
import { eventually, temporaryFolder, VirtualClock } from '@vaxel/testkit'
import { entryOf } from './entry-of.ts'
import { PostgresServer } from './postgres-server.ts'

/** The tables of a ledger's entry, in the order in which they are written. */
const tables = ['calls', 'events'] as const

/** Every connection stands and answers; only writes fail. */
describe('PostgreSQL takes no writes', () => {
  let server: PostgresServer
  let url: string
  let clock: VirtualClock
  let folder: string
  let store: Store
  const execute = (statement: string) => server.execute(statement, url)
  before(async () => {
    server = await PostgresServer.start()
  })
  after(() => server.end())
  const open = () => openStore({ folder, databaseUrl: url, clock, log: silentLogger })
  beforeEach(async () => {
    url = await server.newDatabase()
    clock = new VirtualClock(1_700_000_000_000)
    folder = temporaryFolder('no-writes')
    store = await open()
  })
  afterEach(() => store.close())

  /** As PostgreSQL says it of a table that it cannot make larger. */
  const raise = async (table: (typeof tables)[number], code: string, message: string, only = 'true') => {
    await execute(
      'create or replace function fault() returns trigger language plpgsql as $$ begin ' +
        `raise exception '${message}' using errcode = '${code}'; end $$`,
    )
    await execute(
      `create trigger fault before insert or update on ${table} for each row when (${only}) execute function fault()`,
    )
  }
  const raiseNoMore = (table: (typeof tables)[number]) => execute(`drop trigger fault on ${table}`)
  const setReadOnly = async (isReadOnly: boolean) => {
    const statement = isReadOnly
      ? 'alter system set default_transaction_read_only = on'
      : 'alter system reset default_transaction_read_only'
    await execute(statement)
    await execute('select pg_reload_conf()')
  }
  const isWell = () => eventually('all is written', () => store.warnings().length === 0)
  const kinds = async () => (await execute('select kind from events order by number')).map(({ kind }) => kind)

  const diskFull = 'could not extend file "base/16384/16500": No space left on device'
  const faults = [
    ...tables.map((table) => ({
      name: `the disk is full where ${table} are`,
      begin: () => raise(table, '53100', diskFull),
      end: () => raiseNoMore(table),
      says: /could not extend file .* No space left on device\. Calls go on; .* safe in the journal/,
    })),
    {
      name: 'it can only be read',
      begin: () => setReadOnly(true),
      end: () => setReadOnly(false),
      says: /(read-only transaction|it can only be read: it is a standby, or writing is switched off)\. Calls go on; .* safe in the journal/,
    },
  ]
  for (const { name, begin, end, says } of faults)
    it(`as ${name}: what is told meanwhile is acknowledged, and written in order, once`, async () => {
      const first = store.feed.lastNumber + 1
      let isOver = false
      const names: string[] = []
      const numbers: Promise<number>[] = []
      const writing = (async () => {
        for (let i = 0; !isOver; i++) {
          names.push(`call-${i}`)
          numbers.push(store.ledger.append(entryOf(`call-${i}`, { answeredAtMs: 2, endedAtMs: 3 })))
          if (i % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
        }
      })()
      try {
        for (let time = 0; time < 2; time++) {
          const count = numbers.length
          await eventually('entries are on their way', () => numbers.length > count + 50)
          await begin()
          const [warning] = await eventually('the store notices', () => store.warnings().length > 0 && store.warnings())
          assert.match(warning!, /^The database takes no entries since /)
          assert.match(warning!, says)
          await assert.rejects(store.check(), /The database takes no entries since/)
          await end()
          // While others go on writing.
          await isWell()
        }
      } finally {
        isOver = true
        await writing
      }
      const given = await Promise.all(numbers)
      assert.deepEqual(
        given,
        given.map((_, i) => first + i),
      )
      await isWell()
      await store.check()
      assert.deepEqual(
        await kinds(),
        names.map((id) => `of ${id}`),
      )
      const [row] = await execute('select count(*) as count from calls where ended_at_ms = 3')
      assert.equal(Number(row!.count), names.length, 'no row of a call is missing')
    })

  it('and the server ends meanwhile: the next one writes what is in the journal', async () => {
    await store.ledger.append(entryOf('talking', { answeredAtMs: 2 }))
    await raise('calls', '53100', diskFull)
    assert.equal(await store.ledger.append(entryOf('talking', { answeredAtMs: 2, endedAtMs: 3 })), 2)
    await store.close()
    await assert.rejects(open(), /entries wait in the journal.* No space left on device/)
    await raiseNoMore('calls')
    store = await open()
    assert.deepEqual(await kinds(), ['of talking', 'of talking'])
    assert.deepEqual(await execute('select ended_at_ms from calls'), [{ ended_at_ms: '3' }])
  })

  it('where a table is damaged: what belongs there is given up after a while, and all else is written', async () => {
    await raise('calls', 'XX001', 'could not read block 7 in file "base/16384/16500"', "new.id = 'damaged'")
    assert.deepEqual(await Promise.all(['a', 'damaged', 'c'].map((id) => store.ledger.append(entryOf(id)))), [1, 2, 3])
    assert.match(store.warnings()[0] ?? '', /could not read block 7/)
    await eventually('what came before it is written', async () => (await kinds()).length === 1)
    clock.advance(30_000)
    await isWell()
    assert.deepEqual(await kinds(), ['of a', 'of damaged', 'of c'])
    assert.deepEqual(
      (await execute('select id from calls order by id')).map(({ id }) => id),
      ['a', 'c'],
    )
    assert.equal(await store.ledger.append(entryOf('d')), 4)
  })

  it('is no database to start on while it can only be read, and says so', async () => {
    await store.close()
    await setReadOnly(true)
    await assert.rejects(open(), /takes no writes: it can only be read: .* Make it writable/)
    await setReadOnly(false)
    store = await open()
  })
})
