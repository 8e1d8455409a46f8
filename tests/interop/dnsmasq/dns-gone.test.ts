import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { BadDns, eventually, FreePorts, type Platform, Program, startPlatform } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'

interface Call {
  readonly dialled: string
  readonly endedAt?: string
  readonly termination?: { readonly reason: string; readonly blame: string; readonly text?: string }
}

/** Long before a call to a server that does not answer would end (RFC 3261 timer B, 32 s). */
const soonMs = 20_000

/** A server that fails, on the port of the sound one. */
interface Failing {
  readonly what: string
  start(): Promise<{ stop(): Promise<unknown> }>
}

describe('DNS goes away while calls are up (dnsmasq, and servers that fail)', () => {
  let free: FreePorts
  let dnsPort: number
  let dnsmasq: Program
  let platform: Platform
  /** Two phones, and the carrier behind a name. */
  let anna: NetPhone
  let bertil: NetPhone
  let carrier: NetPhone
  const ways: Failing[] = [
    { what: 'is not there', start: async () => ({ stop: async () => {} }) },
    { what: 'is silent', start: () => BadDns.start(dnsPort, 'silent') },
    { what: 'answers SERVFAIL', start: () => BadDns.start(dnsPort, 'SERVFAIL') },
    { what: 'answers REFUSED, and late', start: () => BadDns.start(dnsPort, 'REFUSED', 700) },
  ]

  before(async () => {
    free = await FreePorts.claim()
    dnsPort = await free.port()
    dnsmasq = await startDnsmasq()
    platform = await startPlatform({ environment: { VAXEL_DNS: `127.0.0.1:${dnsPort}` } })
    anna = await NetPhone.open({ user: '204', port: platform.ports.sip })
    bertil = await NetPhone.open({ user: '205', port: platform.ports.sip })
    carrier = await NetPhone.open({ user: 'carrier', port: platform.ports.sip, firstSsrc: 900_000 })
    for (const phone of [anna, bertil]) assert.equal(await phone.register(), 200)
    const api = await platform.login()
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/trunks')
    const pstn = items.find(({ name }) => name === 'pstn')!
    const target = (host: string) => [{ host, port: carrier.sipPort, protocol: 'udp' }]
    await api.patch(`/api/v1/trunks/${pstn.id}`, { targets: target('carrier.vaxel.test'), prefixes: ['0'] })
    // A name for each way to fail that nobody has asked for before, and one that does not exist.
    for (const [prefix, host] of [...ways.map((_, i) => [`9${i}`, `w${i}.vaxel.test`]), ['99', 'never.vaxel.test']])
      await api.post('/api/v1/trunks', {
        name: host,
        targets: target(host!),
        prefixes: [prefix],
        keying: 'none',
        health: { intervalSeconds: 0 },
      })
  })
  after(async () => {
    for (const phone of [anna, bertil, carrier]) await phone?.close()
    await platform?.stop()
    await dnsmasq?.stop()
    free?.release()
  })

  for (const [i, { what, start }] of ways.entries()) {
    it(`${what}: calls go on and to all that was known, the rest ends soon with a sentence, health says it, and it recovers`, async () => {
      const before_ = await talk(anna, carrier, '0855512345')
      await dnsmasq.stop()
      const failing = await start()
      try {
        const unknown = await anna.call(`9${i}123`)
        const local = await talk(bertil, anna, '204')
        if (what === 'is silent')
          assert.equal(unknown.end, undefined, 'who is called by extension does not wait for DNS')
        await end(local)
        const over = await unknown.isOver(soonMs)
        assert.equal(over.status, 503)
        assert.match(over.reason ?? '', /The address of the other side could not be found: DNS does not answer \(/)
        await eventually('the health page says it', async () =>
          /^DNS does not answer since 2\d{3}-/.test((await health())[0] ?? ''),
        )
        // The answer for the carrier has outlived its second by now.
        const known = await talk(anna, carrier, '0855512346')
        await known.callee.talker.hears(10)
        await end(known)
        const heard = before_.callee.talker.receivedPackets
        await before_.callee.talker.hears(heard + 25)
        await end(before_)
        await told(`9${i}123`, /DNS does not answer/)
      } finally {
        await failing.stop()
        dnsmasq = await startDnsmasq()
      }
      await eventually('DNS is seen to be back', async () => (await health()).length === 0)
      const late = await talk(anna, carrier, `9${i}124`)
      await end(late)
    })
  }

  it('that answers: a name that does not exist ends the call at once, and is no fault of DNS', async () => {
    const unknown = await anna.call('99777')
    const over = await unknown.isOver(soonMs)
    assert.equal(over.status, 503)
    assert.match(over.reason ?? '', /its name is not known/)
    assert.deepEqual(await health(), [])
  })

  async function startDnsmasq(): Promise<Program> {
    const program = Program.start('dnsmasq', [
      '--keep-in-foreground',
      '--conf-file=/dev/null',
      '--pid-file=',
      '--user=',
      '--log-facility=-',
      '--no-resolv',
      '--no-hosts',
      '--listen-address=127.0.0.1',
      '--bind-interfaces',
      `--port=${dnsPort}`,
      '--local=/vaxel.test/',
      '--address=/vaxel.test/127.0.0.1',
      '--address=/never.vaxel.test/',
      '--local-ttl=1',
    ])
    await program.waitForOutput(/started, version/)
    return program
  }

  async function talk(from: NetPhone, to: NetPhone, number: string) {
    const coming = to.nextCall()
    const caller = await from.call(number)
    const callee = await coming
    await Promise.all([caller.isAnswered(), callee.isAnswered()])
    return { caller, callee }
  }

  async function end({ caller, callee }: Awaited<ReturnType<typeof talk>>): Promise<void> {
    caller.hangUp()
    await Promise.all([caller.isOver(), callee.isOver()])
  }

  async function health(): Promise<string[]> {
    return ((await (await fetch(`${platform.url}/healthz`)).json()) as { warnings: string[] }).warnings
  }

  async function told(dialled: string, text: RegExp): Promise<void> {
    const api = await platform.login()
    await eventually('the history says why', async () => {
      const { items } = await api.get<{ items: Call[] }>('/api/v1/calls')
      const call = items.find((one) => one.dialled === dialled)
      return call?.endedAt && call.termination?.blame === 'trunk' && text.test(call.termination.text ?? '')
    })
  }
})
