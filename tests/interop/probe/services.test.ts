import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { FlowBody, TlsBody } from '@vaxel/site'
import { readReport } from '@vaxel/site/file'
import { FakeTime, FreePorts, Program, temporaryFolder } from '@vaxel/testkit'
import { TestAuthority } from './certificates.ts'
import { type Asked, catalogueFile, foundFor, probe, type Probed, resultFor } from './run-probe.ts'

const server = 'extendedKeyUsage=serverAuth'
const named = (name: string): string => `subjectAltName=DNS:${name}`
/** Ended so long ago, by openssl's word: a length below nothing. */
const endedDays = 1
const past = ['-days', String(-endedDays)] as const

/** What a server shows, what is asked of it, and what must be found. */
interface TlsCase {
  readonly id: string
  readonly extensions: readonly string[]
  readonly more?: Partial<Parameters<TestAuthority['make']>[1]>
  readonly protocols?: string
  /** Names are judged as SIP does (RFC 5922). */
  readonly isSip?: boolean
  readonly asks?: Partial<TlsBody>
  readonly finds: readonly string[]
}

const cases: readonly TlsCase[] = [
  { id: 'good', extensions: [named('good.test'), server], finds: ['pass tls-good'] },
  { id: 'wrong-name', extensions: [named('other.test'), server], finds: ['fail tls-wrong-name'] },
  {
    id: 'wildcard-allowed',
    extensions: [named('*.wild.test'), server],
    asks: { names: ['a.wild.test'] },
    finds: ['pass tls-good'],
  },
  {
    id: 'wildcard-for-sip',
    extensions: [named('*.wild.test'), server],
    asks: { names: ['a.wild.test'] },
    isSip: true,
    finds: ['fail tls-wildcard-sip'],
  },
  {
    id: 'sip-uri',
    extensions: ['subjectAltName=URI:sip:sip-uri.test,DNS:other.test', server],
    isSip: true,
    finds: ['pass tls-good'],
  },
  {
    id: 'wildcard-forbidden',
    extensions: [named('*.wild.test'), server],
    asks: { names: ['a.wild.test'], wildcard: 'forbidden' },
    finds: ['fail tls-wildcard'],
  },
  {
    id: 'no-client-use',
    extensions: [named('no-client-use.test'), server],
    asks: { extendedKeyUsages: ['serverAuth', 'clientAuth'] },
    finds: ['fail tls-usage'],
  },
  {
    id: 'client-use',
    extensions: [named('client-use.test'), 'extendedKeyUsage=serverAuth,clientAuth'],
    asks: { extendedKeyUsages: ['serverAuth', 'clientAuth'] },
    finds: ['pass tls-good'],
  },
  {
    id: 'no-intermediate',
    extensions: [named('no-intermediate.test'), server, 'authorityInfoAccess=caIssuers;URI:http://ca.test/between.crt'],
    more: { sendsChain: false },
    finds: ['fail tls-incomplete'],
  },
  {
    id: 'ends-soon',
    extensions: [named('ends-soon.test'), server],
    more: { days: ['-days', '5'] },
    finds: ['limit tls-expires-soon'],
  },
  {
    id: 'tls-1-0',
    extensions: [named('tls-1-0.test'), server],
    protocols: 'TLSv1',
    finds: ['fail tls-version'],
  },
  {
    id: 'also-old',
    extensions: [named('also-old.test'), server],
    protocols: 'TLSv1.1 TLSv1.2',
    finds: ['limit tls-takes-old'],
  },
  {
    id: 'weak-key',
    extensions: [named('weak-key.test'), server],
    more: { bits: 1024 },
    finds: ['limit tls-weak-key'],
  },
  {
    id: 'odd-fields',
    extensions: [`subjectAltName=DNS:odd-fields.test,DNS:a\\, DNS:evil.test,otherName:1.2.3.4;UTF8:\u202Ex`, server],
    more: { subject: '/CN=<script>alert(1)<\\/script>\u202E/O=a\tb' },
    finds: ['pass tls-good'],
  },
  {
    id: 'many-names',
    extensions: [`subjectAltName=${Array.from({ length: 3000 }, (_, i) => `DNS:n${i}.test`).join(',')}`, server],
    finds: ['fail tls-huge', 'fail tls-wrong-name'],
  },
]

