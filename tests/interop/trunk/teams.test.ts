// Direct Routing as Microsoft Learn describes it ("Direct Routing: SIP protocol", "Plan Direct Routing", "Connect your SBC"): TLS both ways with
// certificates, OPTIONS whose Contact has the name of the SBC, three hubs by priority, E.164, SRTP with AES_CM_128_HMAC_SHA1_80 in SDES.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import { issueCertificate, type KeyedCertificate, makeAuthority } from '@vaxel/connect'
import {
  type ApiClient,
  eventually,
  FreePorts,
  type Platform,
  type Program,
  startPlatform,
  sippSend,
} from '@vaxel/testkit'
import {
  answerSteps,
  inDialog,
  inviteSteps,
  maybe,
  pause,
  play,
  receive,
  register,
  requestOf,
  respondInDialog,
  response,
  scenario,
  stopAll,
} from '../sipp/sipp-phone.ts'
import { startStunnel } from './stunnel.ts'

/** Names below `localhost` are this machine's. */
const hubName = 'sip.pstnhub.localhost'
const sbcName = 'sbc.demo.localhost'
const lifetimeMs = 86_400_000

const srtp = `v=0
o=- 1 0 IN IP4 127.0.0.1
s=session
c=IN IP4 127.0.0.1
t=0 0
m=audio [media_port] RTP/SAVP 8 0 101
a=rtpmap:8 PCMA/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=ptime:20
a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^31`

/** A hub's own message: it is called and calls by its name, and its Record-Route leads back to it. */
const hubContact = `<sip:api-du-a-euwe.pstnhub.localhost:[hub];transport=tls;x-i=1>`
const answer = (status: string, body = '', more: readonly string[] = []): string =>
  sippSend(
    [
      `SIP/2.0 ${status}`,
      '[last_Via:]',
      '[last_From:]',
      status.startsWith('100') ? '[last_To:]' : '[last_To:];tag=[pid]U[call_number]',
      '[last_Call-ID:]',
      '[last_CSeq:]',
      ...(status.startsWith('100')
        ? []
        : [`Record-Route: <sip:${hubName}:[hub];transport=tls;lr>`, `Contact: ${hubContact}`]),
      'Allow: INVITE,ACK,CANCEL,BYE,INFO,NOTIFY,OPTIONS,UPDATE',
      'Server: Microsoft.PSTNHub.SIPProxy v.2022.1.10.5 i.EUWE.4',
      ...more,
      ...(body ? ['Content-Type: application/sdp'] : []),
      'Content-Length: [len]',
      ...(body ? ['', body] : []),
    ].join('\n'),
  )
const hubInvite = (called: string, more: readonly string[] = []): string =>
  sippSend(
    [
      `INVITE sip:${called}@${sbcName}:[sbc];user=phone;transport=tls SIP/2.0`,
      'Via: SIP/2.0/TLS 127.0.0.1:[hub];branch=z9hG4bK[pid]I[call_number]',
      `Record-Route: <sip:${hubName}:[hub];transport=tls;lr>`,
      'Max-Forwards: 69',
      `From: Teams User <sip:+4685550100@${hubName}:[hub];user=phone>;tag=[pid]T[call_number]`,
      `To: <sip:${called}@${sbcName}:[sbc];user=phone>`,
      'Call-ID: [call_id]',
      'CSeq: 1 INVITE',
      `Contact: ${hubContact}`,
      'P-Asserted-Identity: <tel:+4685550100>,<sip:teams.user@demo.onmicrosoft.com>',
      'Min-SE: 300',
      'Supported: timer',
      'User-Agent: Microsoft.PSTNHub.SIPProxy v.2022.1.10.5 i.EUWE.4',
      'Allow: INVITE,ACK,CANCEL,BYE,INFO,NOTIFY,PRACK,OPTIONS,REFER,UPDATE',
      ...more,
      'Content-Type: application/sdp',
      'Content-Length: [len]',
      '',
      srtp,
    ].join('\n'),
  )
