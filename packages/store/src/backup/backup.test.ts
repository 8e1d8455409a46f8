import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import { type CallId, type CompanyId, silentLogger, systemClock } from '@vaxel/base'
import { loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import { firstWord, frameKinds } from './backup-format.ts'
import { jsonFrame, toFrame } from './frames.ts'
import { restoreBackup } from './restore-backup.ts'
import { verifyBackup } from './verify-backup.ts'
import { backUp } from './write-backup.ts'

const passphrase = 'a horse and a stapler'
const program = '0.1.0'
const nowMs = Date.parse('2026-01-31T12:00:00Z')
const company = 'company' as CompanyId

describe('backup and restore of the embedded database', () => {
  let folder: string
  let data: string
  let store: Store
  let plain: string
  const place = (name: string): string => join(folder, name)
  const openAt = (at: string) => openStore({ folder: at, clock: systemClock, log: silentLogger })
  const append = (id: string, more: object = {}) =>
    store.ledger.append({
      call: {
        id: id as CallId,
        companyId: company,
        direction: 'internal',
        startedAtMs: 1,
        caller: { number: '201', name: 'Zoë \u{1f600}\n"\\' },
        dialled: '202',
        called: { number: '202' },
        ...more,
      },
      events: [{ kind: 'call.originated', atMs: 1, companyId: company, callId: id as CallId, data: { id } }],
    })
  /** Nothing of a failed restore stays. */
  const refuses = async (file: string, sentence: RegExp, given?: string): Promise<void> => {
    const into = place('refused')
    const options = { file, into, nowMs, ...(given === undefined ? {} : { passphrase: given }) }
    await assert.rejects(restoreBackup(options), { name: 'BackupFault', message: sentence })
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith('refused')),
      [],
    )
  }
  const fileOf = async (name: string, ...frames: Buffer[]): Promise<string> => {
    const bytes = Buffer.concat([Buffer.from(`${firstWord} {"format":1}\n`), zstdCompressSync(Buffer.concat(frames))])
    await writeFile(place(name), Buffer.concat([bytes, createHash('sha256').update(bytes).digest()]))
    return place(name)
  }
  const about = { program, schemaVersion: 1, database: 'SQLite', createdAt: new Date(nowMs).toISOString() }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vaxel-backup-'))
    data = place('data')
    store = await openAt(data)
    await loadDemoCompany(store)
    for (let i = 0; i < 300; i++) await append(`call-${i}`, { answeredAtMs: 2, endedAtMs: 3 })
    await append('open', { answeredAtMs: 2 })
    await mkdir(join(data, 'recordings', 'c'), { recursive: true })
    await writeFile(join(data, 'recordings', 'c', 'a.wav'), Buffer.alloc(200_000, 'sound'))
    await symlink('/etc/passwd', join(data, 'recordings', 'c', 'passwd'))
    await writeFile(join(data, 'vaxel.json'), '{ "databaseUrl": "postgres://u:secret@old/vaxel", "sipPort": 5070 }')
    plain = place('plain.backup')
    await backUp({ folder: data, to: plain, program, nowMs })
  })
  after(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('writes one file for its owner alone, never over another one, and says what is in it', async () => {
    assert.equal((await stat(plain)).mode & 0o777, 0o600)
    const { parts, events, secrets } = await verifyBackup(plain)
    assert.equal(parts.find(({ name }) => name === 'tables/calls')?.rows, 301)
    assert.equal(events!.last - events!.first + 1, events!.count)
    assert.ok(parts.some(({ name }) => name === 'files/keys/secrets.key'))
    assert.ok(!parts.some(({ name }) => name.endsWith('passwd')), 'a link below a folder is not followed')
    assert.ok(!parts.some(({ name }) => /vaxel\.(db|lock|pid)/.test(name)))
    assert.match(secrets.join(), /device secrets.*configuration file.*recorded calls/)
    await assert.rejects(backUp({ folder: data, to: plain, program, nowMs }), /is there already/)
    await writeFile(place('begun.backup.partial'), '')
    await assert.rejects(
      backUp({ folder: data, to: place('begun.backup'), program, nowMs }),
      /being made, or was killed/,
    )
    const named = await backUp({ folder: data, to: `${folder}/`, program, nowMs })
    assert.equal(named.file, place('vaxel-20260131T120000Z.backup'))
  })

  it('takes one moment while entries are written: no call without its events, no gap', async () => {
    let isOver = false
    const writing = (async () => {
      for (let i = 0; !isOver; i++) await append(`meanwhile-${i}`)
    })()
    const { manifest } = await backUp({ folder: data, to: place('live.backup'), program, nowMs })
    isOver = true
    await writing
    const { folder: restored, remarks } = await restoreBackup({
      file: place('live.backup'),
      into: place('live'),
      nowMs,
    })
    assert.deepEqual(remarks, [])
    const there = await openAt(restored)
    try {
      assert.equal(there.feed.lastNumber, manifest.events!.last)
      const items = await there.history.calls({ companyId: company, limit: 1000 })
      assert.equal(items.length, manifest.parts.find(({ name }) => name === 'tables/calls')?.rows)
      assert.equal(items.find(({ id }) => id === 'call-0')?.caller.name, 'Zoë \u{1f600}\n"\\')
      assert.equal([...there.directory.companies()].length, 1)
    } finally {
      await there.close()
    }
  })

  it('restores into a new or empty folder only; the new server is not led to the old database', async () => {
    await mkdir(place('empty'))
    await restoreBackup({ file: plain, into: place('empty'), nowMs })
    assert.deepEqual(JSON.parse(await readFile(join(place('empty'), 'vaxel.json'), 'utf8')), { sipPort: 5070 })
    assert.deepEqual(
      await readFile(join(place('empty'), 'recordings/c/a.wav')),
      await readFile(join(data, 'recordings/c/a.wav')),
    )
    assert.deepEqual(
      await readFile(join(place('empty'), 'keys/secrets.key')),
      await readFile(join(data, 'keys/secrets.key')),
    )
    await assert.rejects(restoreBackup({ file: plain, into: place('empty'), nowMs }), /is not empty/)
  })

  it('refuses a link at once: what is restored could not get its name in the end', async () => {
    await mkdir(place('led-to'))
    await symlink(place('led-to'), place('link'))
    const begun: string[] = []
    const onProgress = (part: string) => begun.push(part)
    await assert.rejects(restoreBackup({ file: plain, into: place('link'), nowMs, onProgress }), /link is a link/)
    assert.deepEqual(begun, [])
    assert.deepEqual(await readdir(place('led-to')), [])
  })

  it('encrypts with a passphrase, and knows a wrong one at once', async () => {
    const file = place('sealed.backup')
    await backUp({ folder: data, to: file, program, nowMs, passphrase })
    assert.ok(!(await readFile(file)).includes('vaxel.json'))
    assert.equal((await verifyBackup(file, passphrase)).parts.length, (await verifyBackup(plain)).parts.length)
    await refuses(file, /is encrypted. Give its passphrase/)
    await refuses(file, /not the one with which/, 'another passphrase')
    await assert.rejects(backUp({ folder: data, to: place('x'), program, nowMs, passphrase: 'short' }), /12 characters/)
    assert.equal(existsSync(place('x')), false)
    const bytes = await readFile(file)
    for (const at of [bytes.length - 40, bytes.length >> 1, 300]) {
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1
      await writeFile(place('changed.backup'), changed)
      await refuses(place('changed.backup'), /cut off or damaged|not the one/, passphrase)
    }
    await writeFile(place('cut.backup'), bytes.subarray(0, bytes.length >> 1))
    await refuses(place('cut.backup'), /cut off or damaged/, passphrase)
  })

  it('refuses a file that is cut at any place or has one bit changed, and leaves nothing', async () => {
    const bytes = await readFile(plain)
    for (let part = 0; part < 24; part++) {
      const at = Math.floor((bytes.length * part) / 24)
      await writeFile(place('cut.backup'), bytes.subarray(0, at))
      await refuses(place('cut.backup'), /cut off or damaged|is not a backup/)
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1 << (part % 8)
      await writeFile(place('changed.backup'), changed)
      await refuses(place('changed.backup'), /cut off or damaged|is not a backup|newer program/)
    }
  })

  it('refuses names that lead out of the folder, parts that come twice, and what no backup has', async () => {
    for (const name of ['../evil', 'a/../../evil', '/etc/evil', 'a\\evil', './evil', 'vaxel.db', 'a//b', 'a\u0000b']) {
      const file = await fileOf(
        'slip.backup',
        jsonFrame(frameKinds.about, about),
        jsonFrame(frameKinds.begin, { name: `files/${name}` }),
        toFrame(frameKinds.bytes, Buffer.from('evil')),
      )
      await refuses(file, /outside the data folder/)
    }
    const begin = jsonFrame(frameKinds.begin, { name: 'tables/sqlite_schema', columns: ['sql'] })
    await refuses(await fileOf('table.backup', jsonFrame(frameKinds.about, about), begin), /cut off or damaged/)
    await refuses(await fileOf('empty.backup'), /cut off or damaged/)
    await writeFile(place('text'), 'hello')
    await refuses(place('text'), /is not a backup/)
    await refuses(place('nowhere'), /cannot be read/)
  })

  it('refuses what a newer program has made, with the version to use', async () => {
    const file = await fileOf(
      'newer.backup',
      jsonFrame(frameKinds.about, { ...about, program: '9.1.0', schemaVersion: 99 }),
    )
    await refuses(file, /made by Vaxel 9\.1\.0 with schema version 99/)
    await writeFile(place('format'), `${firstWord} {"format":2}\n${'x'.repeat(100)}`)
    await refuses(place('format'), /has format 2/)
  })

  it('says what to do where there is no database', async () => {
    await assert.rejects(backUp({ folder: place('none'), to: place('y'), program, nowMs }), /There is no database in/)
    assert.equal(existsSync(place('y.partial')), false)
  })
})