describe('the probe against nginx, openssl, chrony and dnsmasq', { concurrency: 4 }, () => {
  let free: FreePorts
  let authority: TestAuthority
  const ports = new Map<string, number>()
  const programs: Program[] = []
  const servers: Server[] = []
  let tls: Probed

  before(async () => {
    free = await FreePorts.claim()
    authority = new TestAuthority(temporaryFolder('authority'))
    await startNginx()
    ports.set('silent', await listen(() => {}))
    ports.set('nonsense', await listen((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n')))
    ports.set('cut', await listen((socket) => void socket.once('data', () => socket.destroy())))
    ports.set('closed', await free.port())
    const all = [
      ...cases.map(({ id, asks }) => tlsOf(id, asks)),
      ...['silent', 'nonsense', 'cut', 'closed'].map((id) => tlsOf(id)),
      tlsOf('expired'),
      ...cases.filter(({ isSip }) => isSip).map(({ id }) => sipTo(id)),
    ]
    tls = await probe([
      '--catalogue',
      catalogueFile(all),
      '--ca',
      authority.root,
      '--ntp',
      await startChrony(),
      '--minutes',
      '0.05',
    ])
  })
  after(async () => {
    for (const program of programs) await program.stop()
    for (const one of servers) one.close()
    free?.release()
  })

  const listen = async (greet: Parameters<typeof createServer>[1]): Promise<number> => {
    const port = await free.port()
    const made = createServer(greet).listen(port, '127.0.0.1')
    made.on('connection', (socket) => socket.on('error', () => {}))
    made.unref()
    servers.push(made)
    await new Promise((resolve) => made.once('listening', resolve))
    return port
  }

  const sipTo = (id: string): Asked => ({
    id: `${id}-flow`,
    checks: ['tcp'],
    body: {
      kind: 'flow',
      from: { place: 'site' },
      to: { place: id },
      protocol: 'tcp',
      ports: [{ from: ports.get(id)!, to: ports.get(id)! }],
      carries: 'SIPS',
    },
  })

  const tlsOf = (id: string, asks: Partial<TlsBody> = {}): Asked => ({
    id,
    checks: ['tls'],
    body: { kind: 'tls', of: id, port: ports.get(id)!, names: [`${id}.test`], issuer: 'public', ...asks },
  })

  async function startNginx(): Promise<void> {
    const folder = temporaryFolder('nginx')
    const sites: string[] = []
    const made = cases.map(({ id, extensions, more, protocols }) => ({
      id,
      protocols,
      ...authority.make(id, { extensions, ...more }),
    }))
    made.push({
      id: 'expired',
      protocols: undefined,
      ...authority.make('expired', { extensions: [named('expired.test'), server], days: past }),
    })
    for (const { id, protocols = 'TLSv1.2 TLSv1.3', chain, key } of made) {
      const port = await free.port()
      ports.set(id, port)
      sites.push(
        `server { listen 127.0.0.1:${port} ssl; ssl_certificate ${chain}; ssl_certificate_key ${key}; ssl_protocols ${protocols}; ssl_ciphers DEFAULT@SECLEVEL=0; return 204; }`,
      )
    }
    const file = join(folder, 'nginx.conf')
    writeFileSync(
      file,
      `daemon off; pid ${folder}/pid; error_log stderr notice; worker_processes 1; events {}\nhttp { access_log off; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}\n${sites.join('\n')} }\n`,
    )
    const nginx = Program.start('nginx', ['-p', folder, '-c', file, '-e', 'stderr'])
    programs.push(nginx)
    await nginx.waitForOutput(/start worker process/)
  }

  async function startChrony(env: Readonly<Record<string, string>> = {}): Promise<string> {
    const folder = temporaryFolder('chrony')
    const port = await free.port()
    const file = join(folder, 'chrony.conf')
    writeFileSync(
      file,
      [
        `port ${port}`,
        'bindaddress 127.0.0.1',
        'cmdport 0',
        'bindcmdaddress /',
        'local stratum 5',
        'allow 127.0.0.1',
        `pidfile ${folder}/pid`,
        `driftfile ${folder}/drift`,
        'user root',
      ].join('\n'),
    )
    const chrony = Program.start('chronyd', ['-x', '-d', '-f', file], { env })
    programs.push(chrony)
    await chrony.waitForOutput(/chronyd version/)
    return `127.0.0.1:${port}`
  }

  for (const { id, finds } of cases)
    it(`says of a server that is "${id}": ${finds.join(', ')}`, () => {
      const { report, output } = tls
      assert.ok(report, output)
      assert.deepEqual(foundFor(report, id), finds, JSON.stringify(resultFor(report, id)))
    })

  it('tells an expired certificate with its day, since chrony says that this machine’s clock is right', () => {
    const { report, output } = tls
    assert.ok(report, output)
    assert.deepEqual(foundFor(report, 'expired'), ['fail tls-expired'])
    const day = new Date(Date.now() - endedDays * 86_400_000).toISOString().slice(0, 10)
    assert.equal(resultFor(report, 'expired').finding.values['day'], day)
    const ntp = report.results.find(({ finding }) => finding.key === 'ntp-answers')!
    assert.ok(Math.abs(ntp.measured![0]!.value) < 1000, JSON.stringify(ntp))
    assert.equal(ntp.evidence?.['stratum'], '5')
  })

  it('tells apart what does not speak, speaks something else, is cut and is closed', () => {
    const { report, output } = tls
    assert.ok(report, output)
    assert.deepEqual(foundFor(report, 'silent'), ['fail tls-silent'])
    assert.deepEqual(foundFor(report, 'nonsense'), ['fail tls-not-tls'])
    assert.deepEqual(foundFor(report, 'cut'), ['fail tls-cut'])
    assert.deepEqual(foundFor(report, 'closed'), ['inconclusive tls-no-way'])
  })

  it('is not ready, and writes a report that its own format takes, without a control character of a stranger', () => {
    const { report, code, output } = tls
    assert.equal(code, 2, output)
    assert.match(output, /^VAXEL NOT READY - 7 of 22 required proven: .* \| .*certificate_days=/m)
    const read = readReport(JSON.stringify(report))
    assert.ok(read.ok, JSON.stringify(read))
    for (const sign of ['\u202e', '\u001b']) assert.ok(!output.includes(sign))
  })

  it('concludes nothing of dates when this machine’s clock is three years fast, and ends with 3', async () => {
    const time = new FakeTime()
    time.set(3 * 365 * 86_400)
    const file = catalogueFile([tlsOf('good'), tlsOf('wrong-name')])
    const ntp = await startChrony()
    const { code, report, output } = await probe(['--catalogue', file, '--ca', authority.root, '--ntp', ntp], {
      env: time.environment,
    })
    assert.equal(code, 3, output)
    assert.ok(report, output)
    assert.deepEqual(foundFor(report, 'good'), ['inconclusive tls-expired-or-clock'])
    assert.ok(
      report.results.some(({ finding }) => finding.key === 'clock-fast'),
      output,
    )
    assert.doesNotMatch(JSON.stringify(report), /"tls-expired"/)
  })

  it('tells a time server whose own clock is wrong from one that is silent, and asks no more of dates without a witness', async () => {
    const time = new FakeTime()
    time.set(-7200)
    const wrong = await startChrony(time.environment)
    const silent = `127.0.0.1:${await free.port()}`
    const file = catalogueFile([tlsOf('expired')])
    const disputed = await probe([
      '--catalogue',
      file,
      '--ca',
      authority.root,
      '--ntp',
      `${wrong},${await startChrony()},${silent}`,
    ])
    assert.equal(disputed.code, 3, disputed.output)
    assert.ok(
      disputed.report?.results.some(({ finding }) => finding.key === 'clock-disputed'),
      disputed.output,
    )
    assert.ok(
      disputed.report?.results.some(({ finding }) => finding.key === 'ntp-silent'),
      disputed.output,
    )
    assert.deepEqual(foundFor(disputed.report!, 'expired'), ['inconclusive tls-expired-or-clock'])
  })

  it('tells a name that is not there from a resolver that is silent, lies, or disagrees with another (dnsmasq)', async () => {
    const [honest, lying, split] = [await free.port(), await free.port(), await free.port()]
    const usual = [
      '--keep-in-foreground',
      '--no-resolv',
      '--no-hosts',
      '--bind-interfaces',
      '--listen-address=127.0.0.1',
      '--log-facility=-',
      '--user=root',
    ]
    const records = [
      '--address=/there.test/192.0.2.7',
      '--srv-host=_sips._tcp.there.test,there.test,5061',
      '--local=/test/',
      '--local=/invalid/',
    ]
    const ofPort: readonly (readonly [number, readonly string[]])[] = [
      [honest, records],
      [lying, ['--address=/#/192.0.2.99']],
      [split, ['--local=/test/', '--local=/invalid/']],
    ]
    for (const [port, args] of ofPort) {
      const dnsmasq = Program.start('dnsmasq', [...usual, `--port=${port}`, ...args])
      programs.push(dnsmasq)
      await dnsmasq.waitForOutput(/started, version/)
    }
    const dnsOf = (id: string, name: string, srv = false): Asked => ({
      id,
      checks: [srv ? 'srv' : 'dns'],
      body: { kind: 'dns', names: [name], duty: 'resolve', records: srv ? ['SRV'] : ['A', 'AAAA'] },
    })
    const elsewhere: FlowBody = {
      kind: 'flow',
      from: { place: 'site' },
      to: { place: 'elsewhere', addresses: [{ name: 'there.test' }] },
      protocol: 'tcp',
      ports: [{ from: 443, to: 443 }],
      carries: 'HTTPS',
    }
    const file = catalogueFile(
      [
        dnsOf('there', 'there.test'),
        dnsOf('gone', 'gone.test'),
        dnsOf('service', '_sips._tcp.there.test', true),
        { id: 'elsewhere', checks: ['dns'], body: elsewhere },
      ],
      () => '198.51.100.0/24',
    )
    const ask = async (...servers: number[]): Promise<(id: string) => readonly string[]> => {
      const dns = servers.map((port) => `127.0.0.1:${port}`).join(',')
      const { report, output } = await probe(['--catalogue', file, '--dns', dns])
      assert.ok(report, output)
      return (id) => foundFor(report, id)
    }
    const silent = await free.port()
    const [one, liar, two, none] = await Promise.all([ask(honest), ask(lying), ask(honest, split), ask(silent)])
    assert.deepEqual(one('there'), ['pass dns-found'])
    assert.deepEqual(one('gone'), ['fail dns-no-name'])
    assert.deepEqual(one('service'), ['pass dns-found'])
    assert.deepEqual(one('elsewhere'), ['limit dns-elsewhere'])
    assert.deepEqual(liar('there'), ['inconclusive dns-invents'])
    assert.deepEqual(two('there'), ['limit dns-some'])
    assert.deepEqual(none('there'), ['fail dns-silent'])
  })
})
