import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually, FreePorts, temporaryFolder } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'
import { DovecotBoxes } from '../mail-channel/dovecot-boxes.ts'
import { makeMailCertificate } from '../mail-channel/mail-certificate.ts'
import { PlatformInTime } from './platform-in-time.ts'

interface Visit {
  readonly id: string
  readonly customer?: string
  readonly outcome?: string
  readonly waitedMs?: number
}

describe('what a company knows of its customers for two days (libfaketime, Dovecot)', () => {
  let platform: PlatformInTime
  let dovecot: DovecotBoxes
  let free: FreePorts
  let imap: number
  const certificate = makeMailCertificate(temporaryFolder('certificate'))
  before(async () => {
    free = await FreePorts.claim()
    imap = await free.port()
    const ports = { imap, imaps: await free.port(), pop3: await free.port(), pop3s: await free.port() }
    const tokens = `http://127.0.0.1:${await free.port()}/`
    dovecot = await DovecotBoxes.start({ folder: temporaryFolder('boxes'), ports, certificate, tokens })
    platform = await PlatformInTime.start()
    await platform.changeCompany({ customerRetentionDays: 2, mailRetentionDays: 2 })
  })
  after(async () => {
    await platform?.stop()
    await dovecot?.stop()
    free?.release()
  })

  const get = async <T>(path: string): Promise<readonly T[]> =>
    (await (await platform.login()).get<{ items: readonly T[] }>(path)).items
  const visits = () => {
    const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    return get<Visit>(`/api/v1/centre/items?from=${at(-1)}&to=${at(10)}`)
  }
  const erased = async (kind: string): Promise<unknown> =>
    (await get<{ kind: string; data: unknown }>('/api/v1/audit?limit=200')).find((one) => one.kind === kind)?.data

  it('who waited in a queue is nobody any more, and the report still counts the call', async () => {
    const phone = await NetPhone.open({ user: '204', port: platform.now.ports.sip })
    const call = await phone.call('300')
    await call.isAnswered()
    await eventually('they wait', async () => (await visits()).length === 1)
    call.hangUp()
    await call.isOver()
    await phone.close()
    await eventually('they gave up', async () => (await visits())[0]?.outcome !== undefined)
    const [known] = await visits()
    assert.ok(known?.customer)
    await platform.offFor(1)
    assert.equal((await visits())[0]?.customer, known.customer)
    await platform.offFor(1.5)
    await eventually('it is forgotten', async () => (await visits())[0]?.customer === undefined)
    const [forgotten] = await visits()
    assert.deepEqual(
      [forgotten?.id, forgotten?.outcome, forgotten?.waitedMs],
      [known.id, known.outcome, known.waitedMs],
    )
    const ledger = JSON.stringify(await get('/api/v1/ledger?limit=1000'))
    assert.match(ledger, /work\.arrived/)
    assert.doesNotMatch(ledger, /"customer":\{"/)
    assert.match(JSON.stringify(await erased('customers.erased')), /"customers":1,/)
  })

  it('a conversation that is closed goes, an open one stays, and neither comes again from the mail server', async () => {
    const source = (subject: string) =>
      `From: Anna <anna@customer.test>\r\nTo: support@shop.test\r\nMessage-ID: <${subject}@customer.test>\r\nSubject: ${subject}\r\n\r\nHello\r\n`
    for (const subject of ['done', 'undone']) dovecot.deliver('support', source(subject))
    const api = await platform.login()
    await api.post('/api/v1/mail-accounts', {
      name: 'support',
      address: 'support@shop.test',
      aliases: [],
      isOn: true,
      reading: {
        protocol: 'imap',
        server: { host: 'localhost', port: imap, security: 'starttls' },
        login: 'support@shop.test',
        folder: 'INBOX',
        after: 'keep',
        first: 'all',
        pollSeconds: 10,
        mostBytes: 1_000_000,
      },
      login: { kind: 'password' },
      trusted: certificate.pem,
      members: [],
      secrets: { password: 'secret' },
    })
    const kept = () => get<{ id: string; subject: string }>('/api/v1/mail-conversations?limit=200')
    await eventually('both mails', async () => (await kept()).length === 2, 60_000)
    const { id } = (await kept()).find(({ subject }) => subject === 'done')!
    await api.post(`/api/v1/mail-conversations/${id}/state`, { to: 'closed' })
    await platform.offFor(2.5)
    await eventually('the closed one is erased', async () => (await kept()).length === 1)
    assert.deepEqual(
      (await kept()).map(({ subject }) => subject),
      ['undone'],
    )
    const later = await platform.login()
    assert.equal((await later.request('GET', `/api/v1/mail-conversations/${id}`)).status, 404)
    assert.match(JSON.stringify(await erased('mails.erased')), /"mails":1,/)
    dovecot.deliver('support', source('later'))
    await eventually('a later mail', async () => (await kept()).some(({ subject }) => subject === 'later'), 60_000)
    assert.deepEqual((await kept()).map(({ subject }) => subject).sort(), ['later', 'undone'])
    assert.equal(dovecot.counts('support').all, 3)
  })
})