const inHubDialog = (method: string, cseq: number, called: string, more: readonly string[] = []): string =>
  sippSend(
    [
      `${method} [next_url] SIP/2.0`,
      `Via: SIP/2.0/TLS 127.0.0.1:[hub];branch=z9hG4bK[pid]${method}[call_number]`,
      'Max-Forwards: 69',
      `From: Teams User <sip:+4685550100@${hubName}:[hub];user=phone>;tag=[pid]T[call_number]`,
      `To: <sip:${called}@${sbcName}:[sbc];user=phone>[peer_tag_param]`,
      'Call-ID: [call_id]',
      `CSeq: ${cseq} ${method}`,
      `Contact: ${hubContact}`,
      ...more,
      'Content-Length: 0',
    ].join('\n'),
  )
const ok = sippSend(
  [
    'SIP/2.0 200 OK',
    '[last_Via:]',
    '[last_From:]',
    '[last_To:]',
    '[last_Call-ID:]',
    '[last_CSeq:]',
    'Content-Length: 0',
  ].join('\n'),
)

/** NOTIFY of 100 and of 180; that of 200 and BYE come in one go, and sipp cannot answer in between. */
const referredAndLeft = [requestOf('NOTIFY'), ok, requestOf('NOTIFY'), ok, requestOf('NOTIFY'), requestOf('BYE'), ok]

interface State {
  readonly targets: readonly { state: string; fault?: { kind: string; text?: string } }[]
  readonly warnings: readonly string[]
}

