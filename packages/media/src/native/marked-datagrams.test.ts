import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, it } from 'node:test'
import { eventually } from '@vaxel/testkit/program'
import { FreePorts } from '@vaxel/testkit/free-ports'
import { openMarkedDatagrams } from './marked-datagrams.ts'
import { tcpSegmentBytes } from './tcp-segment.ts'

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

it('tells how much a segment of TCP carries, and nothing of a closed port', {
  skip: process.platform !== 'linux',
}, async () => {
  const server = createServer((socket) => socket.on('error', () => {}))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const bytes = await tcpSegmentBytes({ address: '127.0.0.1', port }, 2_000)
  // The loopback interface carries 65,536 bytes.
  assert.ok(bytes !== undefined && bytes > 1_500 && bytes <= 65_496, String(bytes))
  server.close()
  await once(server, 'close')
  assert.equal(await tcpSegmentBytes({ address: '127.0.0.1', port }, 50), undefined)
  await assert.rejects(tcpSegmentBytes({ address: 'nowhere', port }, 50), /no IP address/)
})
