import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiClient, eventually, Linphone, type Platform, startPlatform } from '@vaxel/testkit'

interface Said {
  readonly number: number
  readonly text: string
  readonly isFromPhone?: boolean
}

describe('chat with a SIP phone that sends and takes messages (linphone)', () => {
  let platform: Platform
  let anna: ApiClient
  let phone: Linphone
  let conversationId: string
  const start = () => Linphone.start({ user: '203', password: 'sip-203', registrar: platform.sip })
  before(async () => {
    platform = await startPlatform()
    anna = await platform.login('202')
    phone = await start()
    const { items } = await anna.get<{ items: { id: string; numbers: { number: string }[] }[] }>(
      '/api/v1/directory?limit=100',
    )
    const bo = items.find(({ numbers }) => numbers.some(({ number }) => number === '203'))!
    const opened = await anna.request<{ id: string }>('PUT', `/api/v1/conversations/with/${bo.id}`)
    conversationId = opened.body.id
  })
  after(async () => {
    await phone?.stop()
    await platform?.stop()
  })

  const say = (text: string) =>
    anna.post(`/api/v1/conversations/${conversationId}/messages`, {
      clientId: `client-${Math.random().toString(36).slice(2, 12)}`,
      text,
    })
  const said = async () => (await anna.get<{ items: Said[] }>(`/api/v1/conversations/${conversationId}/messages`)).items
  const takes = (text: string) => phone.program.waitForOutput(new RegExp(`Message received[^\\n]*${text}|${text}`))

  it('puts a message of the phone into the conversation, once', async () => {
    phone.command('chat sip:202@127.0.0.1 "Hej från telefonen"')
    const messages = await eventually('the message', async () => {
      const found = await said()
      return found.length > 0 ? found : undefined
    })
    assert.deepEqual(
      messages!.map(({ text, isFromPhone }) => [text.replaceAll('"', ''), isFromPhone]),
      [['Hej från telefonen', true]],
    )
  })

  it('gives the phone what is said in the web app', async () => {
    await say('svar till telefonen')
    await takes('svar till telefonen')
  })

  it('gives the phone what was said while it was off, in order, when it registers again, once', async () => {
    await phone.stop()
    await say('skrivet medan du var borta')
    await say('och en gång till')
    phone = await start()
    await takes('skrivet medan du var borta')
    await takes('och en gång till')
    const text = phone.program.output
    assert.ok(text.indexOf('medan du var borta') < text.indexOf('en gång till'))
    assert.equal(text.split('och en gång till').length, 2)
    assert.ok(!text.includes('svar till telefonen'), 'it has that already')
  })

  it('gives the phone what waited while the server was started again', async () => {
    await phone.stop()
    await say('före omstarten')
    const { data, ports } = platform
    await platform.kill()
    platform = await startPlatform({ data, ports })
    phone = await start()
    await takes('före omstarten')
    anna = await platform.login('202')
    assert.equal((await said()).length, 5)
  })
})
