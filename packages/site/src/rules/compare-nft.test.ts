import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Opening, OpeningEnd } from '../plan/opening.ts'
import { compareRules } from './compare-rules.ts'
import { readRules } from './read/read-rules.ts'

const end = (...networks: readonly string[]): OpeningEnd => ({
  place: 'place',
  label: 'Place',
  any: false,
  networks,
  names: [],
})

const media: Opening = {
  id: 'media',
  requirementIds: ['media'],
  title: 'Media',
  lostIfMissing: 'No calls.',
  direction: 'out',
  from: end('10.1.0.0/16'),
  to: end('81.228.2.192/27'),
  protocol: 'udp',
  ports: [{ from: 20_000, to: 29_999 }],
  carries: 'SRTP',
  level: 'required',
}

const verdict = (text: string): string => compareRules([media], readRules(text, 'nftables')).verdict
/** A router's table around some lines of its forward chain. */
const forward = (...lines: readonly string[]): string =>
  [
    'table inet filter {',
    'chain forward {',
    'type filter hook forward priority filter; policy drop;',
    'ct state established,related accept',
    ...lines,
    '}',
    '}',
  ].join('\n')
const ends = 'ip saddr 10.1.0.0/16 ip daddr 81.228.2.192/27'
const accept = `${ends} udp dport 20000-29999 accept`

describe('rules of nftables', () => {
  it('are read to their end, whatever blanks stand between them', () => {
    const raw =
      'table ip raw { chain early { type filter hook prerouting priority raw; policy accept; udp dport 21000 drop; } }'
    for (const blank of ['\u00a0', '\f', '\v', '\ufeff', '\u3000'])
      assert.equal(verdict(`${forward(accept)}\n${blank}\n${raw}`), 'missing', blank.codePointAt(0)!.toString(16))
  })

  it('may name lists in lists over several lines', () => {
    const lists = 'define A = { 81.228.2.192/28 }\ndefine B = { 81.228.2.208/28 }\n'
    const line = 'ip saddr 10.1.0.0/16 ip daddr {\n\n  $A, # first\n  $B\n} udp dport 20000-29999 accept'
    assert.equal(verdict(lists + forward(line)), 'complete')
  })

  it('may hold maps without blanks, and with what is left first', () => {
    assert.equal(verdict(forward('udp dport vmap { 21000:drop }', accept)), 'missing')
    assert.equal(verdict(forward(`${ends} udp dport vmap {20000-29999:accept}`)), 'complete')
    assert.equal(verdict(forward(`${ends} udp dport vmap { * : drop, 20000-29999 : accept }`)), 'complete')
    const v6 = 'ip6 saddr vmap { fe80::1:accept, ::1 : drop }'
    assert.equal(verdict(forward(v6, accept)), 'tooOpen')
  })

  it('are not held for certain where a set counts, a protocol is a range, or a chain is at another hook', () => {
    for (const line of [
      'udp dport 20000-29999 add @floods { ip saddr limit rate over 10/second } drop',
      'meta l4proto 1-200 drop',
    ])
      assert.equal(verdict(forward(line, accept)), 'notUnderstood', line)
    assert.equal(
      verdict(forward(accept.replace('accept', 'add @seen { ip saddr limit rate 1/second } accept'))),
      'notUnderstood',
    )
    assert.equal(verdict(forward(accept.replace('accept', 'add @seen { ip saddr } accept'))), 'complete')
    const early = 'table inet x { chain i { type filter hook ingress device eth0 priority 0; udp dport 21000 drop; } }'
    assert.equal(verdict(`${forward(accept)}\n${early}`), 'notUnderstood')
  })

  it('are not held for certain where another file is read in, or a connection is not kept', () => {
    const include = 'include "/etc/nftables.d/*.nft"'
    assert.equal(verdict(forward(include, accept)), 'notUnderstood')
    assert.equal(verdict(forward(accept).replace('chain forward', `${include}\nchain forward`)), 'notUnderstood')
    const set = `set more {\ntype ipv4_addr\n${include}\n}\nchain forward`
    assert.equal(verdict(forward(accept).replace('chain forward', set)), 'notUnderstood')
    const raw = (line: string): string =>
      `table ip raw { chain early { type filter hook prerouting priority raw; ${line} } }\n${forward(accept)}`
    assert.equal(verdict(raw('udp dport 20000-29999 notrack')), 'notUnderstood')
    assert.equal(verdict(raw('udp dport 53 notrack')), 'complete')
    assert.equal(verdict(forward(`log prefix "x" flags tcp sequence,options ${accept}`)), 'complete')
  })

  it('that drop flags of TCP which no connection has are not held against it', () => {
    const web: Opening = { ...media, id: 'web', protocol: 'tcp', ports: [{ from: 443, to: 443 }] }
    const open = `${ends} tcp dport 443 accept`
    const said = (...lines: readonly string[]): string =>
      compareRules([web], readRules(forward(...lines), 'nftables')).verdict
    for (const line of [
      'tcp flags & (fin | syn | rst | ack) != syn ct state new drop',
      'tcp flags & (fin|syn) == (fin|syn) drop',
      'tcp flags != syn / fin,syn,rst,ack ct state new counter packets 0 bytes 0 drop',
      'tcp flags fin,syn / fin,syn drop',
      'tcp flags & (fin|syn|rst|psh|ack|urg) == 0x0 drop',
      'tcp flags & (fin|syn|rst|psh|ack|urg) == fin|syn|rst|psh|ack|urg drop',
    ])
      assert.equal(said(line, open), 'complete', line)
    for (const line of ['tcp flags & (fin|syn|rst|ack) == syn drop', 'tcp flags syn / fin,syn,rst,ack drop'])
      assert.equal(said(line, open), 'missing', line)
    for (const line of ['tcp flags syn drop', 'tcp flags & ( fin == syn drop', 'tcp flags & (syn) == $x drop'])
      assert.equal(said(line, open), 'notUnderstood', line)
    assert.equal(verdict(forward('tcp flags syn / fin,syn,rst,ack drop', accept)), 'complete')
  })

  it('put in first by the thousand stand the last first', () => {
    const insert = (line: string): string => `insert rule inet filter forward ${line}`
    const others = Array.from({ length: 3000 }, (_, at) => insert(`ip saddr 192.0.2.1 tcp dport ${at + 1} drop`))
    const drop = insert('udp dport 21000 ct state new drop')
    assert.equal(verdict([forward(), drop, ...others, insert(accept)].join('\n')), 'complete')
    assert.equal(verdict([forward(), insert(accept), ...others, drop].join('\n')), 'missing')
  })
})

