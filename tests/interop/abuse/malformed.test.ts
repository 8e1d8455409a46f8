import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { eventually, FreePorts, type Platform, SeededRandom, startPlatform } from '@vaxel/testkit'
import { inviteSteps, play, response, scenario, sippAck } from '../sipp/sipp-phone.ts'
import { askUntilAnswered } from './ask-until-answered.ts'

const torture = join(import.meta.dirname, '../../../packages/sip/src/message/torture/rfc4475')

describe('what comes from hostile networks', () => {
  let platform: Platform
  before(async () => {
    platform = await startPlatform()
  })
  after(() => platform?.stop())

  async function exchange(datagrams: readonly Uint8Array[], waitMs = 300): Promise<string[]> {
    const socket = createSocket('udp4')
    const answers: string[] = []
    socket.on('message', (bytes) => answers.push(bytes.toString('latin1')))
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    for (const bytes of datagrams) socket.send(bytes, platform.ports.sip, '127.0.0.1')
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    socket.close()
    return answers
  }

  async function assertAlive(): Promise<void> {
    const once = Math.random().toString(36).slice(2)
    const options = [
      'OPTIONS sip:127.0.0.1 SIP/2.0',
      `Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK${once};rport`,
      'Max-Forwards: 70',
      'From: <sip:a@127.0.0.1>;tag=1',
      'To: <sip:b@127.0.0.1>',
      `Call-ID: alive-${once}`,
      'CSeq: 1 OPTIONS',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n')
    assert.match(await askUntilAnswered(options, platform.ports.sip), /^SIP\/2\.0 /)
    assert.ok(platform.program.isRunning)
  }

  it('every torture message of RFC 4475 over the real socket leaves the server alive', async () => {
    const messages = readdirSync(torture).map((name) => readFileSync(join(torture, name)))
    assert.ok(messages.length >= 49)
    await exchange(messages)
    await assertAlive()
  })

  it('3,000 datagrams of noise and of broken requests leave it alive', async () => {
    const random = new SeededRandom(4475)
    const whole = readFileSync(join(torture, 'wsinv.dat'))
    const noise = Array.from({ length: 3000 }, (_, i) => {
      if (i % 2) return random.bytes(random.between(1, 400))
      const broken = Uint8Array.from(whole)
      for (let hits = 0; hits < 10; hits++) broken[random.between(0, broken.length - 1)] = random.between(0, 255)
      return broken
    })
    for (let i = 0; i < noise.length; i += 200) await exchange(noise.slice(i, i + 200), 20)
    await assertAlive()
  })

  it('a stranger’s malformed request is answered 400 with the reason', async () => {
    const answer = await askUntilAnswered(
      'INVITE sip:202@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKbad;rport\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:b@c>\r\nCall-ID: bad\r\nCSeq: many INVITE\r\nContent-Length: 0\r\n\r\n',
      platform.ports.sip,
    )
    assert.match(answer, /^SIP\/2\.0 400 .+/)
  })

  it('a TCP connection that sends an endless header is cut off, and others go on', async () => {
    const socket = connect({ port: platform.ports.sip, host: '127.0.0.1' })
    socket.on('error', () => {})
    socket.resume()
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
    socket.write(`INVITE sip:x SIP/2.0\r\nSubject: ${'a'.repeat(300_000)}`)
    await closed
    await assertAlive()
  })

  it('an API body with every field wrong names them all', async () => {
    const api = await platform.login()
    const reply = await api.request<{ code: string; mistakes: { path: string }[] }>('POST', '/api/v1/users', {
      name: 7,
      displayName: false,
      role: 'king',
      surprise: true,
    })
    assert.equal(reply.status, 400)
    assert.match(reply.contentType, /application\/problem\+json/)
    const paths = reply.body.mistakes.map(({ path }) => path)
    for (const field of ['/name', '/displayName', '/role', '/surprise'])
      assert.ok(paths.includes(field), `${field} among ${paths.join(', ')}`)
  })

  it('when no media port is left, a call gets 503 and says so; the next one after a release goes through', async () => {
    const small = await startPlatform({ mediaPortCount: 4 })
    const free = await FreePorts.claim()
    try {
      const echo = async (expected: number) => {
        const phone = { platform: small, user: '201', port: await free.port() }
        return play(
          phone,
          expected === 200
            ? scenario(inviteSteps('201', '600'), response(200, 'rrs="true"'), '<pause milliseconds="2500"/>')
            : scenario(inviteSteps('201', '600'), response(expected), sippAck('201', '600', 2)),
          { service: '600' },
        )
      }
      const held = [await echo(200), await echo(200)]
      for (const calling of held)
        await eventually('a call that is up', () => /SIP\/2\.0 200 [^]*m=audio/.test(calling.messages))
      const { messages } = await (await echo(503)).succeed()
      assert.match(messages, /503 .*\r?\n[\s\S]*(Reason|Warning|Retry-After)/)
      for (const sipp of held) await sipp.stop()
    } finally {
      free.release()
      await small.stop()
    }
  })
})
