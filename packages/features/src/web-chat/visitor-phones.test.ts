import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CompanyId, UserId } from '@vaxel/base'
import type { ChatSiteId, QueueId, WebChat, WebChatId } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { KeyedVisitorPhones } from './visitor-phones.ts'

const chat: WebChat = {
  id: '0123456789abcdefghjkmn' as WebChatId,
  companyId: 'company' as CompanyId,
  siteId: 'site' as ChatSiteId,
  siteName: 'Shop',
  queueId: 'web' as QueueId,
  keyHash: '',
  startedAtMs: 0,
  language: 'en',
  transcripts: 0,
  keepUntilMs: 0,
  agentId: 'anna' as UserId,
}

function begin() {
  const clock = new VirtualClock()
  let isOffered = true
  const phones = new KeyedVisitorPhones({
    key: Buffer.alloc(32, 7),
    clock,
    relays: undefined,
    webSockets: [],
    directory: { user: () => ({ name: '204', domain: 'demo.test' }) } as never,
    credentials: {
      digestSecrets: (username: string, realm: string, password: string) => [
        { algorithm: 'MD5' as const, realm, ha1: `${username}:${password}` },
      ],
    } as never,
    offered: (id) => (isOffered && id === chat.id ? chat : undefined),
  })
  return { clock, phones, withdraw: () => (isOffered = false) }
}

describe('the telephone of a visitor', () => {
  it('reaches the agent of the conversation and nobody else', async () => {
    const { phones } = begin()
    const phone = await phones.open(chat, 'https://pbx.test')
    const login = phones.find('demo.test', phone!.username)
    assert.deepEqual([phone?.to, login?.mayCall], ['sip:204@demo.test', '204'])
    assert.equal(login?.device.secrets[0]?.ha1, `${phone!.username}:${phone!.password}`)
    assert.equal(phones.find('other.test', phone!.username), undefined)
    assert.equal(phones.find('demo.test', phone!.username.replace('0123', '9999')), undefined)
  })

  it('counts while speaking is on offer, and for a quarter of an hour', async () => {
    const { phones, clock, withdraw } = begin()
    const { username } = (await phones.open(chat, 'https://pbx.test'))!
    clock.advance(14 * 60_000)
    assert.ok(phones.find('demo.test', username))
    clock.advance(2 * 60_000)
    assert.equal(phones.find('demo.test', username), undefined)
    const again = (await phones.open(chat, 'https://pbx.test'))!
    withdraw()
    assert.equal(phones.find('demo.test', again.username), undefined)
  })
})
