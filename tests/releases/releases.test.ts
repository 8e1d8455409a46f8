import assert from 'node:assert/strict'
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Baresip, type Platform, startPlatform, temporaryFolder } from '@vaxel/testkit'
import { openSqliteFile } from '../../packages/store/src/backup/sqlite-file.ts'
import { schemaVersion } from '../../packages/store/src/migrations/migrate.ts'
import { vaxel } from '../interop/operations/command-line.ts'
import { PostgresServer } from '../interop/postgres/postgres-server.ts'

interface Listed<T> {
  readonly items: readonly T[]
}
interface Call {
  readonly id: string
  readonly termination?: { readonly reason: string }
}

/** Data folders that earlier releases have left (keep-release.ts). */
const releases = readdirSync(import.meta.dirname).filter((name) =>
  statSync(join(import.meta.dirname, name)).isDirectory(),
)

for (const release of releases)
  describe(`what release ${release} has left opens`, () => {
    const kept = join(import.meta.dirname, release)
    let postgres: PostgresServer
    before(async () => {
      postgres = await PostgresServer.start()
    })
    after(() => postgres.end())

    /** Its users log in and register, its calls, messages and recordings are there, and a call works. */
    const shows = async (data: string, environment: Record<string, string> = {}): Promise<void> => {
      const platform: Platform = await startPlatform({
        data,
        demo: false,
        environment: { VAXEL_BIND: '127.0.0.1', ...environment },
      })
      const phones: Baresip[] = []
      try {
        const api = await platform.login()
        const { items: users } = await api.get<Listed<unknown>>('/api/v1/users?limit=500')
        assert.equal(users.length, 20)
        const { items: calls } = await api.get<Listed<Call>>('/api/v1/calls?limit=500')
        assert.deepEqual(calls.map(({ termination }) => termination?.reason).sort(), ['caller-hung-up', 'restarted'])
        const cut = calls.find(({ termination }) => termination?.reason === 'restarted')!
        const { timeline } = await api.get<{ timeline: { kind: string; data: { file?: string } }[] }>(
          `/api/v1/calls/${cut.id}`,
        )
        const file = timeline.find(({ kind }) => kind === 'recording.started')?.data.file
        assert.ok(file && existsSync(join(data, file)), `${file} is there`)
        const { output } = await vaxel(['trace', cut.id], { VAXEL_URL: platform.url, VAXEL_TOKEN: api.token })
        assert.match(output, /INVITE/)
        for (const user of ['204', '205'])
          phones.push(await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip }))
        await phones[0]!.dial('205')
        await Promise.all(phones.map((phone) => phone.waitFor('CALL_ESTABLISHED')))
      } finally {
        for (const phone of phones) await phone.stop()
        await platform.stop()
      }
    }

    const filesOf = (): string => {
      const data = join(temporaryFolder(`release-${release}`), 'data')
      cpSync(join(kept, 'files'), data, { recursive: true })
      return data
    }

    it('on SQLite, with a copy from before if its schema is an older one', async () => {
      const data = filesOf()
      const file = openSqliteFile(join(data, 'vaxel.db'), { readonly: false })
      file.exec(readFileSync(join(kept, 'sqlite.sql'), 'utf8'))
      const version = file.prepare('select max(version) from schema_version').pluck().get() as number
      file.close()
      await shows(data)
      assert.equal(existsSync(join(data, `vaxel.db.before-schema-${schemaVersion}`)), version < schemaVersion)
    })

    it('on PostgreSQL', async () => {
      const url = await postgres.newDatabase()
      await postgres.execute(readFileSync(join(kept, 'postgres.sql'), 'utf8'), url)
      await shows(filesOf(), { VAXEL_DATABASE_URL: url })
    })

    it('as its backup, restored to either', async () => {
      const folder = temporaryFolder('release-backup')
      const backup = join(kept, 'data.backup')
      const restored = await vaxel(['restore', backup, '--into', join(folder, 'sqlite')])
      assert.equal(restored.code, 0, restored.output)
      await shows(join(folder, 'sqlite'))
      const url = await postgres.newDatabase()
      const crossed = await vaxel(['restore', backup, '--into', join(folder, 'postgres'), '--database', url])
      assert.equal(crossed.code, 0, crossed.output)
      await shows(join(folder, 'postgres'), { VAXEL_DATABASE_URL: url })
    })
  })
