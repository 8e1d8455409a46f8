import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { type DeviceId, silentLogger, type UserId } from '@vaxel/base'
import type { Binding, Device, Directory } from '@vaxel/core'
import { demoDirectNumber, demoDomain, loadDemoCompany } from '../demo/load-demo-company.ts'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

const log = silentLogger

/** Everything in a directory, to compare two of them. */
function everything(directory: Directory): unknown {
  return [...directory.companies()].map((company) => {
    const users = [...directory.usersOf(company.id)].sort((a, b) => (a.name < b.name ? -1 : 1))
    return {
      company,
      domains: directory.domainsOf(company.id),
      users,
      devices: users.map((user) => directory.devicesOf(user.id).map(withOpenSecrets)),
      numbers: [...directory.numbersOf(company.id)].sort((a, b) => (a.number < b.number ? -1 : 1)),
      trunks: directory.trunksOf(company.id),
    }
  })
}

/** Secrets are opened when they are asked for. */
function withOpenSecrets(device: Device): Device {
  return { ...device, secrets: device.secrets.map(({ algorithm, realm, ha1 }) => ({ algorithm, realm, ha1 })) }
}

/** What an opened store promises, on any engine. */
export function testOpenStore(engine: StoreEngine): void {
  const clock = engine.newClock()
  describe(`opening a store (${engine.name})`, () => {
    let folder: string
    let template: string
    let store: Store | undefined
    let databaseUrl: string | undefined
    let templateUrl: string | undefined
    const at = (place: string, url: string | undefined) => ({
      folder: place,
      clock,
      log,
      ...(url === undefined ? {} : { databaseUrl: url }),
    })
    before(async () => {
      // Hashing twenty passwords is slow on purpose, so it is done once.
      template = await mkdtemp(join(tmpdir(), 'vaxel-template-'))
      templateUrl = await engine.newDatabase()
      const made = await openStore(at(template, templateUrl))
      await loadDemoCompany(made)
      await made.close()
    })
    after(() => rm(template, { recursive: true, force: true }))
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-store-'))
    })
    afterEach(async () => {
      await store?.close()
      store = undefined
      databaseUrl = undefined
      await rm(folder, { recursive: true, force: true })
    })
    const open = async () => {
      databaseUrl ??= await engine.newDatabase()
      store = await openStore(at(folder, databaseUrl))
      return store
    }

    const openDemo = async () => {
      await cp(template, folder, { recursive: true })
      databaseUrl = await engine.newDatabase(templateUrl)
      return open()
    }

    it('refuses a second server on the same folder with a sentence, in this process and in another', async () => {
      await open()
      const sentence =
        databaseUrl === undefined
          ? new RegExp(`${folder} is in use by another Vaxel server \\(process ${process.pid}\\).*VAXEL_DATA`)
          : /The database 127[^ ]+ is in use by another Vaxel server.*VAXEL_DATABASE_URL/
      await assert.rejects(openStore(at(folder, databaseUrl)), sentence)
      const script = join(import.meta.dirname, '..', 'ledger', 'append-until-killed.ts')
      const child = spawn(process.execPath, [script, folder, ...(databaseUrl === undefined ? [] : [databaseUrl])], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let complaint = ''
      for await (const line of createInterface({ input: child.stderr })) complaint += `${line}\n`
      if (child.exitCode === null) await once(child, 'exit')
      assert.match(complaint, sentence)
      await store!.check()
    })

    it('keeps key and database from other users of the machine', async () => {
      await open()
      const mode = async (name: string) => (await stat(join(folder, name))).mode & 0o777
      assert.equal(await mode('keys/secrets.key'), 0o600)
      if (databaseUrl === undefined) assert.equal(await mode('vaxel.db'), 0o600)
    })

    it('refuses a database of a newer program', async () => {
      await (await open()).close()
      await engine.execute("insert into schema_version values (99, 'from the future', 0)", folder, databaseUrl)
      await assert.rejects(openStore(at(folder, databaseUrl)), /schema version 99, this program knows/)
    })

    it('makes the demo company once, as the contract says, and finds it again', async () => {
      const { directory } = await open()
      assert.equal(await loadDemoCompany(store!), true)
      assert.equal(await loadDemoCompany(store!), false)
      const { version } = directory
      const company = directory.domain(demoDomain)!.companyId
      assert.deepEqual(directory.company(company)?.emergencyNumbers, ['112'])
      assert.equal(directory.usersOf(company).length, 20)
      for (let extension = 201; extension <= 220; extension++) {
        const user = directory.userByAddress(demoDomain, String(extension))!
        assert.equal(directory.number(company, String(extension))?.target.kind, 'user')
        assert.deepEqual(directory.directNumber(demoDirectNumber(String(extension)))?.target, {
          kind: 'user',
          userId: user.id,
        })
        const device = directory.deviceByUsername(demoDomain, String(extension))!
        assert.deepEqual(
          device.secrets,
          store!.credentials.digestSecrets(String(extension), demoDomain, `sip-${extension}`),
        )
      }
      assert.equal(demoDirectNumber('220'), '+46846500420')
      assert.deepEqual(
        ['201', '202', '203', '204'].map((name) => directory.userByAddress(demoDomain, name)?.role),
        ['administrator', 'supervisor', 'attendant', 'user'],
      )
      assert.deepEqual(
        ['230', '300', '400', '600', '700'].map((number) => directory.number(company, number)?.target.kind),
        ['group', 'service', 'service', 'service', 'service'],
      )
      assert.equal(directory.trunkByAddress('127.0.0.1', 5080)?.name, 'pstn')
      assert.equal(directory.trunkByAddress('127.0.0.1', 5081), undefined)
      assert.equal(version, directory.version)
      const anna = directory.userByAddress(demoDomain, '201')!
      const hash = await store!.sessions.passwordHash(anna.id)
      assert.equal(await store!.credentials.verifyPassword('demo-201', hash), true)
      assert.equal(await store!.credentials.verifyPassword('demo-202', hash), false)
    })

    it('says what to do when the key is not the one of this database', async () => {
      await openDemo()
      await store!.close()
      await rm(join(folder, 'keys'), { recursive: true })
      await assert.rejects(openStore(at(folder, databaseUrl)), /Put the key back/)
    })

    it('reads the same directory after a restart', async () => {
      await openDemo()
      const { configuration, directory } = store!
      const user = directory.userByAddress(demoDomain, '205')!
      await configuration.change({ by: 'test' }, () => [
        { kind: 'user', before: user, after: { ...user, displayName: 'Somebody else', limits: { callsAtOnce: 2 } } },
      ])
      await configuration.change({ by: 'test' }, () => [
        { kind: 'user', before: directory.userByAddress(demoDomain, '206')! },
      ])
      const before = everything(directory)
      await store!.close()
      assert.deepEqual(everything((await open()).directory), before)
    })

    it('never writes a password or an HA1 in the clear', async () => {
      await openDemo()
      const [secret] = store!.directory.deviceByUsername(demoDomain, '201')!.secrets
      await store!.close()
      const files = await Promise.all(
        ['vaxel.db', 'vaxel.db-wal'].map((name) => readFile(join(folder, name), 'latin1').catch(() => '')),
      )
      for (const text of files) {
        assert.equal(text.includes(secret!.ha1), false)
        assert.equal(text.includes('sip-201'), false)
        assert.equal(text.includes('demo-201'), false)
      }
      if (databaseUrl === undefined) assert.ok(files.some((text) => text.includes('$argon2id$')))
    })

    it('decides one change after the other, each on what the one before left', async () => {
      await openDemo()
      const { configuration, directory } = store!
      const companyId = directory.domain(demoDomain)!.companyId
      const claim = () =>
        configuration.change({ by: 'test' }, (current) =>
          current.number(companyId, '555')
            ? { refused: true, code: 'TAKEN', sip: 409, http: 409, blame: 'caller', text: 'taken' }
            : [{ kind: 'number', after: { number: '555', companyId, target: { kind: 'service', service: 'echo' } } }],
        )
      const results = await Promise.all([claim(), claim(), claim()])
      assert.deepEqual(
        results.map((result) => result?.code),
        [undefined, 'TAKEN', 'TAKEN'],
      )
    })

    it('shows nothing of a change that the database refuses, and goes on', async () => {
      await openDemo()
      const { configuration, directory } = store!
      const user = directory.userByAddress(demoDomain, '205')!
      const { version } = directory
      const last = store!.feed.lastNumber
      await assert.rejects(
        configuration.change({ by: 'test' }, () => [
          { kind: 'user', after: { ...user, id: 'another' as UserId, name: 'another' } },
          { kind: 'user', after: { ...user, id: 'twin' as UserId } },
        ]),
        /unique/i,
      )
      assert.equal(directory.version, version)
      assert.equal(directory.user('another' as UserId), undefined)
      assert.equal(store!.feed.lastNumber, last)
      assert.equal(await configuration.change({ by: 'test' }, () => []), undefined)
    })

    it('keeps bindings over a restart, also those that ended meanwhile, and drops those of removed users', async () => {
      await openDemo()
      const { directory } = store!
      const bindingOf = (name: string, id: string, more: Partial<Binding> = {}): Binding => {
        const user = directory.userByAddress(demoDomain, name)!
        return {
          id,
          companyId: user.companyId,
          userId: user.id,
          deviceId: directory.devicesOf(user.id)[0]!.id,
          addressOfRecord: `sip:${name}@${demoDomain}`,
          contact: `<sip:${name}@127.0.0.1:40000>`,
          q: 1,
          callId: 'c',
          cseq: 1,
          path: [],
          expiresAtMs: clock.now() + 60_000,
          registeredAtMs: clock.now(),
          flow: {
            id: 'f' as Binding['flow']['id'],
            protocol: 'udp',
            localAddress: '127.0.0.1',
            localPort: 5060,
            remoteAddress: '127.0.0.1',
            remotePort: 40000,
          },
          ...more,
        }
      }
      const desk = bindingOf('201', 'desk')
      const mobile = bindingOf('201', 'mobile')
      const expired = bindingOf('202', 'expired', { expiresAtMs: clock.now() })
      const leaving = bindingOf('203', 'leaving')
      await store!.bindings.replace(desk.addressOfRecord, [desk, mobile])
      await store!.bindings.replace(expired.addressOfRecord, [expired])
      await store!.bindings.replace(leaving.addressOfRecord, [leaving])
      // A phone that somebody else takes calls at: it goes with that person.
      const lent = bindingOf('202', 'lent')
      await store!.bindings.replace(expired.addressOfRecord, [expired, lent])
      await store!.bindings.replace(expired.addressOfRecord, [expired, { ...lent, userId: leaving.userId }])
      const newer = { ...desk, cseq: 2 }
      await store!.bindings.replace(desk.addressOfRecord, [newer])
      await store!.configuration.change({ by: 'test' }, (current) => [
        { kind: 'user', before: current.user(leaving.userId)! },
      ])
      assert.deepEqual(store!.bindings.ofUser(leaving.userId), [])
      await store!.close()
      const { bindings } = await open()
      assert.deepEqual([...bindings.all()], [newer, expired])
      assert.deepEqual(bindings.ofUser(desk.userId), [newer])
      await assert.rejects(
        bindings.replace(desk.addressOfRecord, [{ ...newer, deviceId: 'nobody' as DeviceId }]),
        /foreign key/i,
      )
      assert.deepEqual(bindings.ofAddress(desk.addressOfRecord), [newer])
      await bindings.replace(desk.addressOfRecord, [])
      await bindings.replace(expired.addressOfRecord, [])
      assert.deepEqual([...bindings.all()], [])
    })

    it('keeps sessions over a restart by the hash of their token', async () => {
      await openDemo()
      const user = store!.directory.userByAddress(demoDomain, '201')!
      const session = {
        id: 's',
        userId: user.id,
        companyId: user.companyId,
        createdAtMs: clock.now(),
        expiresAtMs: clock.now() + 1_000_000,
        usedAtMs: clock.now(),
      }
      await store!.sessions.create(session, 'hash')
      store!.sessions.noteUse('s', clock.now() + 120_000)
      await store!.close()
      const { sessions } = await open()
      assert.deepEqual(sessions.find('hash'), { ...session, usedAtMs: clock.now() + 120_000 })
      for (let i = 0; i < 100; i++)
        await sessions.create({ ...session, id: `s${i}`, createdAtMs: clock.now() + i }, `hash-${i}`)
      assert.equal(sessions.find('hash'), undefined, 'the oldest made room')
      assert.equal(await sessions.end({ userId: user.id, except: 's3' }, 'test', clock.now()), 99)
      assert.equal(sessions.find('hash-3')?.id, 's3')
      assert.equal(sessions.find('hash'), undefined)
    })
  })
}
