import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Opening, OpeningEnd } from '../plan/opening.ts'
import { csvRows } from './read/csv-rows.ts'
import { type DeviceName, deviceNames } from './rule-file.ts'
import { writeRules } from './write-rules.ts'

const end = (networks: readonly string[], names: readonly string[] = []): OpeningEnd => ({
  place: 'place',
  label: 'Place',
  any: networks.length + names.length === 0,
  networks,
  names,
})

const opening = (id: string, given: Partial<Opening> = {}): Opening => ({
  id,
  requirementIds: [id],
  title: `Title of ${id}`,
  lostIfMissing: 'No calls.',
  direction: 'out',
  from: end(['10.1.0.0/16']),
  to: end(['81.228.2.192/27']),
  protocol: 'udp',
  ports: [{ from: 20_000, to: 29_999 }],
  carries: 'SRTP',
  level: 'required',
  ...given,
})

/** Texts that would end a string, a comment or a line, or be run, in one of the formats. */
const hostileTexts = [
  'a" accept; flush ruleset #',
  "a'; Remove-NetFirewallRule -All; '",
  'a’; Remove-Item C:\\ -Recurse; ‘',
  'a\nip access-list extended X\n permit ip any any',
  'a\r\naccept\u2028accept\u0085accept',
  '$(reboot) `reboot` ${reboot} %{ if true }x%{ endif }',
  '</descr><rule><type>pass</type></rule><descr>',
  '--> <!ENTITY x SYSTEM "file:///etc/passwd"> ]]>',
  '=HYPERLINK("http://example.com","x")',
  '@SUM(1+1)*cmd|calc!A0',
  '\\" \\',
  '\u202egnp.exe \u0000\u0007\u001b[2J',
  'é'.repeat(3000),
]

const hostile = (text: string): Opening =>
  opening(`id ${text}`, {
    requirementIds: [text, `${text} 2`],
    title: text,
    lostIfMissing: text,
    carries: text,
    openBy: text,
    closeAfter: text,
    from: { ...end(['10.1.0.0/16']), label: text, place: text },
    to: { ...end([], ['www.example.com', text]), networks: ['81.228.2.192/27', text], label: text },
  })

