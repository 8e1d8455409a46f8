import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { silentLogger, systemClock } from '@vaxel/base'
import { openStore, type Store } from '@vaxel/store'
import { eventually, temporaryFolder } from '@vaxel/testkit'
import { Client } from 'pg'
import { connectAsOwner, ownerLock } from '../../../packages/store/src/postgres/postgres-connection.ts'
import { entryOf } from './entry-of.ts'
import { MutingProxy } from './muting-proxy.ts'
import { PostgresServer } from './postgres-server.ts'

/** Sessions that hold the lock of a database's owner. */
const owners =
  "select pid from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"

describe('a connection to PostgreSQL dies and PostgreSQL does not hear of it', () => {
  let server: PostgresServer
  let url: string
  let proxy: MutingProxy
  let store: Store
  before(async () => {
    server = await PostgresServer.start()
  })
  after(() => server.end())
  beforeEach(async () => {
    url = await server.newDatabase()
    proxy = await MutingProxy.start(server.port)
    store = await openStore({
      folder: temporaryFolder('half-dead'),
      databaseUrl: proxy.urlOf(url),
      clock: systemClock,
      log: silentLogger,
    })
  })
  afterEach(async () => {
    await store.close()
    proxy.end()
  })
  const ownerPids = async () => (await server.execute(owners, url)).map(({ pid }) => Number(pid))
  const kinds = async () =>
    (await server.execute('select kind from events order by number', url)).map(({ kind }) => kind)
  const isWell = () => eventually('all is written', () => store.warnings().length === 0)
  const says = (what: RegExp) => eventually(`it says ${what}`, () => what.test(store.warnings()[0] ?? ''))

  it('so the server ends its own earlier session, takes its database back, and writes what was told meanwhile', async () => {
    await store.ledger.append(entryOf('a'))
    const before = await ownerPids()
    proxy.mute()
    assert.deepEqual(await Promise.all(['b', 'c'].map((id) => store.ledger.append(entryOf(id)))), [2, 3])
    assert.match(store.warnings()[0] ?? '', /takes no entries since .*: it does not answer\. Calls go on/)
    await isWell()
    const now = await ownerPids()
    assert.equal(now.length, 1)
    assert.notDeepEqual(now, before)
    assert.equal(await store.ledger.append(entryOf('d')), 4)
    assert.deepEqual(await kinds(), ['of a', 'of b', 'of c', 'of d'])
    // Connections for reading have died as well; they are found by their silence.
    await eventually('reading works', () =>
      store.check().then(
        () => true,
        () => false,
      ),
    )
  })

  it('but never ends another one’s session that has the database meanwhile, and says whose it is', async () => {
    await store.ledger.append(entryOf('a'))
    const [pid] = await ownerPids()
    const stranger = new Client(url)
    await stranger.connect()
    try {
      proxy.isOpen = false
      proxy.mute()
      assert.equal(await store.ledger.append(entryOf('b')), 2)
      await stranger.query('select pg_terminate_backend($1)', [pid])
      await stranger.query('select pg_advisory_lock($1)', [ownerLock])
      proxy.isOpen = true
      await says(/: another Vaxel server, or a restore, holds it\. /)
      const asked = proxy.ways
      await eventually('it goes on asking', () => proxy.ways > asked + 3)
      await stranger.query('select 1')
    } finally {
      await stranger.end()
    }
    await isWell()
    assert.deepEqual(await kinds(), ['of a', 'of b'])
  })

  it('and when another server has written meanwhile, it says so and writes no more', async () => {
    await store.ledger.append(entryOf('a'))
    const before = await ownerPids()
    await server.execute(`update settings set value = '{"owner":"another"}' where name = 'writer'`, url)
    proxy.mute()
    assert.equal(await store.ledger.append(entryOf('b')), 2)
    await says(/another Vaxel server has written to the database meanwhile; this one must be started anew/)
    assert.deepEqual(await ownerPids(), before, 'a session is ended only while the database is this server’s')
    assert.deepEqual(await kinds(), ['of a'])
  })

  it('so PostgreSQL is told to ask soon whether the owner is still there', async () => {
    const own = await server.newDatabase()
    const { client, isOwner } = await connectAsOwner(own, 'this one', () => {})
    try {
      assert.equal(isOwner, true)
      const setting = async (name: string) =>
        (await client.query<{ value: string }>('select current_setting($1) as value', [name])).rows[0]!.value
      assert.equal(await setting('tcp_keepalives_idle'), '10')
      assert.equal(await setting('tcp_keepalives_interval'), '5')
      assert.equal(await setting('tcp_keepalives_count'), '3')
      assert.equal(await setting('tcp_user_timeout'), '20000')
      assert.equal(await setting('synchronous_commit'), 'on')
    } finally {
      await client.end()
    }
  })
})
