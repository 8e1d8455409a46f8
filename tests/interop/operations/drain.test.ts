import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiClient, Baresip, FreePorts, type Platform, sippSend, startPlatform } from '@vaxel/testkit'
import { inviteSteps, pause, play, response, scenario, sippAck, stopAll, via } from '../sipp/sipp-phone.ts'
import { startVaxel, vaxel } from './command-line.ts'

interface Status {
  readonly state: string
  readonly calls: number
  readonly drain?: { readonly since: string; readonly endsBy: string }
}

/** Of the INVITE that was sent second, with its branch (RFC 3261 §9.1). */
const cancel = (user: string, to: string): string =>
  sippSend(
    [
      'CANCEL sip:[service]@[remote_ip]:[remote_port] SIP/2.0',
      via(2, 'INVITE'),
      'Max-Forwards: 70',
      `From: <sip:${user}@demo.vaxel.test>;tag=[pid]T[call_number]`,
      `To: <sip:${to}@demo.vaxel.test>`,
      'Call-ID: [call_id]',
      'CSeq: 2 CANCEL',
      'Content-Length: 0',
    ].join('\n'),
  )

describe('an upgrade waits for the calls', () => {
  let platform: Platform
  let api: ApiClient
  let free: FreePorts
  const phones: Baresip[] = []
  const status = () => api.get<Status>('/api/v1/status')
  /** Refused before it is a call: 503, and when to try again. */
  const refusedCall = scenario(inviteSteps('201', '600').slice(0, -2), response(503), sippAck('201', '600', 2))
  const asOperator = () => ({ VAXEL_URL: platform.url, VAXEL_TOKEN: api.token })

  before(async () => {
    platform = await startPlatform({ environment: { VAXEL_LOG: 'info' } })
    api = await platform.login()
    free = await FreePorts.claim()
    for (const user of ['202', '203'])
      phones.push(await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip }))
    await phones[0]!.dial('203')
    await Promise.all(phones.map((phone) => phone.waitFor('CALL_ESTABLISHED')))
  })
  after(async () => {
    await stopAll()
    for (const phone of phones) await phone.stop()
    await platform?.stop()
    free?.release()
  })

  it('takes no new call, by SIP or by command, with 503 and Retry-After; the call that goes on goes on', async () => {
    const begun = await vaxel(['drain', '--limit', '300', '--json'], asOperator())
    assert.equal(begun.code, 0, begun.output)
    assert.equal((JSON.parse(begun.output) as Status).state, 'draining')
    const phone = { platform, user: '201', port: await free.port() }
    const { messages } = await play(phone, refusedCall, { service: '600' }).succeed()
    assert.match(messages, /^Retry-After: 30/m)
    const made = await api.request<{ code: string }>('POST', '/api/v1/calls', { to: '600' })
    assert.deepEqual([made.status, made.body.code], [503, 'OVERLOADED'])
    const { state, calls, drain } = await status()
    assert.deepEqual([state, calls], ['draining', 1])
    assert.equal(Math.round((Date.parse(drain!.endsBy) - Date.parse(drain!.since)) / 1000), 300)
    const told = await vaxel(['status'], asOperator())
    assert.match(told.output, /^state +draining since .* at most$/m)
    assert.match(told.output, /^calls +1$/m)
    assert.equal((await api.get<{ status: string }>('/healthz')).status, 'draining')
  })

  it('puts an emergency call through', async () => {
    // No trunk answers in this test: what matters is that the call is tried at all.
    const emergency = scenario(
      inviteSteps('201', '112').slice(0, -3),
      response(100),
      pause(300),
      cancel('201', '112'),
      response(200),
      response(487),
      sippAck('201', '112', 2),
    )
    const phone = { platform, user: '201', port: await free.port() }
    await play(phone, emergency, { service: '112' }).succeed()
    const { items } = await api.get<{ items: { dialled: string }[] }>('/api/v1/calls')
    assert.ok(items.some(({ dialled }) => dialled === '112'))
  })

  it('can be taken back', async () => {
    const { code, output } = await vaxel(['drain', '--cancel'], asOperator())
    assert.deepEqual([code, output.trim()], [0, 'The server takes new calls again.'])
    assert.equal((await status()).state, 'running')
    const again = await vaxel(['drain', '--cancel'], asOperator())
    assert.equal(again.code, 1)
    assert.match(again.output, /not being drained/)
  })

  it('ends by itself when the last call has ended (SIGUSR2), with the call whole in the history', async () => {
    const told = platform.output.length
    platform.program.signal('SIGUSR2')
    await platform.program.waitForOutput(/draining: no new calls/, 10_000, told)
    const waiting = startVaxel(['drain', '--wait'], asOperator())
    await waiting.waitForOutput(/1 call is left/)
    assert.equal(platform.program.isRunning, true)
    await phones[0]!.hangUp()
    const { code } = await platform.program.ended
    assert.equal(code, 0)
    assert.equal((await waiting.ended).code, 0, waiting.output)
    assert.match(waiting.output, /The server has ended/)
    const next = await startPlatform({ data: platform.data, ports: platform.ports })
    try {
      const { items } = await (await next.login()).get<{ items: { termination?: { reason: string } }[] }>(
        '/api/v1/calls',
      )
      assert.ok(items.length >= 1)
      assert.ok(
        items.every(({ termination }) => termination?.reason !== 'restarted' && termination?.reason !== 'shut-down'),
      )
    } finally {
      await next.stop()
    }
  })

  it('ends the calls that are left when its limit has come', async () => {
    const short = await startPlatform({
      data: platform.data,
      ports: platform.ports,
      environment: { VAXEL_DRAIN_LIMIT: '2' },
    })
    const [before, heard] = [phones[0]!.events.length, phones[1]!.events.length]
    await phones[0]!.dial('203')
    await Promise.all([
      phones[0]!.waitFor('CALL_ESTABLISHED', 30_000, before),
      phones[1]!.waitFor('CALL_ESTABLISHED', 30_000, heard),
    ])
    short.program.signal('SIGUSR2')
    assert.equal((await short.program.ended).code, 0)
    await phones[1]!.waitFor('CALL_CLOSED', 30_000, heard)
  })
})
