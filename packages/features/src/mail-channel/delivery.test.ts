import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, silentLogger } from '@vaxel/base'
import type { ChannelMail, MailAccess, MailAccount, MailOutcome } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { MailDelivery } from './delivery.ts'
import type { MailChannelDependencies } from './parts.ts'
import { MailTokens } from './tokens.ts'

const refused: MailOutcome = { kind: 'later', reason: '535 5.7.3 no', isLoginRefused: true }

/** A mailbox with a token that is good for an hour, as its clock says. */
function world(outcomes: readonly MailOutcome[], login: object = { kind: 'oauth', tokenUrl: 'https://login.test/' }) {
  const clock = new VirtualClock()
  const account = { id: 'a', companyId: 'company', address: 'shop@shop.test', login } as unknown as MailAccount
  let secrets: MailAccess['secrets'] = { accessToken: 't1', refreshToken: 'r', expiresAtMs: clock.now() + 3_600_000 }
  const mail = { id: 'm', companyId: 'company', accountId: 'a', to: [], cc: [], references: [], parts: [], body: {} }
  const store = {
    mail: async () => mail as unknown as ChannelMail,
    account: () => account,
    secrets: () => secrets,
    putAccount: async (_: MailAccount, put: MailAccess['secrets']) => void (secrets = put),
  }
  const files = {
    async *read() {
      yield Buffer.from('{"text":"Hello"}')
    },
  }
  const used: (string | undefined)[] = []
  const send = async (access: MailAccess) => {
    used.push(access.secrets.accessToken)
    return outcomes[used.length - 1]!
  }
  let asked = 0
  const http = { ask: async () => ({ kind: 'answered', body: { access_token: `t${++asked + 1}` } }) }
  const tokens = new MailTokens({ store, http, clock } as never)
  const parts = { store, files, door: { send }, log: silentLogger } as unknown as MailChannelDependencies
  const delivery = new MailDelivery(parts, { tokens, changes: {} as never })
  return { used, send: () => delivery.send('company' as CompanyId, 'mail-channel m', '<m@shop.test>') }
}

describe('an answer on its way', () => {
  it('is sent with a new token when the server refuses one before its end', async () => {
    const { send, used } = world([refused, { kind: 'sent' }])
    assert.deepEqual([await send(), used], [{ kind: 'sent' }, ['t1', 't2']])
  })

  it('waits when the new token is refused as well, or there is none', async () => {
    const other = world([refused, refused])
    assert.deepEqual([(await other.send()).kind, other.used], ['later', ['t1', 't2']])
    const password = world([refused], { kind: 'password' })
    assert.deepEqual([(await password.send()).kind, password.used.length], ['later', 1])
  })

  it('is not tried again at once for any other reason', async () => {
    const { send, used } = world([{ kind: 'later', reason: '451 busy' }])
    assert.deepEqual([(await send()).kind, used], ['later', ['t1']])
  })
})