describe('rules of nftables as JSON', () => {
  const table = { family: 'inet', table: 'filter' }
  const chain = { ...table, name: 'forward', type: 'filter', hook: 'forward', prio: 0, policy: 'drop' }
  const is = (protocol: string, field: string, right: unknown) => ({
    match: { op: '==', left: { payload: { protocol, field } }, right },
  })
  const rule = (...expr: readonly unknown[]) => ({ rule: { ...table, chain: 'forward', expr } })
  const open = rule(
    is('ip', 'saddr', { prefix: { addr: '10.1.0.0', len: 16 } }),
    is('ip', 'daddr', { prefix: { addr: '81.228.2.192', len: 27 } }),
    is('udp', 'dport', { range: [20_000, 29_999] }),
    { accept: null },
  )
  const established = rule(
    { match: { op: 'in', left: { ct: { key: 'state' } }, right: ['established', 'related'] } },
    { accept: null },
  )
  const json = (...entries: readonly unknown[]): string =>
    verdict(JSON.stringify({ nftables: [{ chain }, established, ...entries, open] }))

  it('say of a table that it sleeps, of a set that it changes, in a list or alone', () => {
    assert.equal(json(), 'complete')
    for (const flags of ['dormant', ['dormant']])
      assert.equal(json({ table: { family: 'inet', name: 'filter', flags } }), 'notUnderstood')
    for (const flags of ['dynamic', ['dynamic'], 'timeout'])
      assert.equal(
        json({ set: { ...table, name: 'banned', flags } }, rule(is('ip', 'saddr', '@banned'), { drop: null })),
        'notUnderstood',
      )
  })

  it('are not held for certain where a set counts', () => {
    const add = { op: 'add', elem: { payload: { protocol: 'ip', field: 'saddr' } }, set: '@floods' }
    const limit = { limit: { rate: 10, per: 'second', inv: true } }
    assert.equal(json(rule({ set: { ...add, stmt: [limit] } }, { drop: null })), 'notUnderstood')
    assert.equal(json(rule({ set: add }, { drop: null })), 'missing')
  })
})
