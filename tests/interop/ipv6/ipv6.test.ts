import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { after, afterEach, before, describe, it } from 'node:test'
import { ApiClient, FreePorts, Platform, sippSdp, startPlatform } from '@vaxel/testkit'
import {
  answerSteps,
  inDialog,
  inviteSteps,
  pause,
  play,
  registerScenario,
  requestOf,
  respondInDialog,
  response,
  scenario,
  type SippPhone,
  stopAll,
} from '../sipp/sipp-phone.ts'

/** The server as seen over IPv6. */
class PlatformOnSix extends Platform {
  override get sip(): string {
    return `[::1]:${this.ports.sip}`
  }
}

const onSix = { more: ['-i', '::1', '-mi', '::1'] }
const sdpOnSix = sippSdp.replaceAll('IN IP4', 'IN IP6').replace('[local_ip]', '[media_ip]')
const register = (phone: SippPhone) =>
  play(phone, registerScenario(phone.user), { ...onSix, service: phone.user }).succeed()
const withSix = (steps: string): string => steps.replaceAll(sippSdp, sdpOnSix)

const callOf202 = scenario(
  inviteSteps('201', '202'),
  response(200, 'rrs="true"'),
  inDialog('ACK', '201', '202', 2),
  pause(200),
  inDialog('BYE', '201', '202', 3),
  response(200),
)

async function hasSix(): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port: 0, host: '::1' }, () => server.close(() => resolve(true)))
  })
}

/** Runs this file again where ::1 is there: in a network namespace of its own. */
async function runInNamespace(): Promise<{ code: number | null; output: string }> {
  const inside = 'echo 0 > /proc/sys/net/ipv6/conf/all/disable_ipv6; ip link set lo up; exec "$0" --test "$1"'
  const command = ['-Urn', 'sh', '-c', inside, process.execPath, import.meta.filename]
  // A test run inside a test run would report to the outer one.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const child = spawn('unshare', command, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()))
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve)
    child.on('error', (error) => {
      output += String(error)
      resolve(127)
    })
  })
  return { code, output }
}

if (await hasSix()) {
  for (const bind of ['::1', '::'])
    describe(`phones over IPv6, with VAXEL_BIND=${bind}`, () => {
      let platform: Platform
      let free: FreePorts
      before(async () => {
        const started = await startPlatform({ environment: { VAXEL_BIND: bind } })
        platform = new PlatformOnSix(started.program, started.ports, started.data)
        free = await FreePorts.claim()
      })
      afterEach(stopAll)
      after(async () => {
        free?.release()
        await platform?.stop()
      })

      for (const transport of ['udp', 'tcp'] as const) {
        it(`a phone on [::1] calls another over ${transport}; the SDP has IP6 addresses both ways`, async () => {
          const caller: SippPhone = { platform, user: '201', port: await free.port(), transport }
          const callee: SippPhone = { platform, user: '202', port: await free.port() }
          await register(callee)
          const answering = play(
            callee,
            withSix(scenario(answerSteps('202'), [requestOf('BYE'), respondInDialog('200 OK', '202')])),
            onSix,
          )
          const calling = play(caller, withSix(callOf202), { ...onSix, service: '202' })
          const results = await Promise.all([calling.succeed(), answering.succeed()])
          for (const { messages } of results) {
            assert.match(messages, /c=IN IP6 ::1\r?\n/)
            assert.doesNotMatch(messages, /IN IP4/, 'no address of the other family')
            assert.doesNotMatch(messages, /127\.0\.0\.1/)
          }
        })

        it(`a phone registers over ${transport}, and the API shows its address`, async () => {
          await register({ platform, user: '203', port: await free.port(), transport })
          const api = await ApiClient.login(`http://[::1]:${platform.ports.http}`, '201@demo.vaxel.test', 'demo-201')
          const { items } = await api.get<{ items: { contact: string }[] }>('/api/v1/bindings')
          assert.ok(
            items.some(({ contact }) => contact.includes('203@[::1]:')),
            JSON.stringify(items),
          )
        })
      }

      if (bind === '::')
        it('a phone on 127.0.0.1 calls one on [::1]: each is told an address of its own family', async () => {
          const onFour = new Platform(platform.program, platform.ports, platform.data)
          const callee: SippPhone = { platform, user: '202', port: await free.port() }
          await register(callee)
          const answering = play(
            callee,
            withSix(scenario(answerSteps('202'), [requestOf('BYE'), respondInDialog('200 OK', '202')])),
            onSix,
          )
          const calling = play({ platform: onFour, user: '201', port: await free.port() }, callOf202, {
            service: '202',
          })
          const [four, six] = await Promise.all([calling.succeed(), answering.succeed()])
          assert.doesNotMatch(four.messages, /::1/)
          assert.match(four.messages, /c=IN IP4 127\.0\.0\.1\r?\n/)
          assert.doesNotMatch(six.messages, /127\.0\.0\.1/)
          assert.match(six.messages, /c=IN IP6 ::1\r?\n/)
        })
    })
} else
  it('phones over IPv6, in a network namespace as this machine has no ::1', async () => {
    const { code, output } = await runInNamespace()
    assert.equal(code, 0, output)
  })
