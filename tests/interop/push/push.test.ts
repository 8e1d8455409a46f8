import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiClient, Baresip, eventually, type Platform, startPlatform } from '@vaxel/testkit'
import { PushService } from './push-service.ts'

describe('messages by a push service', () => {
  let platform: Platform
  let user: ApiClient
  let service: PushService
  let caller: Baresip
  before(async () => {
    platform = await startPlatform()
    user = await platform.login('203')
    const { publicKey } = await user.get<{ publicKey: string }>('/api/v1/me/push')
    service = await PushService.start(publicKey)
    await user.put('/api/v1/me/push', service.subscription)
    caller = await Baresip.start({ user: '217', password: 'sip-217', registrar: platform.sip, toneHz: 620 })
  })
  after(async () => {
    await caller?.stop()
    await service?.stop()
    await platform?.stop()
  })

  it('tell of a call that comes, urgently, and that it was missed, in its place', async () => {
    await caller.dial('203')
    const missed = await service.next(2)
    const [rang] = service.pushed
    assert.equal(rang!.urgency, 'high')
    assert.ok(rang!.ttlSeconds <= 60)
    assert.match(rang!.message.body, /vous appelle$|is calling$|ringer$/)
    assert.equal(missed.message.tag, rang!.message.tag)
    assert.equal(missed.message.path, '/calls')
  })

  it('tell that somebody wrote', async () => {
    const writer = await platform.login('204')
    const me = await user.get<{ user: { id: string } }>('/api/v1/me')
    const { id } = await writer.put<{ id: string }>(`/api/v1/conversations/with/${me.user.id}`, undefined)
    await writer.post(`/api/v1/conversations/${id}/messages`, { clientId: 'one-message', text: 'Hej på dig' })
    const { message } = await service.next(3)
    assert.match(message.body, /Hej på dig/)
    assert.equal(message.path, `/chat/${id}`)
  })

  it('go to a browser no more that does not want them', async () => {
    service.status = 410
    await caller.dial('203')
    await service.next(4)
    await eventually('the browser is forgotten', async () => {
      const { endpoints } = await user.get<{ endpoints: string[] }>('/api/v1/me/push')
      return endpoints.length === 0
    })
  })
})
