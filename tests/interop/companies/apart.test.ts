import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ApiClient, Baresip, eventually, FreePorts, type Platform, startPlatform } from '@vaxel/testkit'
import { WebSocket } from 'ws'
import { talk } from '../baresip/heard-tone.ts'
import { play, registerScenario, request, response, scenario, stopAll } from '../sipp/sipp-phone.ts'

interface Items<T> {
  readonly items: readonly T[]
}
interface CallView {
  readonly id: string
  readonly endedAt?: string
  readonly companyId: string
}

const password = 'a-long-enough-password-1'
const otherDomain = 'other.vaxel.test'

describe('two companies on one server', () => {
  let platform: Platform
  /** Administrator of the demo company, and operator of the server. */
  let demo: ApiClient
  /** Administrator of the other company. */
  let other: ApiClient
  let otherId: string
  const secrets: Record<string, string> = {}
  const phones: Baresip[] = []
  let demo201: Baresip
  let demo202: Baresip
  let other201: Baresip
  let other202: Baresip

  before(async () => {
    platform = await startPlatform()
    demo = await platform.login()
    const company = await demo.post<{ id: string }>('/api/v1/companies', { name: 'Other AB', domain: otherDomain })
    otherId = company.id
    const within = `?companyId=${otherId}`
    for (const name of ['201', '202']) {
      const { user } = await demo.post<{ user: { id: string } }>(`/api/v1/users${within}`, {
        name,
        displayName: `Other ${name}`,
        extension: name,
        role: name === '201' ? 'administrator' : 'user',
        password,
      })
      const { secret } = await demo.post<{ secret: { password: string } }>(`/api/v1/devices${within}`, {
        userId: user.id,
        sipUsername: name,
      })
      secrets[name] = secret.password
    }
    other = await ApiClient.login(platform.url, `201@${otherDomain}`, password)
    demo201 = await phoneOf('201', 'demo.vaxel.test', 'sip-201', 440)
    demo202 = await phoneOf('202', 'demo.vaxel.test', 'sip-202', 620)
    other201 = await phoneOf('201', otherDomain, secrets['201']!, 780)
    other202 = await phoneOf('202', otherDomain, secrets['202']!, 980)
  })
  after(async () => {
    await stopAll()
    for (const phone of phones) await phone.stop()
    await platform?.stop()
  })

  /** A phone that registers in its domain, through the one port of the server. */
  const phoneOf = async (user: string, domain: string, secret: string, toneHz: number) => {
    const account = `;outbound="sip:${platform.sip};transport=udp"`
    const phone = await Baresip.start({ user, password: secret, registrar: domain, toneHz, account })
    phones.push(phone)
    return phone
  }
  const count = (phone: Baresip, type: string) => phone.events.filter((event) => event.type === type).length
  const callsOf = async (api: ApiClient) => (await api.get<Items<CallView>>('/api/v1/calls')).items
  /** `from` calls 202 and must reach exactly this phone; gives the call's id. */
  const callReaches = async (from: Baresip, api: ApiClient, reached: Baresip, notReached: Baresip) => {
    const [before, there, elsewhere] = [from.events.length, reached.events.length, count(notReached, 'CALL_INCOMING')]
    await from.dial('202')
    await Promise.all([
      from.waitFor('CALL_ESTABLISHED', 30_000, before),
      reached.waitFor('CALL_ESTABLISHED', 30_000, there),
    ])
    const live = (await api.get<Items<CallView>>('/api/v1/live-calls')).items
    assert.equal(live.length, 1)
    await talk(300)
    assert.equal(count(notReached, 'CALL_INCOMING'), elsewhere)
    return live[0]!.id
  }
  const ended = (api: ApiClient, id: string) =>
    eventually('the call has ended', async () => (await callsOf(api)).some((call) => call.id === id && call.endedAt))

  it('the same extension registers in both, each under its own domain', async () => {
    const [ours, theirs] = await Promise.all(
      [demo, other].map(async (api) => (await api.get<Items<{ addressOfRecord: string }>>('/api/v1/bindings')).items),
    )
    assert.deepEqual(ours!.map((b) => b.addressOfRecord).sort(), ['sip:201@demo.vaxel.test', 'sip:202@demo.vaxel.test'])
    assert.deepEqual(theirs!.map((b) => b.addressOfRecord).sort(), [`sip:201@${otherDomain}`, `sip:202@${otherDomain}`])
  })

  it('202 is the own colleague in each; the other company sees nothing of the call while it goes on nor afterwards', async () => {
    const seen: string[] = []
    const stream = new WebSocket(`${platform.url.replace('http', 'ws')}/api/v1/events?after=0`, {
      headers: { authorization: `Bearer ${other.token}` },
    })
    stream.on('message', (text: Buffer) => seen.push(text.toString()))
    await new Promise((resolve) => stream.once('open', resolve))

    const ours = await callReaches(demo201, demo, demo202, other202)
    assert.deepEqual((await other.get<Items<CallView>>('/api/v1/live-calls')).items, [])
    for (const [method, path] of [
      ['GET', `/api/v1/live-calls/${ours}`],
      ['POST', `/api/v1/live-calls/${ours}/commands/clear`],
      ['GET', `/api/v1/calls/${ours}`],
    ] as const)
      assert.equal((await other.request(method, path, method === 'POST' ? {} : undefined)).status, 404, path)
    await demo201.hangUp()
    await ended(demo, ours)

    const theirs = await callReaches(other201, other, other202, demo202)
    assert.deepEqual((await demo.get<Items<CallView>>('/api/v1/live-calls')).items, [])
    await other201.hangUp()
    await ended(other, theirs)

    assert.deepEqual(
      (await callsOf(other)).map(({ id }) => id),
      [theirs],
    )
    assert.deepEqual(
      (await callsOf(demo)).map(({ id }) => id),
      [ours],
    )
    // Theirs came later, so whatever would be told of ours has been told by then.
    await eventually('the end of their call in the stream', () =>
      seen.some((text) => text.includes('"call.ended"') && text.includes(theirs)),
    )
    stream.close()
    assert.ok(!seen.some((text) => text.includes(ours)), 'nothing of the other company in the stream')
    assert.ok(!seen.some((text) => text.includes('demo.vaxel.test')), 'nor of its registrations')
  })

  it('an inner number of the other company cannot be called by its address', async () => {
    const [before, elsewhere] = [demo201.events.length, count(other202, 'CALL_INCOMING')]
    await demo201.dial(`sip:202@${otherDomain}`)
    const { param } = await demo201.waitFor('CALL_CLOSED', 30_000, before)
    assert.match(param ?? '', /404|403/)
    assert.equal(count(other202, 'CALL_INCOMING'), elsewhere)
    assert.equal(count(demo202, 'CALL_ESTABLISHED'), 1, 'nor is the own 202 taken for it')
  })

  it('SIP credentials of one company are worth nothing in the other', async () => {
    const free = await FreePorts.claim()
    try {
      for (const [domain, secret] of [
        [otherDomain, 'sip-201'],
        ['demo.vaxel.test', secrets['201']!],
      ] as const) {
        const phone = { platform, user: '201', port: await free.port(), password: secret }
        const steps = registerScenario('201')
          .replaceAll('demo.vaxel.test', domain)
          .replaceAll('REGISTER sip:[service]@[remote_ip]:[remote_port]', `REGISTER sip:${domain}`)
        const refused = steps.slice(0, steps.lastIndexOf('<recv')) + response(401)
        const { messages } = await play(phone, refused, { service: '201', more: ['-auth_uri', domain] }).succeed()
        assert.match(messages, new RegExp(`realm="${domain}"`))
      }
      // A caller who signs with the own company's password and writes the other's domain into From
      const phone = { platform, user: '201', port: await free.port(), password: 'sip-201' }
      const invite = (cseq: number, headers: string[]) =>
        request('INVITE', '201', '202', cseq, headers).replaceAll('demo.vaxel.test', otherDomain)
      const signed = scenario(
        invite(1, []),
        '<recv response="100" optional="true"/>',
        response(407, 'auth="true"'),
        invite(2, ['[authentication]']),
        '<recv response="100" optional="true"/>',
        response(407),
      )
      await play(phone, signed, { service: '202' }).succeed()
    } finally {
      free.release()
    }
  })

  it('logins, users, devices and numbers are apart', async () => {
    const wrong = [
      ['201@demo.vaxel.test', password],
      [`201@${otherDomain}`, 'demo-201'],
    ] as const
    for (const [login, secret] of wrong)
      assert.equal(
        (await new ApiClient(platform.url).request('POST', '/api/v1/sessions', { login, password: secret })).status,
        401,
      )
    const numbers = (await other.get<Items<{ number: string; companyId: string }>>('/api/v1/numbers')).items
    assert.deepEqual(numbers.map(({ number }) => number).sort(), ['201', '202'])
    for (const path of ['/api/v1/users', '/api/v1/devices', '/api/v1/numbers', '/api/v1/companies']) {
      const { items } = await other.get<Items<{ companyId?: string; id: string }>>(path)
      assert.ok(
        items.every((item) => (item.companyId ?? item.id) === otherId),
        path,
      )
    }
    const [someone] = (await demo.get<Items<{ id: string }>>('/api/v1/users')).items
    const [device] = (await demo.get<Items<{ id: string; companyId: string }>>('/api/v1/devices')).items
    for (const path of [
      `/api/v1/users/${someone!.id}`,
      `/api/v1/devices/${device!.id}`,
      '/api/v1/numbers/%2B46846500401',
      `/api/v1/companies/${device!.companyId}`,
    ])
      assert.equal((await other.request('GET', path)).status, 404, path)
    for (const path of ['/api/v1/users', '/api/v1/calls', '/api/v1/live-calls'])
      assert.equal((await other.request('GET', `${path}?companyId=${device!.companyId}`)).status, 404, path)
    assert.equal(
      (
        await other.request('POST', '/api/v1/numbers', {
          number: '+46846500401',
          target: { kind: 'service', service: 'echo' },
        })
      ).status,
      409,
      'a direct number is one company’s',
    )
  })

  it('an administrator of a company makes no other companies, domains or limits', async () => {
    for (const [method, path, body] of [
      ['POST', '/api/v1/companies', { name: 'Third AB' }],
      ['POST', '/api/v1/domains', { name: 'third.vaxel.test' }],
      ['PATCH', `/api/v1/companies/${otherId}`, { limits: {} }],
    ] as const)
      assert.equal((await other.request(method, path, body)).status, 403, path)
  })
})
