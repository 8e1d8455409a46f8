import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal, type CompanyId, type UserId } from '@vaxel/base'
import type { IdentityStore, LedgerEvent, Passkey, PasskeyCeremonies, Tickets, User } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import type { SessionDependencies } from './dependencies.ts'
import { FailedLogins } from './failed-logins.ts'
import { PasskeyService, relyingParty } from './passkey-service.ts'
import { SecondFactorService } from './second-factors.ts'

const origin = 'https://pbx.example:8443'
const user = { id: 'anna', companyId: 'one', name: 'anna', domain: 'one.test' } as unknown as User
const client = { origin, address: '192.0.2.1' }
const answer = { id: 'c', clientDataJSON: '', authenticatorData: '', signature: '' }

/** A passkey whose counter the test sets, kept with one counter. */
function world(kept: Partial<Passkey>) {
  const events: LedgerEvent[] = []
  let passkey: Passkey = {
    id: 'p',
    credentialId: 'c',
    userId: 'anna' as UserId,
    companyId: 'one' as CompanyId,
    rpId: 'pbx.example',
    publicKey: 'k',
    counter: 7,
    transports: [],
    name: 'Key',
    createdAtMs: 0,
    isBackedUp: false,
    isSuspect: false,
    ...kept,
  }
  const seen = { counter: 8 }
  const clock = new VirtualClock()
  const tickets: Tickets = {
    seal: (value) => JSON.stringify(value),
    open: (ticket) => JSON.parse(ticket) as never,
    useUp: () => true,
  }
  const around = {
    clock,
    tickets,
    configuration: { current: { user: () => user } },
    identity: {
      passkeyByCredential: (id: string) => (id === passkey.credentialId ? passkey : undefined),
      passkeysOf: () => [passkey],
      putPasskey: async (next: Passkey, told: LedgerEvent[]) => {
        passkey = next
        events.push(...told)
      },
      note: async (told: LedgerEvent[]) => void events.push(...told),
    } as unknown as IdentityStore,
    passkeys: {
      requestOptions: async () => ({ challenge: 'x', options: {} }),
      verifyAnswer: async () => ({ counter: seen.counter, isBackedUp: false }),
    } as unknown as PasskeyCeremonies,
  } as unknown as SessionDependencies
  const failed = new FailedLogins(around)
  const service = new PasskeyService(around, new SecondFactorService(around, failed), failed)
  const logIn = async () => {
    const asked = await service.ask(origin, undefined)
    if (isRefusal(asked)) return asked
    return service.verify(asked.ticket, answer, client)
  }
  return { logIn, seen, events, kept: () => passkey }
}

describe('the counter of a passkey (WebAuthn §7.2 step 22)', () => {
  it('goes up with each use', async () => {
    const { logIn, kept } = world({})
    assert.equal(isRefusal(await logIn()), false)
    assert.equal(kept().counter, 8)
  })

  it('says nothing where the authenticator does not count', async () => {
    const { logIn, seen } = world({ counter: 0 })
    seen.counter = 0
    assert.equal(isRefusal(await logIn()), false)
  })

  it('marks a copy when it does not go up: refused from now on, and told', async () => {
    for (const counter of [7, 3, 0]) {
      const { logIn, seen, events, kept } = world({})
      seen.counter = counter
      const refused = await logIn()
      assert.ok(isRefusal(refused) && refused.code === 'SESSION_WRONG_PASSKEY' && /copy/.test(refused.text))
      assert.deepEqual(
        events.map(({ kind }) => kind),
        ['security.passkeyCopied'],
      )
      assert.equal(kept().isSuspect, true)
      seen.counter = 9
      assert.ok(isRefusal(await logIn()), 'also the right one, which nobody can tell from it')
    }
  })
})

describe('a passkey of another host name', () => {
  it('opens nothing here', async () => {
    const { logIn } = world({ rpId: 'other.example' })
    assert.ok(isRefusal(await logIn()))
  })

  it('has no place without a name or without TLS', () => {
    for (const wrong of [
      'https://192.0.2.1',
      'https://[2001:db8::1]:8443',
      'http://pbx.example',
      'http://127.0.0.1:8080',
      '',
    ])
      assert.equal(relyingParty(wrong), undefined, wrong)
    assert.equal(relyingParty('http://localhost:8080')?.rpId, 'localhost')
  })
})
