import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiPlatform, startApi } from './api-platform.ts'

describe('media channels over the API', () => {
  let platform: ApiPlatform
  before(async () => {
    platform = await startApi()
  })
  after(() => platform.close())

  it("are shown to administrators, all companies' together to the operator alone, beside what others' tables ask for", async () => {
    const operator = await platform.client.logIn('201@demo.vaxel.test', 'demo-201')
    const { status, body } = await operator.ask('GET', '/api/v1/channels')
    assert.equal(status, 200)
    assert.deepEqual([body.company.now, body.company.recordings, body.installation.limit], [0, 0, 100])
    const { people, figures } = body.compared
    assert.equal(people, 20)
    const announcements = figures.find(({ name }: { name: string }) => name.startsWith('for announcements'))
    assert.equal(announcements.value, 2)
  })

  it('are nothing for people who administer nothing', async () => {
    const user = await platform.client.logIn('204@demo.vaxel.test', 'demo-204')
    assert.equal((await user.ask('GET', '/api/v1/channels')).status, 403)
  })
})
