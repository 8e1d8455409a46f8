import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import { issueCertificate, type KeyedCertificate, makeAuthority } from '@vaxel/connect'
import {
  type ApiClient,
  eventually,
  FreePorts,
  type Platform,
  type Program,
  sippSend,
  startPlatform,
  temporaryFolder,
} from '@vaxel/testkit'
import { type NetCall, NetPhone } from '@vaxel/testkit/peers/net-phone'
import {
  inDialog,
  inviteSteps,
  maybe,
  pause,
  play,
  receive,
  requestOf,
  response,
  scenario,
  stopAll,
} from '../sipp/sipp-phone.ts'
import { startStunnel } from './stunnel.ts'

interface State {
  readonly targets: readonly { state: string; fault?: { kind: string; text?: string } }[]
  readonly warnings: readonly string[]
  readonly revocationLists: readonly { issuer: string; revoked: number }[]
}

/** A trunk as its profile is delivered, with what only a person knows. */
async function makeTrunk(api: ApiClient, profile: string, more: object): Promise<string> {
  const { items } = await api.get<{ items: ({ name: string } & object)[] }>('/api/v1/trunk-profiles')
  const { needs: _, name, ...beginning } = items.find((one) => one.name === profile)! as Record<string, unknown>
  return (await api.post<{ id: string }>('/api/v1/trunks', { ...beginning, profile: name, name: profile, ...more })).id
}

/** Both talk, and both are heard. */
async function hear(...calls: readonly NetCall[]): Promise<void> {
  await Promise.all(calls.map(({ talker }) => talker.hears(talker.receivedPackets + 25)))
}

let here: Platform
before(async () => {
  here = await startPlatform()
})
after(async () => {
  await here?.stop()
})

describe('another telephone system on a trunk of the profile pbx (a second server, both companies with extensions 201 …)', () => {
  let there: Platform
  let api: ApiClient
  let trunkId: string
  const phones: Record<string, NetPhone> = {}
  const calls: NetCall[] = []

  const open = async (platform: Platform, name: string) => {
    const phone = await NetPhone.open({ user: name.slice(1), port: platform.ports.sip })
    assert.equal(await phone.register(), 200)
    phones[name] = phone
  }
  /** A call of one phone that the other has answered. */
  const between = async (from: string, number: string, to: string) => {
    const coming = phones[to]!.nextCall()
    const calling = await phones[from]!.call(number)
    const called = await coming
    await Promise.all([calling.isAnswered(), called.isAnswered()])
    calls.push(calling, called)
    return { calling, called }
  }

  before(async () => {
    there = await startPlatform()
    api = await here.login()
    const numbers = {
      prefixes: ['8'],
      rewriting: {
        calledOut: [{ match: '8(XXX)', gives: '$1', examples: [{ given: '8202', gives: '202' }] }],
        callingIn: [{ match: '(XXX)', gives: '8$1', examples: [{ given: '202', gives: '8202' }] }],
      },
    }
    const to = (other: Platform) => ({
      targets: [{ host: '127.0.0.1', port: other.ports.sip, protocol: 'udp' }],
      fromAddresses: [other.sip],
      ...numbers,
    })
    trunkId = await makeTrunk(api, 'pbx', to(there))
    await makeTrunk(await there.login(), 'pbx', to(here))
    await Promise.all([
      ...['h201', 'h204'].map((name) => open(here, name)),
      ...['t202', 't203'].map((name) => open(there, name)),
    ])
  })
  afterEach(() => {
    for (const call of calls.splice(0)) if (!call.end) call.hangUp()
  })
  after(async () => {
    for (const phone of Object.values(phones)) await phone.close()
    await there?.stop()
  })

  it('is known to be there by OPTIONS', async () => {
    const { targets } = await api.post<State>(`/api/v1/trunks/${trunkId}/check`, {})
    assert.deepEqual(
      targets.map(({ state }) => state),
      ['up'],
    )
  })

  it('is called by its extensions behind the prefix, and calls ours; both hear each other', async () => {
    const out = await between('h201', '8202', 't202')
    await hear(out.calling, out.called)
    out.calling.hangUp()
    await out.called.isOver()
    const back = await between('t202', '8204', 'h204')
    await hear(back.calling, back.called)
    back.called.hangUp()
    assert.equal((await back.calling.isOver()).by, 'peer')
  })

  it('transfers a call of ours to a colleague of its own', async () => {
    const { calling, called } = await between('h201', '8202', 't202')
    const colleague = phones['t203']!.nextCall()
    assert.equal(await called.usage.refer(`<sip:203@127.0.0.1:${there.ports.sip}>`), 202)
    const taken = await colleague
    await taken.isAnswered()
    await called.isOver()
    calls.push(taken)
    await hear(calling, taken)
    assert.equal(calling.end, undefined)
  })

  it('is transferred between two people of ours after they have talked: who is there talks to the second', async () => {
    const { calling, called } = await between('h201', '8202', 't202')
    const asked = await between('h201', '204', 'h204')
    const { sipCallId, remoteTag, localTag } = asked.calling.usage
    const replaces = encodeURIComponent(`${sipCallId};to-tag=${remoteTag};from-tag=${localTag}`)
    assert.equal(await calling.usage.refer(`<sip:204@127.0.0.1:${here.ports.sip}?Replaces=${replaces}>`), 202)
    await calling.isOver()
    await hear(called, asked.called)
  })

  it('has a call of its own sent back to it over the same trunk, and both hear each other', async () => {
    const { calling, called } = await between('t202', '8201', 'h201')
    const back = phones['t203']!.nextCall()
    assert.equal(await called.usage.refer(`<sip:8203@127.0.0.1:${here.ports.sip}>`), 202)
    const taken = await back
    await taken.isAnswered()
    calls.push(taken)
    await hear(calling, taken)
    taken.hangUp()
    await calling.isOver()
  })
})

