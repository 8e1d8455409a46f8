import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type CompanyId, silentLogger, type UserId } from '@vaxel/base'
import type { LedgerEvent, Passkey, SsoSettings, User } from '@vaxel/core'
import { openStore, type Store } from '../open-store.ts'
import type { StoreEngine } from './store-engine.ts'

const companyId = 'company' as CompanyId
const anna = 'anna' as UserId
const bo = 'bo' as UserId

const userOf = (id: UserId): User => ({
  id,
  companyId,
  domain: 'one.test',
  name: id,
  displayName: id,
  language: 'en',
  role: 'user',
  limits: {},
  ringSeconds: 25,
})
const passkeyOf = (id: string, userId: UserId): Passkey => ({
  id,
  credentialId: `credential-${id}`,
  userId,
  companyId,
  rpId: 'one.test',
  publicKey: 'key',
  counter: 4_294_967_295,
  transports: ['internal', 'hybrid'],
  name: 'Phone',
  createdAtMs: 5,
  isBackedUp: true,
  isSuspect: false,
})
const sso: SsoSettings = {
  companyId,
  issuer: 'https://idp.example',
  clientId: 'vaxel',
  sealedSecret: 'sealed',
  domains: ['corp.example'],
  userClaim: 'email',
  createsUsers: true,
  roles: [{ group: 'leads', role: 'supervisor' }],
  isOnlyWay: false,
}
const told = (what: string): LedgerEvent => ({ kind: 'identity.changed', atMs: 1, companyId, data: { what } })

