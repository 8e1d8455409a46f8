import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type CompanyId, silentLogger, systemRandom } from '@vaxel/base'
import { detectMediaType } from '@vaxel/connect'
import { directoryPresets } from '@vaxel/contract'
import {
  type EntryQuery,
  type ExternalDirectory,
  type ExternalDirectoryId,
  type FoundEntry,
  type LdapDoor,
  LdapFault,
} from '@vaxel/core'
import { createDirectory, type DirectoryFeature } from '@vaxel/features/directory'
import { NoticeFan } from '@vaxel/features/history'
import { loadDemoCompany, openStore, SearchThread, type Store } from '@vaxel/store'
import { eventually } from '../../packages/testkit/src/program.ts'
import { VirtualClock } from '../../packages/testkit/src/virtual-clock.ts'

const minuteMs = 60_000

/** A directory whose answers a test makes up. */
class FakeLdap implements LdapDoor {
  entries: FoundEntry[] = []
  /** Whole lists end after so many entries, as those of a server do that loses its place. */
  cutAfter = Number.POSITIVE_INFINITY
  server = 'dc1'
  fault: LdapFault | undefined
  readonly asked: EntryQuery['kind'][] = []

  put(from: number, to: number, usn: number): void {
    for (let i = from; i < to; i++)
      this.entries[i] = {
        dn: `cn=${i}`,
        values: new Map<string, (string | Uint8Array)[]>([
          ['objectguid', [Buffer.from([0xff, i >> 8, i & 0xff])]],
          ['usnchanged', [String(usn + i)]],
          ['displayname', [`Person ${i} at ${usn}`]],
        ]),
      }
  }

  async open() {
    if (this.fault) throw this.fault
    const ask = (query: { readonly what: EntryQuery }) => this.#search(query)
    return { server: this.server, search: ask, read: async () => [], close: async () => {} }
  }

  async *#search({ what }: { readonly what: EntryQuery }): AsyncGenerator<readonly FoundEntry[]> {
    this.asked.push(what.kind)
    const first = (entry: FoundEntry, name: string) => entry.values.get(name)?.[0]
    if (what.kind === 'all') yield this.entries.slice(0, this.cutAfter)
    else if (what.kind === 'since')
      yield this.entries.filter((entry) => Number(first(entry, 'usnchanged')) >= Number(what.marker))
    else {
      const wanted = new Set(what.values.map((value) => Buffer.from(value as Uint8Array).toString('hex')))
      yield this.entries.filter((entry) =>
        wanted.has(Buffer.from(first(entry, 'objectguid') as Uint8Array).toString('hex')),
      )
    }
  }
}

describe('a directory that is read again and again', () => {
  const clock = new VirtualClock()
  const ldap = new FakeLdap()
  let folder: string
  let store: Store
  let feature: DirectoryFeature
  let companyId: CompanyId
  const id = 'directory-1' as ExternalDirectoryId
  const progress = () => store.externalDirectories.progress(id)
  /** Lets the next reading happen. */
  const read = async (afterMs = 15 * minuteMs) => {
    const { readAtMs } = progress()
    clock.advance(afterMs)
    await eventually('it was read', () => progress().readAtMs !== readAtMs, 20_000)
    return progress()
  }
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vaxel-directories-'))
    store = await openStore({ folder, clock, log: silentLogger })
    await loadDemoCompany(store)
    companyId = [...store.directory.companies()][0]!.id
    const directory: ExternalDirectory = {
      ...directoryPresets.activeDirectory,
      id,
      companyId,
      name: 'Acme',
      isOn: true,
      server: { host: 'dc.acme.test', port: 636, security: 'tls' },
      base: '',
      scope: 'subtree',
      pollMinutes: 15,
      skipsColleagues: true,
      createdAtMs: clock.now(),
    }
    const event = { kind: 'externalDirectory.added', atMs: clock.now(), companyId, data: {} }
    await store.externalDirectories.put(directory, undefined, event)
    ldap.put(0, 40, 1000)
    const notices = new NoticeFan(silentLogger)
    const search = new SearchThread()
    feature = createDirectory({
      ...store,
      random: systemRandom,
      search,
      ldap,
      notices,
      detectMediaType,
      log: silentLogger,
    })
    await feature.start()
    await eventually('it was read', () => progress().readAtMs !== undefined, 20_000)
  })
  after(async () => {
    await feature?.close()
    await store?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('is asked for changes between two comparisons, and compared whole each hour', async () => {
    assert.deepEqual([progress().contacts, progress().marker, ldap.asked], [40, '1039', ['all']])
    ldap.put(40, 42, 1000)
    ldap.put(0, 1, 2000)
    const { contacts, marker, changed } = await read()
    assert.deepEqual([contacts, marker, changed?.made, changed?.changed], [42, '2000', 2, 1])
    await read()
    await read()
    assert.deepEqual(ldap.asked, ['all', 'since', 'since', 'since'])
    await read()
    assert.equal(ldap.asked.at(-1), 'all')
  })

  it('is compared whole when another server answers, whose change numbers are others', async () => {
    ldap.server = 'dc2'
    ldap.put(0, 42, 10)
    const { marker, contacts } = await read()
    assert.deepEqual([ldap.asked.at(-1), marker, contacts], ['all', '51', 42])
  })

  it('loses nobody by a list that was cut short', async () => {
    ldap.cutAfter = 30
    ldap.server = 'dc3'
    const { contacts, held } = await read()
    assert.deepEqual([ldap.asked.slice(-2), contacts, held], [['all', 'named'], 42, undefined])
    ldap.cutAfter = Number.POSITIVE_INFINITY
  })

  it('loses who is gone, and nobody when most seem to be', async () => {
    ldap.entries = ldap.entries.slice(0, 40)
    ldap.server = 'dc4'
    assert.equal((await read()).contacts, 40)
    ldap.entries = []
    ldap.server = 'dc5'
    const { contacts, held } = await read()
    assert.deepEqual([contacts, held?.missing, held?.known], [40, 40, 40])
    // Compared anew at the next reading, as there is no mark of changes.
    ldap.put(0, 40, 100)
    const healed = await read()
    assert.deepEqual([healed.contacts, healed.held], [40, undefined])
  })

  it('keeps what was read while it fails, and is tried again after waits that grow', async () => {
    ldap.fault = new LdapFault('silence', 'no answer')
    clock.advance(15 * minuteMs)
    const failing = await eventually('it fails', () => progress().failing, 20_000)
    assert.deepEqual([failing.trouble, progress().contacts], ['silence', 40])
    ldap.fault = undefined
    assert.equal((await read(10_000)).failing, undefined)
  })
})