/** Names below `localhost` are this machine's. */
const poolName = 'mediation.localhost'
const ownName = 'demo.vaxel.test'
const lifetimeMs = 86_400_000

/** As mediation servers offer it: each key once with a key identifier, which nobody needs, and once without. */
const srtp = `v=0
o=- 7 1 IN IP4 127.0.0.1
s=session
c=IN IP4 127.0.0.1
t=0 0
m=audio [media_port] RTP/SAVP 8 0 13 101
a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^31|1:1
a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:NzB4d1BINUAvLEw6UzF3WSJ+PSdFcGdUJShpX1Zj|2^31
a=rtpmap:8 PCMA/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:13 CN/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=ptime:20`

const contact = `<sip:${poolName}:[pool];transport=Tls;maddr=127.0.0.1>`
const agent = 'RTCC/6.0.0.0 MediationServer'
const says = (lines: readonly string[], body = ''): string =>
  sippSend(
    [
      ...lines,
      ...(body ? ['Content-Type: application/sdp'] : []),
      'Content-Length: [len]',
      ...(body ? ['', body] : []),
    ].join('\n'),
  )
const answers = (status: string, body = ''): string =>
  says(
    [
      `SIP/2.0 ${status}`,
      '[last_Via:]',
      '[last_From:]',
      status.startsWith('100') ? '[last_To:]' : '[last_To:];tag=[pid]U[call_number];epid=4C9A2E11',
      '[last_Call-ID:]',
      '[last_CSeq:]',
      ...(status.startsWith('100') ? [] : [`Contact: ${contact}`]),
      `Server: ${agent}`,
    ],
    body,
  )
const answersInDialog = says([
  'SIP/2.0 200 OK',
  '[last_Via:]',
  '[last_From:]',
  '[last_To:]',
  '[last_Call-ID:]',
  '[last_CSeq:]',
])
const asks = (method: string, cseq: number, called: string, more: readonly string[] = [], body = ''): string =>
  says(
    [
      method === 'INVITE'
        ? `INVITE sip:${called}@${ownName}:[own];user=phone;transport=tls SIP/2.0`
        : `${method} [next_url] SIP/2.0`,
      `Via: SIP/2.0/TLS 127.0.0.1:[pool];branch=z9hG4bK[pid]${method === 'ACK' ? '2' : method}[call_number]`,
      'Max-Forwards: 69',
      `From: "Erik Ek" <sip:+46855598765@${poolName};user=phone>;epid=4C9A2E11;tag=[pid]T[call_number]`,
      `To: <sip:${called}@${ownName};user=phone>${method === 'INVITE' ? '' : '[peer_tag_param]'}`,
      'Call-ID: [call_id]',
      `CSeq: ${cseq} ${method}`,
      `Contact: ${contact}`,
      `User-Agent: ${agent}`,
      ...more,
    ],
    body,
  )