describe('Microsoft Teams Direct Routing (sipp by Microsoft’s documentation, behind stunnel with certificates)', () => {
  let platform: Platform
  let free: FreePorts
  let api: ApiClient
  let trunkId: string
  let hub: KeyedCertificate
  let microsoft: KeyedCertificate
  const tunnels: Program[] = []
  const ports = { dead: 0, hub: 0, plainHub: 0, toUs: 0, toUsAsStranger: 0, stranger: 0 }

  before(async () => {
    platform = await startPlatform()
    free = await FreePorts.claim()
    for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await free.port()
    api = await platform.login()
    const nowMs = Date.now()
    microsoft = await makeAuthority({ commonName: 'Microsoft of the test', nowMs, lifetimeMs })
    const named = (name: string, authority = microsoft) =>
      issueCertificate(authority, {
        commonName: name,
        names: [name],
        nowMs,
        lifetimeMs,
        uses: ['serverAuth', 'clientAuth'],
      })
    hub = await named(hubName)
    const impostor = await named(hubName, await makeAuthority({ commonName: 'Somebody', nowMs, lifetimeMs }))
    const ours = {
      authority: readFileSync(join(platform.data, 'certificates', 'ca.crt'), 'utf8'),
      name: 'demo.vaxel.test',
    }
    tunnels.push(
      await startStunnel([
        { side: 'server', accept: ports.hub, connect: ports.plainHub, certificate: hub, requires: ours },
        { side: 'server', accept: ports.stranger, connect: ports.plainHub, certificate: impostor },
        { side: 'client', accept: ports.toUs, connect: platform.ports.sips, certificate: hub },
        { side: 'client', accept: ports.toUsAsStranger, connect: platform.ports.sips, certificate: impostor },
      ]),
    )
    const { items: profiles } = await api.get<{ items: Record<string, unknown>[] }>('/api/v1/trunk-profiles')
    const { needs, name, ...teams } = profiles.find((profile) => profile.name === 'teams')! as Record<string, unknown>
    assert.deepEqual([name, needs], ['teams', ['ownHost']])
    const made = await api.post<{ id: string }>('/api/v1/trunks', {
      ...teams,
      name: 'teams',
      profile: 'teams',
      ownHost: sbcName,
      prefixes: ['+33'],
      certificateNames: [hubName],
      tls: { ca: [microsoft.certPem] },
      targets: [
        { host: hubName, port: ports.dead, protocol: 'tls', priority: 1 },
        { host: hubName, port: ports.hub, protocol: 'tls', priority: 2 },
      ],
      health: { ...(teams.health as object), intervalSeconds: 0 },
    })
    trunkId = made.id
  })
  afterEach(stopAll)
  after(async () => {
    for (const tunnel of tunnels) await tunnel.stop()
    free?.release()
    await platform?.stop()
  })

  const keys = () => ({ hub: String(ports.hub), sbc: String(platform.ports.sips) })
  /** A hub that is asked, once it listens. */
  const listening = async (...steps: (string | readonly string[])[]) => {
    const hubs = play({ platform, user: 'hub', port: ports.plainHub, transport: 'tcp' }, scenario(...steps), {
      keys: keys(),
    })
    const port = ports.plainHub.toString(16).toUpperCase().padStart(4, '0')
    await eventually('the hub listens', () =>
      new RegExp(`:${port} [0-9A-F]+:0000 0A `).test(readFileSync('/proc/net/tcp', 'utf8')),
    )
    return hubs
  }
  /** A hub that asks. */
  const asking = async (steps: readonly string[], way = ports.toUs) =>
    play({ platform, user: 'hub', port: await free.port(), transport: 'tcp' }, scenario(steps), {
      keys: keys(),
      remote: `127.0.0.1:${way}`,
      service: '+46846500402',
    })

  it('is asked by OPTIONS with our name in Contact and From, over TLS with both certificates; a dead hub is known for it', async () => {
    const options = await listening(requestOf('OPTIONS'), answer('200 OK'))
    const state = await api.post<State>(`/api/v1/trunks/${trunkId}/check`, {})
    const { messages } = await options.succeed()
    assert.match(messages, new RegExp(`^OPTIONS sip:${hubName}:${ports.hub};transport=tls`, 'm'))
    assert.match(messages, new RegExp(`^Contact: <sip:${sbcName}:${platform.ports.sips};transport=tls>`, 'm'))
    assert.match(messages, new RegExp(`^From: <sip:${sbcName}>`, 'm'))
    assert.deepEqual(
      state.targets.map((target) => [target.state, target.fault?.kind]),
      [
        ['down', 'unreachable'],
        ['up', undefined],
      ],
    )
    assert.deepEqual(state.warnings, ['certificateNotForOwnHost', 'certificateOwnAuthority'])
  })

  it('a hub with a certificate of somebody else gets nothing, whatever it is called', async () => {
    const patch = (port: number) =>
      api.patch(`/api/v1/trunks/${trunkId}`, {
        targets: [
          { host: hubName, port: ports.dead, protocol: 'tls', priority: 1 },
          { host: hubName, port, protocol: 'tls', priority: 2 },
        ],
      })
    await patch(ports.stranger)
    const state = await api.post<State>(`/api/v1/trunks/${trunkId}/check`, {})
    await patch(ports.hub)
    assert.deepEqual(
      state.targets.map(({ state: is }) => is),
      ['down', 'down'],
    )
  })

  it('is called in E.164 at the next hub when the first is dead, with SRTP and our name', async () => {
    const called = await listening(
      requestOf('INVITE'),
      answer('100 Trying'),
      answer('180 Ringing'),
      answer('200 OK', srtp),
      requestOf('ACK'),
      requestOf('BYE'),
      ok,
    )
    await play(
      { platform, user: '201', port: await free.port() },
      scenario(
        inviteSteps('201', '+33155512345'),
        response(200, 'rrs="true"'),
        inDialog('ACK', '201', '+33155512345', 2),
        pause(200),
        inDialog('BYE', '201', '+33155512345', 3),
        response(200),
      ),
      { service: '+33155512345' },
    ).succeed()
    const { messages } = await called.succeed()
    assert.match(
      messages,
      new RegExp(`^INVITE sip:\\+33155512345@${hubName}:${ports.hub};user=phone;transport=tls`, 'm'),
    )
    assert.match(messages, new RegExp(`^Contact: <sip:${sbcName}:${platform.ports.sips};transport=tls>`, 'm'))
    assert.match(messages, new RegExp(`^From: .*<sip:\\+46846500401@${sbcName}>`, 'm'))
    assert.match(messages, /^m=audio \d+ RTP\/SAVP 8 0 9/m)
    assert.match(messages, /^a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:/m)
  })

  it('calls in by its certificate, is answered with SRTP and our name in Contact', async () => {
    const callee = { platform, user: '202', port: await free.port() }
    await register(callee)
    const answering = play(callee, scenario(answerSteps('202'), requestOf('BYE'), respondInDialog('200 OK', '202')))
    const calling = await asking([
      hubInvite('+46846500402'),
      maybe(100),
      maybe(180),
      response(200, 'rrs="true"'),
      inHubDialog('ACK', 1, '+46846500402'),
      pause(200),
      inHubDialog('BYE', 2, '+46846500402'),
      response(200),
    ])
    const { messages } = await calling.succeed()
    assert.match((await answering.succeed()).messages, /4685550100/)
    const accepted = messages.slice(messages.indexOf('SIP/2.0 200 OK'))
    assert.match(
      accepted,
      new RegExp(`^Contact: <sip:\\+46846500402@${sbcName}:${platform.ports.sips};transport=tls>`, 'm'),
    )
    assert.match(accepted, /^m=audio \d+ RTP\/SAVP 8/m)
  })

  it('somebody else’s certificate of the same name is a stranger’s', async () => {
    const calling = await asking(
      [
        hubInvite('+46846500402'),
        receive('response="404"'),
        inHubDialog('ACK', 1, '+46846500402').replace('ACK [next_url]', `ACK sip:+46846500402@${sbcName}:[sbc]`),
      ],
      ports.toUsAsStranger,
    )
    await calling.succeed()
  })

  it('transfers by REFER: who was called goes to a colleague, and NOTIFY tells how it went', async () => {
    const first = { platform, user: '203', port: await free.port() }
    const second = { platform, user: '204', port: await free.port() }
    await register(first)
    await register(second)
    const referred = play(
      first,
      scenario(answerSteps('203'), requestOf('BYE', 'timeout="12000"'), respondInDialog('200 OK', '203')),
    )
    const colleague = play(
      second,
      scenario(answerSteps('204'), requestOf('BYE', 'timeout="12000"'), respondInDialog('200 OK', '204')),
    )
    const calling = await asking([
      hubInvite('+46846500403'),
      maybe(100),
      maybe(180),
      response(200, 'rrs="true"'),
      inHubDialog('ACK', 1, '+46846500403'),
      pause(200),
      inHubDialog('REFER', 2, '+46846500403', [
        `Refer-To: <sip:+46846500404@${sbcName}:[sbc];user=phone;transport=tls>`,
        `Referred-By: <sip:+4685550100@${hubName}>`,
      ]),
      response(202),
      ...referredAndLeft,
    ])
    const { messages } = await calling.succeed()
    assert.match(messages, /^SIP\/2\.0 180 Ringing\r?\n\r?\n/m, 'the sipfrags')
    assert.match(messages, /^Subscription-State: terminated/m)
    const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/live-calls')
    for (const { id } of items) await api.post(`/api/v1/live-calls/${id}/commands/clear`, {})
    await Promise.all([referred.succeed(), colleague.succeed()])
  })

  it('takes a call back by REFER to its own hub, which is told who asked', async () => {
    const callee = { platform, user: '205', port: await free.port() }
    await register(callee)
    const answering = play(
      callee,
      scenario(answerSteps('205'), requestOf('BYE', 'timeout="12000"'), respondInDialog('200 OK', '205')),
    )
    const taking = await listening(
      requestOf('INVITE'),
      answer('100 Trying'),
      answer('180 Ringing'),
      pause(200),
      answer('200 OK', srtp),
      requestOf('ACK'),
      requestOf('BYE'),
      ok,
    )
    const calling = await asking([
      hubInvite('+46846500405'),
      maybe(100),
      maybe(180),
      response(200, 'rrs="true"'),
      inHubDialog('ACK', 1, '+46846500405'),
      pause(200),
      inHubDialog('REFER', 2, '+46846500405', [
        `Refer-To: <sip:${hubName}:[hub];transport=tls;x-m=8:orgid:41e5>`,
        `Referred-By: <sip:+4685550100@${hubName}>`,
      ]),
      response(202),
      ...referredAndLeft,
    ])
    await calling.succeed()
    const { items } = await api.get<{ items: { id: string }[] }>('/api/v1/live-calls')
    for (const { id } of items) await api.post(`/api/v1/live-calls/${id}/commands/clear`, {})
    const { messages } = await taking.succeed()
    assert.match(messages, new RegExp(`^INVITE sip:${hubName}:${ports.hub};transport=tls;x-m=8:orgid:41e5 SIP`, 'm'))
    assert.match(messages, new RegExp(`^Referred-By: <sip:\\+4685550100@${hubName}>`, 'm'))
    await answering.succeed()
  })
})
