import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiPlatform, startApi } from './api-platform.ts'

describe('attendants over the API', () => {
  let platform: ApiPlatform
  before(async () => {
    platform = await startApi()
  })
  after(() => platform.close())

  it('mail a message to a colleague who is not there; other people do not', async () => {
    const attendant = await platform.client.logIn('203@demo.vaxel.test', 'demo-203')
    const user = await platform.client.logIn('204@demo.vaxel.test', 'demo-204')
    const userId = platform.store.directory.userByAddress('demo.vaxel.test', '204')!.id
    const path = `/api/v1/attendant/mails-to/${userId}`
    const text = 'Eva Berg called at 14:02 about the invoice.'
    const admin = await platform.client.logIn('201@demo.vaxel.test', 'demo-201')
    const setAddress = async (email: string | null) =>
      assert.equal((await admin.ask('PATCH', `/api/v1/users/${userId}`, { email })).status, 200)
    await setAddress(null)
    assert.deepEqual((await attendant.ask('POST', path, { text })).body, { isMailed: false })
    await setAddress('me@example.com')
    assert.deepEqual((await attendant.ask('POST', path, { text })).body, { isMailed: true })
    for (let round = 0; round < 200 && platform.mailed.length === 0; round++) await admin.ask('GET', '/api/v1/mails')
    assert.deepEqual(
      platform.mailed.map(({ to, text: said }) => [to, said.split('\n')[0]]),
      [['me@example.com', text]],
    )
    assert.equal((await user.ask('POST', path, { text })).status, 403)
    assert.equal((await attendant.ask('POST', path, { text: '' })).status, 400)
    assert.equal((await attendant.ask('POST', '/api/v1/attendant/mails-to/nobody', { text })).status, 404)
  })
})
