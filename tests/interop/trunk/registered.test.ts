import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { type ApiClient, eventually, FreePorts, type Platform, startPlatform, sippSdp } from '@vaxel/testkit'
import {
  answerSteps,
  inDialog,
  inviteSteps,
  maybe,
  pause,
  play,
  register,
  request,
  requestOf,
  respondInDialog,
  response,
  scenario,
  sippAck,
  stopAll,
} from '../sipp/sipp-phone.ts'
import { carrierDomain, KamailioCarrier } from './kamailio-carrier.ts'

interface State {
  readonly targets: readonly { target: string; state: string; fault?: { kind: string } }[]
  readonly registration?: { state: string; target?: string; fault?: { status?: number } }
}

describe('a trunk that registers at its carrier (Kamailio, with sipp as the telephone network)', () => {
  const carriers: KamailioCarrier[] = []
  let platform: Platform
  let free: FreePorts
  let api: ApiClient
  let networkPort: number
  let trunkId: string
  const target = (index: number) => `udp:127.0.0.1:${carriers[index]!.port}`
  const state = () => api.get<State>(`/api/v1/trunks/${trunkId}/state`)
  const registeredAt = (where: string) =>
    eventually(`registered at ${where}`, async () => (await state()).registration?.target === where)
  const byeFromFar = (user: string) => [requestOf('BYE'), respondInDialog('200 OK', user)]

  before(async () => {
    platform = await startPlatform()
    free = await FreePorts.claim()
    networkPort = await free.port()
    for (let i = 0; i < 2; i++) carriers.push(await KamailioCarrier.start(await free.port(), networkPort, 'acme'))
    api = await platform.login()
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/trunks')
    trunkId = items.find(({ name }) => name === 'pstn')!.id
  })
  afterEach(stopAll)
  after(async () => {
    for (const carrier of carriers) await carrier.stop()
    free?.release()
    await platform?.stop()
  })

  const settings = (password: string) => ({
    targets: carriers.map(({ port }) => ({ host: '127.0.0.1', port, protocol: 'udp' })),
    fromAddresses: [],
    registration: { domain: carrierDomain, user: 'acme', expiresSeconds: 60 },
    login: { username: 'acme', password },
    health: { intervalSeconds: 60 },
    rewriting: { calledOut: [{ match: '+46(...)', gives: '0$1', examples: [{ given: '+46855', gives: '0855' }] }] },
  })

  const callOut = async (number: string) => {
    const network = play(
      { platform, user: 'network', port: networkPort },
      scenario(answerSteps('network'), byeFromFar('network')),
    )
    await play(
      { platform, user: '201', port: await free.port() },
      scenario(
        inviteSteps('201', number),
        response(200, 'rrs="true"'),
        inDialog('ACK', '201', number, 2),
        pause(200),
        inDialog('BYE', '201', number, 3),
        response(200),
      ),
      { service: number },
    ).succeed()
    return (await network.succeed()).messages
  }

  it('is told when its password is wrong, and says it in its state', async () => {
    await api.patch(`/api/v1/trunks/${trunkId}`, settings('wrong'))
    const failed = await eventually('refused', async () => {
      const { registration } = await state()
      return registration?.state === 'failed' ? registration : undefined
    })
    assert.ok(failed.fault?.status === 401 || failed.fault?.status === 403)
  })

  it('registers, for as long as the registrar asks', async () => {
    await api.patch(`/api/v1/trunks/${trunkId}`, settings('geheim-acme'))
    await registeredAt(target(0))
    assert.match(carriers[0]!.program.output, /registered acme at <sip:acme@127.0.0.1:\d+;rinstance=\w+>/)
  })

  it('calls go out through it with the account’s credentials, the number as its rules say', async () => {
    const messages = await callOut('0855512345')
    assert.match(messages, new RegExp(`INVITE sip:0855512345@${carrierDomain};user=phone`))
  })

  it('calls come in by the registration alone: the number is in To', async () => {
    const callee = { platform, user: '202', port: await free.port() }
    await register(callee)
    const answering = play(callee, scenario(answerSteps('202'), byeFromFar('202')))
    const network = play(
      { platform, user: '+46855512345', port: networkPort },
      scenario(
        request('INVITE', '+46855512345', '+46846500402', 1, [], sippSdp),
        maybe(100),
        maybe(180),
        response(200, 'rrs="true"'),
        inDialog('ACK', '+46855512345', '+46846500402', 1),
        pause(200),
        inDialog('BYE', '+46855512345', '+46846500402', 2),
        response(200),
      ),
      { remote: `127.0.0.1:${carriers[0]!.port}`, service: '+46846500402' },
    )
    await network.succeed()
    assert.match((await answering.succeed()).messages, /46855512345/)
  })

  it('calls come in from anywhere with the login that the other side was given, and not with a wrong one', async () => {
    await api.patch(`/api/v1/trunks/${trunkId}`, { incomingLogin: { username: 'carrier', password: 'sip-carrier' } })
    const callee = { platform, user: '203', port: await free.port() }
    await register(callee)
    const answering = play(callee, scenario(answerSteps('203'), byeFromFar('203')))
    const number = '+46846500403'
    const from = async (password: string, steps: readonly string[]) =>
      play({ platform, user: 'carrier', password, port: await free.port() }, scenario(steps), { service: number })
    const wrong = await from('wrong', [
      ...inviteSteps('carrier', number).slice(0, -2),
      response(407),
      sippAck('carrier', number, 2),
    ])
    await wrong.succeed()
    const right = await from('sip-carrier', [
      ...inviteSteps('carrier', number),
      response(200, 'rrs="true"'),
      inDialog('ACK', 'carrier', number, 2),
      pause(200),
      inDialog('BYE', 'carrier', number, 3),
      response(200),
    ])
    await right.succeed()
    await answering.succeed()
  })

  it('when its carrier is killed, the next call is not lost: the second target has it within 2 s', async () => {
    await carriers[0]!.kill()
    await callOut('0855512346')
    const { items } = await api.get<{ items: { id: string; direction: string }[] }>('/api/v1/calls?limit=1')
    const { legs } = await api.get<{ legs: { trunkId?: string; startedAt: string; answeredAt?: string }[] }>(
      `/api/v1/calls/${items[0]!.id}`,
    )
    const tried = legs
      .filter((leg) => leg.trunkId === trunkId)
      .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
    assert.equal(tried.length, 2)
    assert.ok(tried[1]!.answeredAt)
    const lostMs = Date.parse(tried[1]!.startedAt) - Date.parse(tried[0]!.startedAt)
    assert.ok(lostMs <= 2000, `the dead target cost ${lostMs} ms`)
  })

  it('it is registered at the second then, and its state says which target is down and why', async () => {
    await registeredAt(target(1))
    const { targets } = await state()
    assert.deepEqual(
      targets.map((one) => [one.state, one.fault?.kind]),
      [
        ['down', 'silent'],
        ['up', undefined],
      ],
    )
    const metrics = await (await fetch(`${platform.url}/metrics`)).text()
    assert.match(metrics, /vaxel_trunk_targets\{state="down"\} 1/)
    assert.match(metrics, /vaxel_trunk_registrations\{state="registered"\} 1/)
  })
})
