import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { after, before, describe, it } from 'node:test'
import { eventually, FreePorts, type Platform, startPlatform } from '@vaxel/testkit'
import { pause, play, registerScenario, request, response, scenario, type Transport } from './sipp-phone.ts'

describe('a phone registers (sipp)', () => {
  let platform: Platform
  let free: FreePorts
  before(async () => {
    platform = await startPlatform()
    free = await FreePorts.claim()
  })
  after(async () => {
    free.release()
    await platform?.stop()
  })

  for (const transport of ['udp', 'tcp'] as const satisfies Transport[]) {
    it(`over ${transport} with its digest password, and is then listed`, async () => {
      const phone = { platform, user: '204', port: await free.port(), transport }
      // The binding of a stream lasts as long as its connection: it is looked at while sipp still has it open
      const api = await platform.login()
      const registering = play(phone, scenario(registerScenario('204'), pause(2000)), { service: '204' })
      await eventually('the binding in the list', async () => {
        const { body } = await api.request('GET', '/api/v1/bindings')
        return JSON.stringify(body).includes(`127.0.0.1:${phone.port}`)
      })
      const { messages } = await registering.succeed()
      assert.match(messages, /WWW-Authenticate: Digest [^\r\n]*algorithm=MD5/i)
      assert.match(messages, /WWW-Authenticate: Digest [^\r\n]*algorithm=SHA-256/i)
    })
  }

  it('is refused with a wrong password, and not told which part was wrong', async () => {
    const wrong = (user: string) =>
      scenario(
        request('REGISTER', user, user, 1),
        response(401, 'auth="true"'),
        request('REGISTER', user, user, 2, ['[authentication]']),
        '<recv response="401" optional="true" next="1"/>',
        response(403),
        '<label id="1"/>',
      )
    for (const user of ['205', '999']) {
      const phone = { platform, user, port: await free.port(), password: 'wrong' }
      await play(phone, wrong(user), { service: user }).succeed()
    }
    const api = await platform.login()
    const { body } = await api.request('GET', '/api/v1/bindings')
    assert.doesNotMatch(JSON.stringify(body), /205@/)
  })

  it('removes its binding with Expires: 0 (RFC 3261 §10.2.2)', async () => {
    const phone = { platform, user: '206', port: await free.port() }
    await play(phone, registerScenario('206'), { service: '206' }).succeed()
    await play(phone, registerScenario('206', 0), { service: '206' }).succeed()
    const api = await platform.login()
    const { body } = await api.request('GET', '/api/v1/bindings')
    assert.doesNotMatch(JSON.stringify(body), new RegExp(`:${phone.port}`))
  })

  it('is told a shorter interval than it asked for when it asks for a year', async () => {
    const phone = { platform, user: '207', port: await free.port() }
    const { messages } = await play(phone, registerScenario('207', 31_536_000), { service: '207' }).succeed()
    const granted = /expires=(\d+)/i.exec(messages.slice(messages.lastIndexOf('SIP/2.0 200')))
    assert.ok(granted && Number(granted[1]) <= 86_400, `granted ${granted?.[1]}`)
  })

  it('with SHA-256, which sipp cannot (RFC 8760)', async () => {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    const uri = `sip:127.0.0.1:${platform.ports.sip}`
    const ask = async (cseq: number, authorization?: string): Promise<string> => {
      const answer = new Promise<string>((resolve) => socket.once('message', (bytes) => resolve(bytes.toString())))
      const { port } = socket.address()
      const lines = [
        `REGISTER ${uri} SIP/2.0`,
        `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bKsha${cseq};rport`,
        'Max-Forwards: 70',
        'From: <sip:208@demo.vaxel.test>;tag=sha',
        'To: <sip:208@demo.vaxel.test>',
        'Call-ID: sha-256',
        `CSeq: ${cseq} REGISTER`,
        `Contact: <sip:208@127.0.0.1:${port}>`,
        'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, NOTIFY, REFER, MESSAGE, INFO',
        ...(authorization ? [authorization] : []),
        'Content-Length: 0',
        '',
        '',
      ]
      socket.send(lines.join('\r\n'), platform.ports.sip, '127.0.0.1')
      return await answer
    }
    const challenge = /WWW-Authenticate: (Digest [^\r\n]*algorithm=SHA-256[^\r\n]*)/i.exec(await ask(1))?.[1] ?? ''
    const nonce = /nonce="([^"]+)"/.exec(challenge)![1]!
    const hash = (text: string) => createHash('sha256').update(text).digest('hex')
    const ha1 = hash('208:demo.vaxel.test:sip-208')
    const result = hash(`${ha1}:${nonce}:00000001:abc:auth:${hash(`REGISTER:${uri}`)}`)
    const authorization = `Authorization: Digest username="208", realm="demo.vaxel.test", nonce="${nonce}", uri="${uri}", response="${result}", algorithm=SHA-256, qop=auth, cnonce="abc", nc=00000001`
    assert.match(await ask(2, authorization), /^SIP\/2\.0 200/)
    // The same count again is a replay
    assert.match(await ask(3, authorization), /^SIP\/2\.0 401/)
    socket.close()
  })
})
