import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CompanyId } from '@vaxel/base'
import { type ApiPlatform, startApi } from './api-platform.ts'
import type { CheckedClient } from './checked-client.ts'

describe('outgoing mails over the API', () => {
  let platform: ApiPlatform
  let administrator: CheckedClient
  let companyId: CompanyId
  before(async () => {
    platform = await startApi()
    administrator = await platform.client.logIn('201@demo.vaxel.test', 'demo-201')
    companyId = platform.store.directory.userByAddress('demo.vaxel.test', '201')!.companyId
  })
  after(() => platform.close())

  const list = async (): Promise<{ id: string; to: string; state: string; fault?: string }[]> =>
    (await administrator.ask('GET', '/api/v1/mails')).body.items
  const settled = async (to: string, state: string) => {
    for (let round = 0; round < 200; round++) {
      const found = (await list()).find((mail) => mail.to === to)
      if (found?.state === state) return found
      await new Promise((resolve) => setImmediate(resolve))
    }
    throw new Error(`${to} is not ${state}`)
  }

  it('are sent at once, and held when nobody knows whether they were delivered', async () => {
    await platform.queueMail(companyId, { to: 'it@example.com', subject: 'A\r\nBcc: x@example.com', text: 'hello' })
    await platform.queueMail(companyId, { to: 'broken@example.com', subject: 'B', text: 'hello' })
    await settled('it@example.com', 'sent')
    assert.equal((await settled('broken@example.com', 'held')).fault, 'silence')
    assert.equal(platform.mailed.find(({ to }) => to === 'it@example.com')?.subject, 'A Bcc: x@example.com')
    assert.equal(platform.mailed.filter(({ to }) => to === 'broken@example.com').length, 1)
  })

  it('go again only when a person says so, and can be forgotten', async () => {
    const held = await settled('broken@example.com', 'held')
    assert.equal((await administrator.ask('POST', `/api/v1/mails/${held.id}/retry`)).status, 200)
    await settled('broken@example.com', 'held')
    assert.equal(platform.mailed.filter(({ to }) => to === 'broken@example.com').length, 2)
    const sent = await settled('it@example.com', 'sent')
    assert.equal((await administrator.ask('POST', `/api/v1/mails/${sent.id}/retry`)).status, 409)
    assert.equal((await administrator.ask('DELETE', `/api/v1/mails/${held.id}`)).status, 204)
    assert.equal((await administrator.ask('DELETE', `/api/v1/mails/${held.id}`)).status, 404)
  })

  it('are for administrators only', async () => {
    const user = await platform.client.logIn('204@demo.vaxel.test', 'demo-204')
    assert.equal((await user.ask('GET', '/api/v1/mails')).status, 403)
  })
})