/** The text without what it is allowed to say in words: what is left is the file's own grammar. */
const structure: Readonly<Record<DeviceName, (text: string) => string>> = {
  nftables: (text) => stripped(text, /comment "[^"\n]*"/g),
  iptables: (text) => stripped(text, /--comment "[^"\n]*"/g),
  windows: (text) => stripped(text, /-(Name|DisplayName|Description) '[^'\n‘’‚‛]*'/g),
  'cisco-ios': (text) => stripped(text, /remark [^\n]*/g),
  'cisco-asa': (text) => stripped(stripped(text, /remark [^\n]*/g), /VAXEL-[A-Za-z0-9-]+/g),
  fortigate: (text) => stripped(text, /"[A-Za-z0-9.,:()/+_ *-]*"/g),
  'palo-alto': (text) => stripped(stripped(text, /"[^"\n]*"/g), /\bvaxel-[A-Za-z0-9-]+/g),
  pfsense: (text) => stripped(stripped(text, />[^<>]*</g), /$^/g),
  opnsense: (text) => stripped(stripped(text, />[^<>]*</g), /uuid="[0-9a-f-]{36}"/g),
  routeros: (text) => stripped(text, /(comment|list)="[^"\n$\\]*"/g),
  'aws-terraform': (text) => stripped(text, /"[^"\n$%\\]*"/g),
  'azure-terraform': (text) => stripped(text, /"[^"\n$%\\]*"/g),
  csv: (text) => text,
}

const stripped = (text: string, pattern: RegExp): string =>
  text
    .split(/\r?\n/)
    .filter((line) => !/^(#|!|<!--)/.test(line))
    .join('\n')
    .replace(pattern, '·')

describe('files of rules', () => {
  for (const device of deviceNames.filter((one) => one !== 'csv'))
    it(`${device}: whatever a foreign catalogue says in words, the rules stay the same`, () => {
      const tame = structure[device](writeRules([hostile('? ?')], device).text)
      for (const text of hostileTexts)
        assert.equal(structure[device](writeRules([hostile(text)], device).text), tame, JSON.stringify(text))
    })

  it('csv: every text stays in its cell and no cell begins as a formula', () => {
    for (const text of hostileTexts) {
      const read = csvRows(writeRules([hostile(text)], 'csv').text)
      assert.ok(read.ok)
      assert.equal(read.rows.length, 2)
      assert.ok(read.rows.every(({ cells }) => cells.length === 16))
      for (const cell of read.rows[1]!.cells) assert.doesNotMatch(cell, /^[=+\-@|%\t\r]/)
    }
  })

  it('have only ASCII where the program that reads them knows no other', () => {
    for (const device of [
      'windows',
      'cisco-ios',
      'cisco-asa',
      'routeros',
      'fortigate',
      'palo-alto',
      'aws-terraform',
      'azure-terraform',
    ] as const)
      for (const language of ['en', 'sv', 'fr'] as const) {
        const { text } = writeRules([opening('téléphonie', { title: 'Öppna för samtal – nödläge' })], device, {
          language,
          site: 'Malmö',
        })
        // oxlint-disable-next-line no-control-regex
        assert.match(text, /^[\x09\x0a\x0d\x20-\x7e]*$/, device)
      }
  })

  it('are Terraform, line by line: no text is interpolated, every block is closed', () => {
    const text = '"[^"\\\\\n$%]*"'
    const value = `(${text}|\\[${text}(, ${text})*\\]|-?\\d+|var\\.[a-z_]+|[a-z_]+\\.[A-Za-z0-9_]+\\.[a-z]+|string)`
    const line = new RegExp(`^(#.*|(variable|resource)( "[A-Za-z0-9_]+"){1,2} \\{|  [a-z0-9_]+ += ${value}|\\}|)$`)
    const openings = [
      ...hostileTexts.map(hostile),
      opening('ping', { protocol: 'icmp', ports: [] }),
      opening('in', { direction: 'in' }),
    ]
    for (const device of ['aws-terraform', 'azure-terraform'] as const) {
      const lines = writeRules(openings, device, { site: hostileTexts[5]! }).text.split('\n')
      for (const one of lines) assert.match(one, line)
      assert.equal(lines.filter((one) => one.endsWith('{')).length, lines.filter((one) => one === '}').length)
    }
  })

  it('are PowerShell, line by line: commands with options whose texts are plain', () => {
    const line =
      /^(#.*|\$ErrorActionPreference = 'Stop'|Get-NetFirewallRule -Group 'Vaxel site' -ErrorAction SilentlyContinue \| Remove-NetFirewallRule|New-NetFirewallRule( -[A-Za-z]+ (Any|[A-Za-z0-9]+|'[^'\n]*'(,'[^'\n]*')*))+|)$/
    const openings = [
      ...hostileTexts.map(hostile),
      opening('ping', { protocol: 'icmp', ports: [] }),
      opening('in', { direction: 'in' }),
    ]
    for (const one of writeRules(openings, 'windows', { site: hostileTexts[1]! }).text.split('\r\n'))
      assert.match(one, line)
  })

  it('keep within the lengths that the devices have', () => {
    const long = opening('very-long-id-'.repeat(20), {
      requirementIds: Array.from({ length: 60 }, (_, at) => `requirement-${at}`),
      title: 'word '.repeat(400),
    })
    const longest = (device: DeviceName, pattern: RegExp): number =>
      Math.max(
        ...[...writeRules([long, long], device).text.matchAll(pattern)].map(([, text]) => Buffer.byteLength(text!)),
      )
    assert.ok(longest('nftables', /comment "(.*)"/g) < 128)
    assert.ok(longest('iptables', /--comment "(.*)"/g) < 256)
    assert.ok(longest('cisco-ios', /remark (.*)/g) <= 100)
    assert.ok(longest('cisco-asa', /remark (.*)/g) <= 100)
    assert.ok(longest('cisco-asa', /object-group network (\S+)/g) <= 64)
    assert.ok(longest('fortigate', /set name "(.*)"/g) <= 35)
    assert.ok(longest('fortigate', /set comments "(.*)"/g) <= 1023)
    assert.ok(longest('palo-alto', /security rules (\S+)/g) <= 63)
    assert.ok(longest('palo-alto', /description "(.*)"/g) <= 1024)
    assert.ok(longest('pfsense', /<name>(.*)<\/name>/g) <= 31)
    assert.ok(longest('opnsense', /<name>(.*)<\/name>/g) <= 31)
    assert.ok(longest('aws-terraform', /description {2,}= "(.*)"/g) <= 255)
    assert.ok(longest('azure-terraform', / {2}name {2,}= "(.*)"/g) <= 80)
    assert.ok(longest('azure-terraform', /description {2,}= "(.*)"/g) <= 140)
  })

  it('name every rule by its requirement, and each name once', () => {
    const openings = ['a', 'a.2', 'A-2', 'a 2'].map((id) => opening(id, { requirementIds: ['tp-media'] }))
    for (const device of deviceNames) {
      const { text } = writeRules(openings, device)
      assert.ok(text.includes('tp-media'), device)
    }
    const names = [...writeRules(openings, 'fortigate').text.matchAll(/set name "(.*)"/g)].map(([, name]) => name)
    assert.deepEqual(names, ['vaxel-a', 'vaxel-a-2', 'vaxel-A-2-2', 'vaxel-a-2-3'])
  })

  it('are the same, byte by byte, for the same openings', () => {
    const openings = [opening('one'), opening('two', { to: end([], ['sip.example.com']) })]
    for (const device of deviceNames) assert.deepEqual(writeRules(openings, device), writeRules(openings, device))
  })

  it('say what the device has no words for, and what to do, in three languages', () => {
    const openings = [
      opening('named', { to: end([], ['www.example.com']), protocol: 'tcp', ports: [{ from: 443, to: 443 }] }),
      opening('wild', { to: end([], ['*.example.com']), protocol: 'tcp', ports: [{ from: 443, to: 443 }] }),
      opening('families', { from: end(['10.0.0.0/8']), to: end(['2001:db8::1']) }),
      opening('broken', { to: end(['81.228.2.300', 'not a name']) }),
      opening('portless', { ports: [] }),
    ]
    const keys = (device: DeviceName): Record<string, string> =>
      Object.fromEntries(writeRules(openings, device).cannot.map(({ openingId, said }) => [openingId, said.key]))
    const always = { families: 'noCommonFamily', broken: 'noAddress', portless: 'noPorts' }
    for (const device of ['nftables', 'iptables', 'windows', 'cisco-ios', 'aws-terraform', 'azure-terraform'] as const)
      assert.deepEqual(keys(device), { named: 'noNames', wild: 'noNames', ...always }, device)
    for (const device of ['cisco-asa', 'palo-alto', 'pfsense', 'opnsense', 'routeros'] as const)
      assert.deepEqual(keys(device), { wild: 'noWildcards', ...always }, device)
    for (const device of ['fortigate', 'csv'] as const) assert.deepEqual(keys(device), always, device)
    for (const [language, words] of [
      ['en', 'NOT IN THIS FILE'],
      ['sv', 'INTE MED I FILEN'],
      ['fr', 'ABSENT DE CE FICHIER'],
    ] as const)
      assert.ok(writeRules(openings, 'nftables', { language }).text.includes(words))
  })

  it('hold looked-up addresses where a device knows no names, or any address where that is wanted', () => {
    const named = [
      opening('named', { to: end([], ['www.example.com']), protocol: 'tcp', ports: [{ from: 443, to: 443 }] }),
    ]
    const looked = writeRules(named, 'nftables', { addresses: { 'www.example.com': ['192.0.2.7'] } })
    assert.deepEqual(looked.cannot, [])
    assert.match(looked.text, /ip daddr 192\.0\.2\.7 tcp dport 443 accept/)
    const any = writeRules(named, 'nftables', { namesAsAny: true })
    assert.match(any.text, /ip saddr 10\.1\.0\.0\/16 tcp dport 443 accept/)
    assert.deepEqual(
      any.cannot.map(({ said }) => said.key),
      ['namesOpenedToAny'],
    )
  })

  it('warn of every address that had to be any', () => {
    const file = writeRules([opening('open', { from: end([]), to: end([]) })], 'cisco-asa')
    assert.equal(file.notes.filter(({ said }) => said.key === 'anyAddress').length, 2)
    assert.match(file.text, /permit udp any any object-group/)
  })

  it('split what a device holds no more of: 60 rules in a group of AWS, 15 ports in multiport, 1,000 rules of Azure', () => {
    const ports = Array.from({ length: 40 }, (_, at) => ({ from: 5000 + 2 * at, to: 5000 + 2 * at }))
    const many = Array.from({ length: 3 }, (_, at) => opening(`o${at}`, { ports }))
    const aws = writeRules(many, 'aws-terraform').text
    assert.equal([...aws.matchAll(/^resource "aws_security_group" /gm)].length, 2)
    for (const group of ['vaxel_site_1', 'vaxel_site_2'])
      assert.equal([...aws.matchAll(new RegExp(`aws_security_group.${group}.id`, 'g'))].length, 60)
    for (const [, list] of writeRules(many, 'iptables').text.matchAll(/--dports (\S+)/g))
      assert.ok(list!.split(',').length <= 15)
    const azure = writeRules(
      Array.from({ length: 1001 }, (_, at) => opening(`o${at}`)),
      'azure-terraform',
    )
    assert.deepEqual(
      azure.cannot.map(({ openingId, said }) => [openingId, said.key]),
      [['o1000', 'tooManyRules']],
    )
    const priorities = [...azure.text.matchAll(/priority += (\d+)/g)].map(([, value]) => Number(value))
    assert.equal(new Set(priorities).size, 1000)
    assert.ok(Math.min(...priorities) >= 100 && Math.max(...priorities) <= 4096)
  })

  it('let answers back where the device remembers no connections, and only there', () => {
    const both = [opening('media'), opening('web', { protocol: 'tcp', ports: [{ from: 443, to: 443 }] })]
    const ios = writeRules(both, 'cisco-ios').text
    assert.match(
      ios,
      /VAXEL-IN\n[^]*permit udp 81\.228\.2\.192 0\.0\.0\.31 range 20000 29999 10\.1\.0\.0 0\.0\.255\.255\n/,
    )
    assert.match(ios, /permit tcp 81\.228\.2\.192 0\.0\.0\.31 eq 443 10\.1\.0\.0 0\.0\.255\.255 established/)
    assert.doesNotMatch(writeRules(both, 'azure-terraform').text, /"Inbound"/)
    assert.doesNotMatch(writeRules(both, 'aws-terraform').text, /ingress/)
  })

  it('leave out by direction only what was asked for, and say so', () => {
    const file = writeRules([opening('out'), opening('within', { direction: 'inside' })], 'csv', {
      directions: ['out', 'in'],
    })
    assert.doesNotMatch(file.text, /within/)
    assert.deepEqual(
      file.notes.map(({ said }) => said),
      [{ key: 'leftOutByDirection', values: { count: 1 } }],
    )
  })
})
