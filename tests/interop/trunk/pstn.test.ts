import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { FreePorts, type Platform, startPlatform, sippSdp } from '@vaxel/testkit'
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

describe('calls to and from the telephone network over the demo trunk (sipp as the carrier)', () => {
  let platform: Platform
  let free: FreePorts
  let carrierPort: number
  before(async () => {
    platform = await startPlatform()
    free = await FreePorts.claim()
    carrierPort = await free.port()
    const api = await platform.login()
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/trunks')
    const trunk = items.find(({ name }) => name === 'pstn')
    await api.patch(`/api/v1/trunks/${trunk!.id}`, {
      targets: [{ host: '127.0.0.1', port: carrierPort, protocol: 'udp' }],
      fromAddresses: [`127.0.0.1:${carrierPort}`],
    })
  })
  afterEach(stopAll)
  after(async () => {
    free?.release()
    await platform?.stop()
  })
  const byeFromFar = (user: string) => [requestOf('BYE'), respondInDialog('200 OK', user)]

  it('a national number dialled by 201 reaches the carrier in E.164, with 201’s direct number as the caller', async () => {
    const carrier = play(
      { platform, user: 'carrier', port: carrierPort },
      scenario(answerSteps('carrier'), byeFromFar('carrier')),
    )
    const calling = play(
      { platform, user: '201', port: await free.port() },
      scenario(
        inviteSteps('201', '0855512345'),
        response(200, 'rrs="true"'),
        inDialog('ACK', '201', '0855512345', 2),
        pause(300),
        inDialog('BYE', '201', '0855512345', 3),
        response(200),
      ),
      { service: '0855512345' },
    )
    await calling.succeed()
    const { messages } = await carrier.succeed()
    assert.match(messages, /INVITE sip:\+46855512345@127\.0\.0\.1/)
    assert.match(messages, /^From:.*\+46846500401@/m)
    const api = await platform.login()
    const { items } = await api.get<{ items: { direction: string; dialled: string }[] }>('/api/v1/calls')
    assert.equal(items[0]!.direction, 'outbound')
    assert.equal(items[0]!.dialled, '0855512345')
  })

  it('a call from the carrier to +46846500402 rings 202, without authentication, by the name that 202’s company has for the number', async () => {
    const api = await platform.login()
    const numbers = [{ number: '08-555 123 45' }]
    await api.post('/api/v1/contacts', { kind: 'shared', name: 'Carl Carrier', numbers })
    const callee = { platform, user: '202', port: await free.port() }
    await register(callee)
    const answering = play(callee, scenario(answerSteps('202'), byeFromFar('202')))
    const carrier = play(
      { platform, user: '+46855512345', port: carrierPort },
      scenario(
        request('INVITE', '+46855512345', '+46846500402', 1, [], sippSdp),
        maybe(100),
        maybe(180),
        response(200, 'rrs="true"'),
        inDialog('ACK', '+46855512345', '+46846500402', 1),
        pause(300),
        inDialog('BYE', '+46855512345', '+46846500402', 2),
        response(200),
      ),
      { service: '+46846500402' },
    )
    await carrier.succeed()
    const { messages } = await answering.succeed()
    assert.match(messages, /46855512345/, 'the caller’s number is shown')
    assert.match(messages, /^From: "Carl Carrier" </m)
  })

  it('the carrier’s busy is the caller’s busy', async () => {
    const carrier = play(
      { platform, user: 'carrier', port: carrierPort },
      scenario(
        requestOf('INVITE'),
        respondInDialog('486 Busy Here', 'carrier').replace('[last_To:]', '[last_To:];tag=[pid]U[call_number]'),
        requestOf('ACK'),
      ),
    )
    await play(
      { platform, user: '201', port: await free.port() },
      scenario(inviteSteps('201', '0855512345'), response(486), sippAck('201', '0855512345', 2)),
      { service: '0855512345' },
    ).succeed()
    await carrier.succeed()
  })

  it('the same source address with another port is a stranger: it is challenged', async () => {
    await play(
      { platform, user: '+46855512345', port: await free.port() },
      scenario(
        request('INVITE', '+46855512345', '+46846500402', 1, [], sippSdp),
        '<recv response="407" optional="true" next="1"/>',
        '<recv response="401" optional="true" next="1"/>',
        response(403),
        '<label id="1"/>',
        sippAck('+46855512345', '+46846500402', 1),
      ),
      { service: '+46846500402' },
    ).succeed()
  })
})
