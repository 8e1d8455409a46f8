// Keeps a small data folder of this release for all later ones, in tests/releases/VERSION. Run once, when a version is released:
//   node tests/releases/keep-release.ts
// What is in it was made by the server itself with phones of others; releases.test.ts opens it with every later version.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Baresip, findProgram, FreePorts, startPlatform, temporaryFolder } from '@vaxel/testkit'
import { openSqliteFile } from '../../packages/store/src/backup/sqlite-file.ts'
import { talk } from '../interop/baresip/heard-tone.ts'
import { PostgresServer } from '../interop/postgres/postgres-server.ts'
import { vaxel } from '../interop/operations/command-line.ts'
import { inDialog, inviteSteps, pause, play, register, response, scenario } from '../interop/sipp/sipp-phone.ts'

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string
}
const kept = join(import.meta.dirname, version)
const soundBytes = 4000

interface Live {
  readonly items: readonly { readonly id: string; readonly connections: readonly { readonly legId: string }[] }[]
}

/** A demo company, a registered phone, a call to the echo and a recorded one between two phones. */
async function makeData(): Promise<string> {
  const platform = await startPlatform()
  const free = await FreePorts.claim()
  const anna = { platform, user: '201', port: await free.port() }
  await register(anna)
  const echo = [response(200, 'rrs="true"'), inDialog('ACK', '201', '600', 2), pause(300)]
  const calls = scenario(inviteSteps('201', '600'), echo, inDialog('BYE', '201', '600', 3), response(200))
  await play(anna, calls, { service: '600' }).succeed()
  const phones: Baresip[] = []
  for (const user of ['202', '203'])
    phones.push(await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip, toneHz: 440 }))
  await phones[0]!.dial('203')
  await Promise.all(phones.map((phone) => phone.waitFor('CALL_ESTABLISHED')))
  const api = await platform.login()
  const { id, connections } = (await api.get<Live>('/api/v1/live-calls')).items[0]!
  await api.post(`/api/v1/live-calls/${id}/commands/startRecording`, { legId: connections[0]!.legId })
  await talk(1000)
  // Killed in the call: the next start has something to close.
  await platform.kill()
  for (const phone of phones) await phone.stop()
  free.release()
  return platform.data
}

/** Tables and rows as text, which one can read and compare. */
function sqliteText(data: string): string {
  const file = openSqliteFile(join(data, 'vaxel.db'), { readonly: false })
  const objects = file
    .prepare("select type, name, sql from sqlite_schema where sql is not null order by type = 'table' desc, rowid")
    .all() as { type: string; name: string; sql: string }[]
  const lines: string[] = []
  for (const { type, name, sql } of objects) {
    lines.push(`${sql};`)
    if (type !== 'table') continue
    const columns = (file.pragma(`table_info("${name}")`) as { name: string }[]).map((column) => `"${column.name}"`)
    const values = columns.map((column) => `quote(${column})`).join(` || ',' || `)
    for (const row of file.prepare(`select ${values} from "${name}"`).pluck().iterate())
      lines.push(`insert into "${name}" values (${String(row)});`)
  }
  file.close()
  return `${lines.join('\n')}\n`
}

function postgresText(url: string): string {
  const program = findProgram('pg_dump') ?? 'pg_dump'
  const dump = spawnSync(program, ['--inserts', '--no-owner', '--no-privileges', url], { encoding: 'utf8' })
  if (dump.status !== 0) throw new Error(String(dump.error ?? dump.stderr))
  // Comments, and commands of psql.
  const lines = dump.stdout.split('\n')
  return lines.filter((line) => line !== '' && !/^(--|\\)/.test(line)).join('\n')
}

const data = await makeData()
rmSync(kept, { recursive: true, force: true })
const postgres = await PostgresServer.start()
try {
  mkdirSync(join(kept, 'files/recordings'), { recursive: true })
  const folder = temporaryFolder('kept')
  for (const entry of readdirSync(join(data, 'recordings'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const place = join(entry.parentPath, entry.name)
    writeFileSync(place, readFileSync(place).subarray(0, soundBytes))
    const to = join(kept, 'files', place.slice(data.length))
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, readFileSync(place))
  }
  mkdirSync(join(kept, 'files/keys'), { recursive: true })
  writeFileSync(join(kept, 'files/keys/secrets.key'), readFileSync(join(data, 'keys/secrets.key')))
  const backup = join(kept, 'data.backup')
  const url = await postgres.newDatabase()
  for (const args of [
    ['backup', backup, '--data', data],
    ['restore', backup, '--into', join(folder, 'data'), '--database', url],
  ]) {
    const { code, output } = await vaxel(args)
    if (code !== 0) throw new Error(output)
  }
  writeFileSync(join(kept, 'sqlite.sql'), sqliteText(data))
  writeFileSync(join(kept, 'postgres.sql'), postgresText(url))
} finally {
  await postgres.end()
}
process.exit(0)