/** What the store of ways in promises, on any engine. */
export function testIdentityStore(engine: StoreEngine): void {
  const clock = engine.newClock()
  describe(`ways in (${engine.name})`, () => {
    let folder: string
    let store: Store
    let databaseUrl: string | undefined
    const open = async () => {
      store = await openStore({
        folder,
        clock,
        log: silentLogger,
        ...(databaseUrl === undefined ? {} : { databaseUrl }),
      })
      return store.identity
    }
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vaxel-identity-'))
      databaseUrl = await engine.newDatabase()
      await open()
      await store.configuration.change({ by: 'test' }, () => [
        {
          kind: 'company',
          after: { id: companyId, name: 'Ett AB', country: 'SE', limits: {}, emergencyNumbers: ['112'] },
        },
        { kind: 'domain', after: { name: 'one.test', companyId } },
        { kind: 'user', after: userOf(anna) },
        { kind: 'user', after: userOf(bo) },
        { kind: 'password', after: { userId: bo, companyId, hash: 'hash', isTemporary: true } },
      ])
    })
    afterEach(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })
    const reopen = async () => {
      await store.close()
      return open()
    }

    it('keeps everything over a restart, each with its event', async () => {
      const { identity } = store
      const factors = {
        userId: anna,
        companyId,
        codes: { sealed: identity.seal('secret', 'codes of anna'), sinceMs: 7, lastStep: 58_000_000 },
        recoveryHashes: ['a', 'b'],
      }
      await identity.setSecondFactors(factors, [told('codes-set')])
      const { sinceMs, ...passkey } = { ...passkeyOf('p', anna), usedAtMs: 9, sinceMs: 0 }
      assert.equal(sinceMs, 0)
      await identity.putPasskey(passkeyOf('p', anna), [told('passkey-added')])
      await identity.putPasskey(passkey, [])
      await identity.setPolicy(companyId, { secondFactor: 'everyone' }, [])
      await identity.putSso(sso, [])
      const link = { companyId, issuer: sso.issuer, subject: 'someone', userId: anna }
      await identity.putSsoLink(link, [])
      const access = { tokenHash: 'hash', userId: bo, companyId, expiresAtMs: 99 }
      await identity.putAccessLink({ ...access, tokenHash: 'older' }, [])
      await identity.putAccessLink(access, [])
      const again = await reopen()
      assert.deepEqual(again.secondFactors(anna), factors)
      assert.equal(again.open(again.secondFactors(anna)!.codes!.sealed, 'codes of anna'), 'secret')
      assert.deepEqual(again.passkeysOf(anna), [passkey])
      assert.deepEqual(again.passkeyByCredential('credential-p'), passkey)
      assert.deepEqual(again.policy(companyId), { secondFactor: 'everyone' })
      assert.deepEqual(again.policy('another' as CompanyId), { secondFactor: 'optional' })
      assert.deepEqual(again.sso(companyId), sso)
      assert.deepEqual(again.ssoLink(companyId, sso.issuer, 'someone'), link)
      assert.equal(again.ssoLink('another' as CompanyId, sso.issuer, 'someone'), undefined)
      assert.equal(again.hasSsoLink(anna), true)
      assert.equal(again.accessLink('older'), undefined)
      assert.deepEqual(again.accessLink('hash'), access)
      assert.equal(await store.sessions.isPasswordTemporary(bo), true)
      const events = await store.history.events({ companyId, after: 0, limit: 100 })
      assert.deepEqual(
        events.filter(({ kind }) => kind === 'identity.changed').map(({ data }) => data.what),
        ['codes-set', 'passkey-added'],
      )
    })

    it('gives a one-time link to one of two who come at once', async () => {
      const { identity } = store
      await identity.putAccessLink({ tokenHash: 'hash', userId: bo, companyId, expiresAtMs: 99 }, [])
      await identity.putAccessLink({ tokenHash: 'other', userId: anna, companyId, expiresAtMs: 99 }, [])
      await identity.removeAccessLink(anna)
      assert.equal(identity.accessLink('other'), undefined)
      const taken = await Promise.all([identity.takeAccessLink('hash'), identity.takeAccessLink('hash')])
      assert.equal(taken.filter((link) => link !== undefined).length, 1)
      const again = await reopen()
      assert.deepEqual([again.accessLink('hash'), again.accessLink('other')], [undefined, undefined])
    })

    it('shows again what could not be changed', async () => {
      const { identity } = store
      const nobody = { ...passkeyOf('x', 'nobody' as UserId) }
      await assert.rejects(identity.putPasskey(nobody, []), /foreign key/i)
      assert.equal(identity.passkeyByCredential('credential-x'), undefined)
      await identity.putPasskey(passkeyOf('p', anna), [])
      await assert.rejects(
        identity.putPasskey({ ...passkeyOf('q', anna), credentialId: 'credential-p' }, []),
        /unique/i,
      )
    })

    it('forgets a user with the user', async () => {
      const { identity } = store
      await identity.setSecondFactors({ userId: anna, companyId, recoveryHashes: ['a'] }, [])
      await identity.putPasskey(passkeyOf('p', anna), [])
      await identity.putPasskey(passkeyOf('q', bo), [])
      await store.configuration.change({ by: 'test' }, (current) => [{ kind: 'user', before: current.user(anna)! }])
      for (const now of [identity, await reopen()]) {
        assert.equal(now.secondFactors(anna), undefined)
        assert.equal(now.passkeyByCredential('credential-p'), undefined)
        assert.equal(now.passkeyByCredential('credential-q')?.userId, bo)
      }
    })

    it('keeps what a session knows of its login', async () => {
      const session = {
        id: 's',
        userId: anna,
        companyId,
        createdAtMs: clock.now(),
        expiresAtMs: clock.now() + 1000,
        usedAtMs: clock.now(),
        agent: 'Firefox',
        isBrowser: true,
        means: ['password', 'code'] as const,
        needs: ['second-factor'] as const,
      }
      await store.sessions.create(session, 'hash')
      await store.sessions.change('s', { provenAtMs: 5, needs: [] })
      await store.sessions.change('gone', { needs: [] })
      await reopen()
      assert.deepEqual(store.sessions.find('hash'), { ...session, provenAtMs: 5, needs: [] })
      assert.deepEqual(
        store.sessions.ofUser(anna).map(({ id }) => id),
        ['s'],
      )
    })
  })
}
