import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BatchedNetwork } from './batched-network.ts'
import { loadLinuxSockets } from './linux-sockets.ts'
import { PortableNetwork } from './portable-network.ts'
import { UdpAddress } from './udp-address.ts'
import type { UdpNetwork, UdpSocket } from './udp-network.ts'

interface Kind {
  readonly name: string
  readonly make: () => UdpNetwork
  /** Lets datagrams that are on their way arrive. */
  readonly turn: (network: UdpNetwork) => Promise<void>
}

const system = loadLinuxSockets()
const kinds: Kind[] = [
  {
    name: 'PortableNetwork',
    make: () => new PortableNetwork(),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  },
]
if (system) {
  kinds.push({
    name: 'BatchedNetwork',
    make: () => new BatchedNetwork(system),
    turn: async (network) => void (network as BatchedNetwork).poll(10),
  })
}

for (const kind of kinds) {
  describe(kind.name, () => {
    for (const loopback of ['127.0.0.1', '::1']) {
      it(`carries datagrams both ways over ${loopback}, with the sender's address`, async () => {
        const network = kind.make()
        const got: string[] = []
        const echo = await bind(network, loopback, (buffer, length, from) => {
          buffer[0] = 0x41
          echo.send(buffer, length, from)
        })
        const near = await bind(network, loopback, (buffer, length, from) => {
          assert.ok(from.equals(echo.local), from.toString())
          got.push(buffer.toString('latin1', 0, length))
        })
        for (let i = 0; i < 100; i++) near.send(Buffer.from(`x${i}-and-more`), String(i).length + 1, echo.local)
        network.flush()
        for (let turns = 0; got.length < 100 && turns < 1000; turns++) await kind.turn(network)
        assert.deepEqual(
          got,
          Array.from({ length: 100 }, (_, i) => `A${i}`),
        )
        network.close()
      })
    }

    it('refuses a port in use and an address that is not here', async () => {
      const network = kind.make()
      const first = await bind(network, '127.0.0.1', () => {})
      const taken = { address: '127.0.0.1', port: first.local.port, receive: () => {} }
      assert.deepEqual(await network.bind(taken), { fault: 'EADDRINUSE' })
      assert.deepEqual(await network.bind({ ...taken, address: '192.0.2.1' }), { fault: 'EADDRNOTAVAIL' })
      assert.deepEqual(await network.bind({ ...taken, address: 'example.com' }), { fault: 'EINVAL' })
      first.close()
      first.close()
      const again = await network.bind(taken)
      assert.ok(!('fault' in again), 'a closed port is free again')
      network.close()
      network.close()
    })

    it('drops what is too long, and what goes to no address, without harm', async () => {
      const network = kind.make()
      const got: number[] = []
      const far = await bind(network, '127.0.0.1', (_, length) => got.push(length))
      const near = await bind(network, '127.0.0.1', () => {})
      near.send(Buffer.alloc(10), 10, new UdpAddress())
      near.send(Buffer.alloc(10), 10, UdpAddress.parse('::1', far.local.port)!)
      near.send(Buffer.alloc(0), 0, far.local)
      near.send(Buffer.alloc(1400), 1400, far.local)
      network.flush()
      for (let turns = 0; !got.includes(1400) && turns < 1000; turns++) await kind.turn(network)
      assert.deepEqual(
        got.filter((length) => length > 0),
        [1400],
      )
      network.close()
    })

    it('closes a socket from within its own receiver', async () => {
      const network = kind.make()
      let calls = 0
      const far: UdpSocket = await bind(network, '127.0.0.1', () => {
        calls++
        far.close()
      })
      const near = await bind(network, '127.0.0.1', () => {})
      for (let i = 0; i < 5; i++) near.send(Buffer.alloc(4), 4, far.local)
      network.flush()
      for (let turns = 0; calls === 0 && turns < 1000; turns++) await kind.turn(network)
      await kind.turn(network)
      assert.equal(calls, 1)
      network.close()
    })
  })
}

async function bind(
  network: UdpNetwork,
  address: string,
  receive: (buffer: Buffer, length: number, from: UdpAddress) => void,
): Promise<UdpSocket> {
  const socket = await network.bind({ address, port: 0, receive })
  assert.ok('local' in socket)
  return socket
}

describe('UdpAddress', () => {
  it('reads and writes both families', () => {
    for (const text of [
      '192.0.2.255',
      '::',
      '::1',
      '2001:db8::1:0:0:1',
      'fe80::1',
      '1:2:3:4:5:6:7:8',
      '::ffff:102:304',
    ])
      assert.equal(UdpAddress.parse(text, 1)?.address, text)
    assert.equal(UdpAddress.parse('::ffff:1.2.3.4', 1)?.address, '::ffff:102:304')
    assert.equal(String(UdpAddress.parse('::1', 5004)), '[::1]:5004')
  })

  it('takes no names, no zones and no impossible ports', () => {
    for (const text of ['localhost', 'fe80::1%eth0', '1.2.3', '', '1.2.3.4.5'])
      assert.equal(UdpAddress.parse(text, 1), undefined)
    assert.equal(UdpAddress.parse('1.2.3.4', 65_536), undefined)
  })

  it('tells addresses apart', () => {
    const one = UdpAddress.parse('192.0.2.1', 5004)!
    assert.ok(one.equals(one.copy()))
    assert.ok(!one.equals(UdpAddress.parse('192.0.2.1', 5005)!))
    assert.ok(one.hasIpOf(UdpAddress.parse('192.0.2.1', 5005)!))
    assert.ok(!one.hasIpOf(UdpAddress.parse('::c000:201', 5004)!), 'families are never mixed')
    assert.notEqual(one.hash(1), one.hash(2))
  })
})
