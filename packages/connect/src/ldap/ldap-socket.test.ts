import assert from 'node:assert/strict'
import dns from 'node:dns/promises'
import { once } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { describe, it } from 'node:test'
import type { ExternalDirectorySettings } from '@vaxel/core'
import { LdapError } from './ldap-faults.ts'
import { isNobodys, lastMessage, openLdapSocket } from './ldap-socket.ts'

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex')

describe('the first answer of a directory (RFC 4511 §4.1.1)', () => {
  it('is read to its result', () => {
    // An extended response: success, and one that refuses with a text.
    assert.deepEqual(lastMessage(bytes('30 0c 02 01 01 78 07 0a 01 00 04 00 04 00')), {
      operation: 0x78,
      result: 0,
      text: '',
    })
    assert.deepEqual(lastMessage(bytes('30 0e 02 01 01 78 09 0a 01 34 04 00 04 02 6e 6f')), {
      operation: 0x78,
      result: 52,
      text: 'no',
    })
    // Lengths in four bytes, as Active Directory writes them.
    const long = bytes('30 84 00 00 00 10 02 01 01 65 84 00 00 00 07 0a 01 00 04 00 04 00')
    assert.deepEqual(lastMessage(long), { operation: 0x65, result: 0, text: '' })
  })

  it('waits for the rest, and takes nothing behind it for the answer', () => {
    const whole = bytes('30 0c 02 01 01 78 07 0a 01 00 04 00 04 00')
    for (let length = 0; length < whole.length; length++) assert.equal(lastMessage(whole.subarray(0, length)), 'more')
    const behind = lastMessage(Buffer.concat([whole, bytes('30 05 02 01 02 61 00')]))
    assert.equal(typeof behind === 'object' && behind.operation, 0x61)
    assert.equal(lastMessage(Buffer.concat([whole, bytes('30 05 02')])), 'more')
  })

  it('is none of another protocol', () => {
    for (const text of ['220 mail ESMTP\r\n', 'HTTP/1.1 400\r\n', '\x30\x80\x00\x00'])
      assert.equal(lastMessage(Buffer.from(text, 'latin1')) ?? 'none', 'none', JSON.stringify(text))
  })

  it('never fails on bytes by chance', () => {
    let seed = 1
    const next = (): number => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16
    for (let i = 0; i < 20_000; i++) {
      const some = Buffer.from([0x30, ...Array.from({ length: next() % 24 }, () => next() & 0xff)])
      assert.doesNotThrow(() => lastMessage(some), some.toString('hex'))
    }
  })
})

describe('an address where no directory may be', () => {
  it('is that of a link, of nobody and of everybody, also in IPv6 form', () => {
    for (const address of ['0.0.0.0', '169.254.169.254', '224.0.0.1', '255.255.255.255', '::', 'fe80::1', 'ff02::1'])
      assert.equal(isNobodys(address), true, address)
    assert.equal(isNobodys('::ffff:169.254.169.254'), true)
    for (const address of ['10.0.0.5', '192.168.1.9', '127.0.0.1', '::1', 'fd12:3456::1', '8.8.8.8'])
      assert.equal(isNobodys(address), false, address)
  })
})

describe('a directory whose name leads to several servers', () => {
  it('is asked at the first one that answers, and the fault of the last is told when none does', async (t) => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      // A search result done: the root entry shows nothing.
      socket.on('data', () => socket.write(bytes('30 0c 02 01 01 65 07 0a 01 00 04 00 04 00')))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.close())
    const { port } = server.address() as AddressInfo
    const open = (...addresses: readonly string[]) => {
      t.mock.method(dns, 'lookup', async () => addresses.map((address) => ({ address, family: 4 })))
      syncBuiltinESMExports()
      const settings = { server: { host: 'acme.test', port, security: 'none' } }
      return openLdapSocket(settings as unknown as ExternalDirectorySettings)
    }
    t.after(() => {
      t.mock.restoreAll()
      syncBuiltinESMExports()
    })
    const { socket } = await open('169.254.0.1', '127.0.0.2', '127.0.0.1')
    assert.equal(socket.remoteAddress, '127.0.0.1')
    socket.destroy()
    const isFault = (trouble: string) => (error: unknown) => error instanceof LdapError && error.trouble === trouble
    await assert.rejects(open('127.0.0.2', '127.0.0.3'), isFault('port'))
    await assert.rejects(open('169.254.0.1'), isFault('network'))
  })
})
