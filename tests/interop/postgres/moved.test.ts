import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { silentLogger, systemClock } from '@vaxel/base'
import { loadBackups, openStore } from '@vaxel/store'
import { temporaryFolder } from '@vaxel/testkit'
import { PostgresServer } from './postgres-server.ts'

describe('a server that has moved to PostgreSQL', () => {
  let server: PostgresServer
  before(async () => {
    server = await PostgresServer.start()
  })
  after(() => server.end())

  it('is not backed up from the embedded database that it had before: whoever forgets to name the other one is told', async () => {
    const folder = temporaryFolder('moved')
    const databaseUrl = await server.newDatabase()
    const run = async (options: { databaseUrl?: string } = {}) =>
      await (await openStore({ folder, clock: systemClock, log: silentLogger, ...options })).close()
    const { backUp } = await loadBackups()
    const backUpTo = (name: string, options: { databaseUrl?: string } = {}) =>
      backUp({ folder, to: join(temporaryFolder('backups'), name), program: '0.1.0', nowMs: 1, ...options })
    await run()
    await run({ databaseUrl })
    assert.equal(existsSync(join(folder, 'vaxel.db')), true)
    await assert.rejects(backUpTo('forgotten'), {
      name: 'BackupFault',
      message: `The server of ${folder} has its database in PostgreSQL, ${new URL(databaseUrl).host}${new URL(databaseUrl).pathname}. Name it with --database URL or VAXEL_DATABASE_URL.`,
    })
    const { manifest } = await backUpTo('named', { databaseUrl })
    assert.equal(manifest.database, 'PostgreSQL')
    assert.equal(
      manifest.parts.some(({ name }) => name.includes('elsewhere')),
      false,
    )
    await run()
    assert.equal((await backUpTo('back')).manifest.database, 'SQLite')
  })
})