describe('a mediation server on a trunk of the profile mediation (sipp behind stunnel, TLS with certificates both ways)', () => {
  let free: FreePorts
  let api: ApiClient
  let trunkId: string
  let phone: NetPhone
  let colleague: NetPhone
  let domain: KeyedCertificate
  let pool: KeyedCertificate
  const tunnels: Program[] = []
  const ports = { pool: 0, plainPool: 0, toUs: 0, toUsAsStranger: 0, toUsWithWildcard: 0 }

  before(async () => {
    free = await FreePorts.claim()
    for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await free.port()
    api = await here.login()
    const nowMs = Date.now()
    domain = await makeAuthority({ commonName: 'Authority of the domain', nowMs, lifetimeMs })
    const named = (
      names: string[],
      authority = domain,
      uses: readonly ('serverAuth' | 'clientAuth')[] = ['serverAuth', 'clientAuth'],
    ) => issueCertificate(authority, { commonName: names[0]!, names, nowMs, lifetimeMs, uses })
    pool = await named([poolName])
    const stranger = await named([poolName], await makeAuthority({ commonName: 'Somebody', nowMs, lifetimeMs }))
    const ours = { authority: readFileSync(join(here.data, 'certificates', 'ca.crt'), 'utf8'), name: ownName }
    const to = here.ports.sips
    colleague = await NetPhone.open({ user: '203', port: here.ports.sip })
    assert.equal(await colleague.register(), 200)
    tunnels.push(
      await startStunnel([
        { side: 'server', accept: ports.pool, connect: ports.plainPool, certificate: pool, requires: ours },
        { side: 'client', accept: ports.toUs, connect: to, certificate: pool },
        { side: 'client', accept: ports.toUsAsStranger, connect: to, certificate: stranger },
        { side: 'client', accept: ports.toUsWithWildcard, connect: to, certificate: await named(['*.localhost']) },
      ]),
    )
    trunkId = await makeTrunk(api, 'mediation', {
      // 5067 in life: the profile’s own.
      targets: [{ host: poolName, port: ports.pool, protocol: 'tls' }],
      ownHost: ownName,
      certificateNames: [poolName],
      tls: { ca: [domain.certPem] },
      prefixes: ['+33'],
      health: { intervalSeconds: 0 },
    })
    phone = await NetPhone.open({ user: '202', port: here.ports.sip })
    assert.equal(await phone.register(), 200)
  })
  afterEach(stopAll)
  after(async () => {
    for (const one of [phone, colleague]) await one?.close()
    for (const tunnel of tunnels) await tunnel.stop()
    free?.release()
  })

  const keys = () => ({ pool: String(ports.pool), own: String(here.ports.sips) })
  const listening = async (...steps: (string | readonly string[])[]) => {
    const listens = play(
      { platform: here, user: 'pool', port: ports.plainPool, transport: 'tcp' },
      scenario(...steps),
      {
        keys: keys(),
      },
    )
    const port = ports.plainPool.toString(16).toUpperCase().padStart(4, '0')
    await eventually('the mediation server listens', () =>
      new RegExp(`:${port} [0-9A-F]+:0000 0A `).test(readFileSync('/proc/net/tcp', 'utf8')),
    )
    return listens
  }
  const asking = async (steps: readonly string[], way: number) =>
    play({ platform: here, user: 'pool', port: await free.port(), transport: 'tcp' }, scenario(steps), {
      keys: keys(),
      remote: `127.0.0.1:${way}`,
      service: '+46846500402',
    })

  it('begins with TLS to 5067, E.164 and SRTP', async () => {
    const { items } = await api.get<{ items: Record<string, unknown>[] }>('/api/v1/trunk-profiles')
    const delivered = items.find(({ name }) => name === 'mediation')!
    assert.deepEqual(
      [delivered.targets, delivered.keying, delivered.prefixes],
      [[{ host: '', port: 5067, protocol: 'tls' }], 'sdes', ['+']],
    )
  })

  it('is asked by OPTIONS with our certificate, and what it will not take about ours is said', async () => {
    const options = await listening(requestOf('OPTIONS'), answers('200 OK'))
    const state = await api.post<State>(`/api/v1/trunks/${trunkId}/check`, {})
    await options.succeed()
    assert.deepEqual(
      state.targets.map((target) => target.state),
      ['up'],
    )
    assert.deepEqual(state.warnings, [])
  })

  it('is called in E.164 over TLS with SRTP, and its answer without a key identifier is taken', async () => {
    const called = await listening(
      requestOf('INVITE'),
      answers('100 Trying'),
      answers('183 Session Progress', srtp.replace(/a=crypto:2.*\na=crypto:3/, 'a=crypto:1')),
      answers('200 OK', srtp.replace(/a=crypto:2.*\na=crypto:3/, 'a=crypto:1')),
      requestOf('ACK'),
      requestOf('BYE'),
      answersInDialog,
    )
    await play(
      { platform: here, user: '201', port: await free.port() },
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
      new RegExp(`^INVITE sip:\\+33155512345@${poolName}:${ports.pool};user=phone;transport=tls`, 'm'),
    )
    assert.match(messages, new RegExp(`^Contact: <sip:${ownName}:${here.ports.sips};transport=tls>`, 'm'))
    assert.match(messages, /^m=audio \d+ RTP\/SAVP 8 0/m)
  })

  it('calls in by its certificate; of its two keys the one without identifier is answered', async () => {
    const coming = phone.nextCall()
    const calling = await asking(
      [
        asks('INVITE', 1, '+46846500402', [], srtp),
        maybe(100),
        maybe(180),
        response(200, 'rrs="true"'),
        asks('ACK', 1, '+46846500402'),
        pause(200),
        asks('BYE', 2, '+46846500402'),
        response(200),
      ],
      ports.toUs,
    )
    const { messages } = await calling.succeed()
    await (await coming).isOver()
    const accepted = messages.slice(messages.indexOf('SIP/2.0 200 OK'))
    assert.match(accepted, /^m=audio \d+ RTP\/SAVP 8/m)
    assert.match(accepted, /^a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:/m)
    assert.doesNotMatch(accepted, /^a=crypto:2/m)
  })

  it('transfers a call to a colleague by REFER', async () => {
    const first = phone.nextCall()
    const second = colleague.nextCall()
    const calling = await asking(
      [
        asks('INVITE', 1, '+46846500402', [], srtp),
        maybe(100),
        maybe(180),
        response(200, 'rrs="true"'),
        asks('ACK', 1, '+46846500402'),
        asks('REFER', 2, '+46846500402', [
          `Refer-To: <sip:+46846500403@${ownName};user=phone>`,
          `Referred-By: <sip:+46855598765@${poolName}>`,
          'Refer-Sub: false',
          'Supported: norefersub',
        ]),
        response(202),
        requestOf('BYE'),
        answersInDialog,
      ],
      ports.toUs,
    )
    const [one, other] = await Promise.all([first, second])
    await Promise.all([calling.succeed(), one.isAnswered(), other.isAnswered()])
    await hear(one, other)
    one.hangUp()
    await other.isOver()
  })

  it('somebody else’s certificate of its name, and one with a wildcard, are a stranger’s', async () => {
    for (const way of [ports.toUsAsStranger, ports.toUsWithWildcard]) {
      const calling = await asking(
        [asks('INVITE', 1, '+46846500402', [], srtp), maybe(100), receive('response="407"')],
        way,
      )
      await calling.succeed()
    }
  })

  it('whose certificate its authority takes back (a list of openssl, as DER) is neither called nor answered any more', async () => {
    const list = takenBack(domain, pool)
    await api.patch(`/api/v1/trunks/${trunkId}`, { tls: { ca: [domain.certPem], revocationLists: [list] } })
    const state = await api.post<State>(`/api/v1/trunks/${trunkId}/check`, {})
    assert.deepEqual(state.targets[0]?.fault?.kind, 'unreachable')
    assert.match(
      state.targets[0]?.fault?.text ?? '',
      /its certificate was taken back on 2026-01-02 by Authority of the/,
    )
    assert.deepEqual(
      state.revocationLists.map(({ issuer, revoked }) => [issuer, revoked]),
      [['Authority of the domain', 1]],
    )
    const calling = await asking([asks('INVITE', 1, '+46846500402', [], srtp), maybe(100), response(407)], ports.toUs)
    await calling.succeed()
  })

  it('and a list of somebody else, or one that was changed on its way, is refused when it is saved', async () => {
    const other = await makeAuthority({ commonName: 'Authority of the domain', nowMs: Date.now(), lifetimeMs })
    const refused = api.patch(`/api/v1/trunks/${trunkId}`, {
      tls: { ca: [domain.certPem], revocationLists: [takenBack(other, pool)] },
    })
    await assert.rejects(refused, /is not signed by Authority of the domain, as it says/)
  })
})

/** A list that openssl makes for an authority, in which this certificate stands: DER, as base 64. */
function takenBack(authority: KeyedCertificate, { certPem }: KeyedCertificate): string {
  const folder = temporaryFolder('crl')
  const at = (name: string) => join(folder, name)
  const { serialNumber } = new X509Certificate(certPem)
  writeFileSync(at('ca.crt'), authority.certPem)
  writeFileSync(at('ca.key'), authority.keyPem, { mode: 0o600 })
  writeFileSync(
    at('index'),
    `R\t350101000000Z\t260102030405Z,keyCompromise\t${serialNumber}\tunknown\t/CN=taken back\n`,
  )
  writeFileSync(at('ca.cnf'), `[ca]\ndefault_ca=list\n[list]\ndatabase=${at('index')}\ndefault_md=sha256\n`)
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const files = ['-config', 'ca.cnf', '-cert', 'ca.crt', '-keyfile', 'ca.key', '-out', 'list.pem']
  run('ca', '-gencrl', '-crldays', '7', ...files)
  return run('crl', '-in', 'list.pem', '-outform', 'DER').toString('base64')
}
