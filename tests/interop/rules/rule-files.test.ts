import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { compareRules, type Opening, type OpeningEnd, readRules, type RuleFormat, writeRules } from '@vaxel/site'
import { hasOwnNetwork, Program, runInOwnNetwork, runTool, temporaryFolder } from '@vaxel/testkit'

const end = (networks: readonly string[]): OpeningEnd => ({
  place: 'place',
  label: 'Place',
  any: networks.length === 0,
  networks,
  names: [],
})

const opening = (id: string, given: Partial<Opening>): Opening => ({
  id,
  requirementIds: [`tp-${id}`, `tp-${id}-2`],
  title: `Hostile "title" of ${id}'; drop # $(reboot) åäö é \\ {} <x> &amp; ${'long '.repeat(60)}`,
  lostIfMissing: 'No calls.',
  direction: 'out',
  from: end(['10.1.0.0/16', '2001:db8:1::/48']),
  to: end(['81.228.2.192-81.228.2.222', '2001:db8:2::1']),
  protocol: 'udp',
  ports: [{ from: 20_000, to: 29_999 }],
  carries: 'SRTP',
  level: 'required',
  ...given,
})

const openings: readonly Opening[] = [
  opening('media', {}),
  opening('web', {
    protocol: 'tcp',
    ports: [
      { from: 80, to: 80 },
      { from: 443, to: 443 },
      { from: 5061, to: 5063 },
    ],
  }),
  opening('ping', { protocol: 'icmp', ports: [] }),
  opening('many', {
    protocol: 'tcp',
    ports: Array.from({ length: 33 }, (_, at) => ({ from: 7000 + 2 * at, to: 7000 + 2 * at })),
  }),
  opening('event', {
    direction: 'in',
    from: end(['81.228.2.200']),
    to: end(['10.1.0.2']),
    ports: [{ from: 6000, to: 6000 }],
  }),
]

const folder = temporaryFolder('rules')
const inside = (namespace: string, ...command: string[]): string =>
  runTool('ip', ['netns', 'exec', namespace, ...command])
const ip = (...args: string[]): void => void runTool('ip', args)

