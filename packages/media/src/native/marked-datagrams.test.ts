import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { eventually, FreePorts } from '@vaxel/testkit'
import { openMarkedDatagrams } from './marked-datagrams.ts'

for (const [family, host] of [
  [4, '127.0.0.1'],
  [6, '::1'],
] as const)
  describe(`marked datagrams over IPv${family}`, { skip: process.platform !== 'linux' }, () => {
    it('come back, and say how they were marked', async () => {
      const echo = createSocket(family === 4 ? 'udp4' : 'udp6')
      echo.bind(0, host)
      await once(echo, 'listening')
      echo.on('message', (bytes, from) => echo.send(bytes, from.port, from.address))
      const socket = openMarkedDatagrams({ address: host, port: echo.address().port })!
      assert.equal(socket.local.address, host)
      assert.ok(socket.local.port > 0)
      assert.ok(socket.mark(184))
      assert.equal(socket.receive(), undefined)
      assert.equal(socket.send(Buffer.from('marked')), undefined)
      const got = await eventually('the echo', () => socket.receive())
      assert.equal(Buffer.from(got.bytes).toString(), 'marked')
      // The far end does not mark.
      assert.equal(got.tos, 0)
      socket.close()
      echo.close()
    })

    it('tell that nobody is there, and are of no use once closed', async () => {
      const ports = await FreePorts.claim()
      const socket = openMarkedDatagrams({ address: host, port: await ports.port() })!
      assert.equal(socket.takeError(), undefined)
      assert.equal(socket.send(Buffer.from('anybody?')), undefined)
      const refused = await eventually('the ICMP error', () => socket.takeError())
      assert.deepEqual([refused.code, refused.origin, refused.by], ['ECONNREFUSED', 'icmp', host])
      assert.ok(socket.forbidFragments())
      socket.close()
      socket.close()
      assert.equal(socket.receive(), undefined)
      assert.equal(socket.send(Buffer.alloc(1)), 'EBADF')
      ports.release()
    })
  })

it('no address is a mistake of the caller', { skip: process.platform !== 'linux' }, () => {
  assert.throws(() => openMarkedDatagrams({ address: 'localhost', port: 1 }), /no IP address/)
})
