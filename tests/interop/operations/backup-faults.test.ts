import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CallId, type CompanyId, silentLogger, systemClock } from '@vaxel/base'
import { loadDemoCompany, openStore } from '@vaxel/store'
import { eventually, Program, startPlatform, temporaryFolder } from '@vaxel/testkit'
import { PostgresServer } from '../postgres/postgres-server.ts'
import { startVaxel, vaxel } from './command-line.ts'

const entry = join(import.meta.dirname, '../../../apps/cli/src/main.ts')
const soundBytes = 6_000_000
const eventsInAll = 60_000
const eventsAtOnce = 3000

/** A demo company, many events, and recordings on another disk: a link in the data folder. */
async function makeData(): Promise<string> {
  const data = temporaryFolder('data')
  const store = await openStore({ folder: data, clock: systemClock, log: silentLogger })
  await loadDemoCompany(store)
  const event = { kind: 'of the test', atMs: 1, companyId: 'company' as CompanyId, callId: 'call' as CallId, data: {} }
  for (let i = 0; i < eventsInAll; i += eventsAtOnce)
    await store.ledger.append({ events: Array.from({ length: eventsAtOnce }, () => event) })
  await store.close()
  const elsewhere = temporaryFolder('recordings')
  mkdirSync(join(elsewhere, 'company'))
  writeFileSync(join(elsewhere, 'company', 'long.wav'), randomBytes(soundBytes))
  symlinkSync(elsewhere, join(data, 'recordings'))
  return data
}

describe('backup and restore meet trouble', () => {
  let data: string
  let file: string
  let postgres: PostgresServer
  const folder = temporaryFolder('trouble')
  /** Tables that are there. */
  const tables = async (url: string): Promise<number> =>
    (await postgres.execute("select 1 from pg_tables where schemaname = 'public'", url)).length

  before(async () => {
    data = await makeData()
    file = join(folder, 'all.backup')
    const { code, output } = await vaxel(['backup', file], { VAXEL_DATA: data })
    assert.equal(code, 0, output)
    postgres = await PostgresServer.start()
  })
  after(() => postgres.end())

  /** The command with a disk of its own at `disk`; then what is left on it. */
  const onSmallDisk = async (disk: string, args: readonly string[]): Promise<{ output: string; left: string }> => {
    mkdirSync(disk)
    const command = [process.execPath, entry, ...args].map((word) => `'${word}'`).join(' ')
    const script = `mount -t tmpfs -o size=2m tmpfs '${disk}' && ${command}; echo "code $?"; echo "left $(ls -A '${disk}')"`
    const program = Program.start('unshare', ['--mount', 'sh', '-c', script])
    program.closeInput()
    await program.ended
    return { output: program.output, left: /^left (.*)$/m.exec(program.output)?.[1] ?? '?' }
  }

  it('a disk that is full while a backup is written: a sentence, and nothing left', async () => {
    const disk = join(folder, 'small-1')
    const { output, left } = await onSmallDisk(disk, ['backup', join(disk, 'x.backup'), '--data', data])
    assert.match(output, /The disk of .*x\.backup is full; nothing was kept there\. Make room/)
    assert.match(output, /^code 1$/m)
    assert.equal(left, '')
  })

  it('a disk that is full while a backup is restored: a sentence, and nothing left', async () => {
    const disk = join(folder, 'small-2')
    const { output, left } = await onSmallDisk(disk, ['restore', file, '--into', join(disk, 'data')])
    assert.match(output, /The disk of .*data is full; nothing was kept there/)
    assert.match(output, /^code 1$/m)
    assert.equal(left, '')
  })

  it('a place where a disk is mounted: said at once, not after all is written', async () => {
    const disk = join(folder, 'small-3')
    const { output, left } = await onSmallDisk(disk, ['restore', file, '--into', disk])
    assert.match(output, /small-3 is where a disk is mounted/)
    assert.match(output, /^code 1$/m)
    assert.equal(left, '')
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('small-3.')),
      [],
    )
  })

  it('a place that may not be written to', async () => {
    const place = join(folder, 'all.backup', 'below-a-file')
    const { code, output } = await vaxel(['restore', file, '--into', place])
    assert.equal(code, 1)
    assert.match(output, /all\.backup/)
    assert.doesNotMatch(output, /made a mistake/)
  })

  it('a restore that is killed (kill -9) leaves the database empty and no folder; it can be done again', async () => {
    const url = await postgres.newDatabase()
    const into = join(folder, 'killed')
    const restoring = startVaxel(['restore', file, '--into', into, '--database', url])
    await eventually(
      'rows are being written',
      async () =>
        (
          await postgres.execute(
            "select 1 from pg_stat_activity where application_name = 'vaxel-backup' and query like 'insert into \"events\"%'",
            url,
          )
        ).length > 0,
      20_000,
    )
    restoring.signal('SIGKILL')
    await restoring.ended
    assert.equal(existsSync(into), false)
    await eventually('the database has noticed', async () => (await tables(url)) === 0)
    const again = await vaxel(['restore', file, '--into', into, '--database', url])
    assert.equal(again.code, 0, again.output)
    const taken = await vaxel(['restore', file, '--into', join(folder, 'second'), '--database', url])
    assert.match(taken.output, /is not empty\. Make a new one/)
    assert.equal(existsSync(join(into, 'recordings/company/long.wav')), true)
  })

  it('a database whose folder never came: no server starts on it, and says why', async () => {
    const url = await postgres.newDatabase()
    const into = join(folder, 'occupied')
    const restoring = startVaxel(['restore', file, '--into', into, '--database', url])
    await eventually('it has begun', () => readdirSync(folder).some((name) => name.startsWith('occupied.restoring-')))
    mkdirSync(into)
    writeFileSync(join(into, 'in-the-way'), '')
    assert.equal((await restoring.ended).code, 1)
    assert.match(restoring.output, /could not get its name .* empty it before that/)
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('occupied.')),
      [],
    )
    await assert.rejects(
      startPlatform({ data: into, demo: false, environment: { VAXEL_DATABASE_URL: url } }),
      /was restored, but its data folder was not/,
    )
  })

  it('a database that cannot be reached, and a folder without one', async () => {
    const url = 'postgres://vaxel@127.0.0.1:1/none'
    const away = await vaxel(['backup', join(folder, 'y'), '--data', data, '--database', url])
    assert.deepEqual([away.code, /cannot be reached/.test(away.output)], [4, true], away.output)
    const nothing = await vaxel(['backup', join(folder, 'y')], { VAXEL_DATA: temporaryFolder('nothing') })
    assert.deepEqual([nothing.code, /There is no database in/.test(nothing.output)], [1, true], nothing.output)
    assert.equal(existsSync(join(folder, 'y')), false)
  })
})