function fileOf(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** A site behind a router, and the service here; the router's rules are what is tried. */
function makeNetwork(router: string, site: string): void {
  for (const namespace of [router, site]) ip('netns', 'add', namespace)
  ip('link', 'add', `${router}up`, 'type', 'veth', 'peer', 'name', 'wan', 'netns', router)
  ip('-n', router, 'link', 'add', 'lan', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', site)
  ip('link', 'set', `${router}up`, 'up')
  for (const [namespace, link] of [
    [router, 'wan'],
    [router, 'lan'],
    [router, 'lo'],
    [site, 'eth0'],
    [site, 'lo'],
  ] as const)
    ip('-n', namespace, 'link', 'set', link, 'up')
  const address = (where: readonly string[], text: string, link: string): void =>
    ip(...where, 'address', 'add', text, 'dev', link, ...(text.includes(':') ? ['nodad'] : []))
  for (const text of ['81.228.2.200/24', '2001:db8:2::1/64']) address([], text, `${router}up`)
  for (const text of ['81.228.2.1/24', '2001:db8:2::ff/64']) address(['-n', router], text, 'wan')
  for (const text of ['10.1.0.1/24', '2001:db8:1::1/64']) address(['-n', router], text, 'lan')
  for (const text of ['10.1.0.2/24', '2001:db8:1::2/64']) address(['-n', site], text, 'eth0')
  inside(router, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding')
  for (const family of ['-4', '-6']) {
    ip(family, '-n', site, 'route', 'add', 'default', 'via', family === '-4' ? '10.1.0.1' : '2001:db8:1::1')
    ip(
      family,
      'route',
      'add',
      family === '-4' ? '10.1.0.0/16' : '2001:db8:1::/48',
      'via',
      family === '-4' ? '81.228.2.1' : '2001:db8:2::ff',
    )
  }
}

/** Echoes on ports of the service, and keeps what came. */
async function listen(udp: readonly number[], tcp: readonly number[]): Promise<{ heard: string[]; close: () => void }> {
  const heard: string[] = []
  const sockets = await Promise.all(
    udp.map(async (port) => {
      const socket = createSocket({ type: 'udp6', ipv6Only: false })
      socket.on('message', (bytes, from) => {
        heard.push(bytes.toString())
        socket.send(bytes, from.port, from.address)
      })
      await new Promise<void>((resolve) => socket.bind(port, resolve))
      return socket
    }),
  )
  const servers = await Promise.all(
    tcp.map(async (port) => {
      const server = createServer((socket) => {
        heard.push(`tcp ${port}`)
        socket.on('error', () => {})
        socket.pipe(socket)
      })
      await new Promise<void>((resolve) => server.listen(port, resolve))
      return server
    }),
  )
  return {
    heard,
    close: () => {
      for (const socket of sockets) socket.close()
      for (const server of servers) server.close()
    },
  }
}

function readBack(text: string, format: RuleFormat): readonly unknown[] {
  const found = compareRules(openings, readRules(text, format))
  return [
    found.verdict,
    found.missing.map(({ openingId }) => openingId),
    found.tooOpen,
    found.unused,
    found.notUnderstood,
  ]
}

const complete = ['complete', [], [], [], []]

/** What a router with the rules lets through, from a PC of the site and back. */
async function tryWays(site: string): Promise<void> {
  const { heard, close } = await listen([20_000, 25_000, 29_999, 19_999, 30_000], [443, 5063, 5064, 7064, 7065])
  const way = (protocol: 'tcp' | 'udp', port: number, host = '81.228.2.200') => ({ protocol, host, port })
  const ways = {
    closed: [
      way('udp', 19_999),
      way('udp', 30_000),
      way('tcp', 5064),
      way('tcp', 7065),
      way('udp', 19_999, '2001:db8:2::1'),
      way('tcp', 5064, '2001:db8:2::1'),
    ],
    open: [
      way('udp', 20_000),
      way('udp', 29_999),
      way('tcp', 443),
      way('tcp', 5063),
      way('tcp', 7064),
      way('udp', 25_000, '2001:db8:2::1'),
      way('tcp', 443, '2001:db8:2::1'),
    ],
  }
  const knocker = Program.start('ip', [
    'netns',
    'exec',
    site,
    process.execPath,
    join(import.meta.dirname, 'try-ways.ts'),
    JSON.stringify(ways),
  ])
  const { code } = await knocker.ended
  close()
  assert.equal(code, 0, knocker.output)
  assert.deepEqual(
    knocker.output.trim().split('\n'),
    ways.open.map(({ host, protocol, port }) => `${host} ${protocol} ${port}`),
  )
  // What is closed was sent first: it would have come before what came.
  assert.deepEqual(
    heard.filter((text) => /19999|30000|5064|7065/.test(text)),
    [],
  )
  for (const host of ['81.228.2.200', '2001:db8:2::1']) inside(site, 'ping', '-c', '1', '-W', '5', host)
}

if (hasOwnNetwork())
  describe('firewall files that load', () => {
    it('nftables: the kernel takes the file, lets through what is needed and nothing else, and its listing reads back as complete', async () => {
      makeNetwork('nftrouter', 'nftsite')
      const file = fileOf('whole.nft', writeRules(openings, 'nftables', { whole: true, site: 'Åre "x"' }).text)
      inside('nftrouter', 'nft', '-c', '-f', file)
      // Twice: loading it again replaces what it brought.
      for (const _ of ['first', 'again']) inside('nftrouter', 'nft', '-f', file)
      await tryWays('nftsite')
      const listed = inside('nftrouter', 'nft', 'list', 'ruleset')
      assert.deepEqual(readBack(listed, 'nftables'), complete)
      assert.deepEqual(readBack(inside('nftrouter', 'nft', '-j', 'list', 'ruleset'), 'nftables'), complete)
      assert.ok(listed.includes('tp-media tp-media-2'))
      const handle = /udp dport 6000.*# handle (\d+)/.exec(inside('nftrouter', 'nft', '-a', 'list', 'ruleset'))![1]!
      inside('nftrouter', 'nft', 'delete', 'rule', 'inet', 'vaxel_site', 'openings', 'handle', handle)
      for (const args of [
        ['list', 'ruleset'],
        ['-j', 'list', 'ruleset'],
      ])
        assert.deepEqual(readBack(inside('nftrouter', 'nft', ...args), 'nftables').slice(0, 2), ['missing', ['event']])
    })

    it('nftables: the chain alone fits into a firewall that is there already', () => {
      ip('netns', 'add', 'partrouter')
      const own =
        'table inet filter { chain forward { type filter hook forward priority filter; policy drop; ct state established,related accept; jump vaxel_site; }; chain vaxel_site { }; }'
      inside('partrouter', 'nft', '-f', fileOf('own.nft', own))
      const file = fileOf('part.nft', writeRules(openings, 'nftables').text)
      for (const _ of ['first', 'again']) inside('partrouter', 'nft', '-f', file)
      assert.deepEqual(readBack(inside('partrouter', 'nft', 'list', 'ruleset'), 'nftables'), complete)
    })

    it('iptables: both families take the same file, let through what is needed, and what they save reads back as complete', async () => {
      ip('link', 'delete', 'nftrouterup')
      makeNetwork('iptrouter', 'iptsite')
      const file = fileOf('whole.rules', writeRules(openings, 'iptables', { whole: true }).text)
      for (const program of ['iptables-restore', 'ip6tables-restore']) {
        inside('iptrouter', program, '--test', file)
        inside('iptrouter', program, file)
      }
      const part = fileOf('part.rules', writeRules(openings, 'iptables').text)
      for (const program of ['iptables-restore', 'ip6tables-restore']) inside('iptrouter', program, '--noflush', part)
      await tryWays('iptsite')
      const saved = inside('iptrouter', 'iptables-save') + inside('iptrouter', 'ip6tables-save')
      assert.deepEqual(readBack(saved, 'iptables-save'), complete)
      assert.deepEqual(readBack(saved.replace(/^.*--dport 6000.*$/m, ''), 'iptables-save').slice(0, 2), [
        'missing',
        ['event'],
      ])
    })

    it('pfSense and OPNsense: well-formed XML, whatever the titles hold', () => {
      for (const device of ['pfsense', 'opnsense'] as const)
        runTool('xmllint', [
          '--noout',
          '--nonet',
          fileOf(`${device}.xml`, writeRules(openings, device, { site: '--> <x>' }).text),
        ])
    })
  })
else
  it('firewall files, in a network of their own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
