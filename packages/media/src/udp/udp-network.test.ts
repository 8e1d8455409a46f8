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
  const turn = async (network: UdpNetwork) => void (network as BatchedNetwork).poll(10)
  const now = () => performance.now()
  kinds.push(
    { name: 'BatchedNetwork', make: () => new BatchedNetwork(system), turn },
    { name: 'BatchedNetwork without io_uring', make: () => new BatchedNetwork(system, now, undefined, null), turn },
  )
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

    it('serves many sockets at once, each with its own datagrams, whatever some of them do', async () => {
      const network = kind.make()
      const pairs = 150
      const got: string[] = []
      const far: UdpSocket[] = []
      const near: UdpSocket[] = []
      const isOdd = (index: number) => index % 50 === 7
      for (let i = 0; i < pairs; i++) {
        const loopback = i % 3 === 0 ? '::1' : '127.0.0.1'
        const back = await bind(network, loopback, (buffer, length, from) => {
          assert.ok(from.equals(far[i]!.local), `${from} is not ${far[i]!.local}`)
          got.push(buffer.toString('latin1', 0, length))
        })
        near.push(back)
        const echo = await bind(network, loopback, (buffer, length, from) => {
          assert.ok(from.equals(near[i]!.local), `${from} is not ${near[i]!.local}`)
          // Some close themselves, and one that may have something too.
          if (isOdd(i)) for (const gone of [echo, far[i + 1]!]) gone.close()
          else echo.send(buffer, length, from)
        })
        far.push(echo)
      }
      const long = Buffer.alloc(3000)
      for (let round = 0; round < 3; round++) {
        for (let i = 0; i < pairs; i++)
          near[i]!.send(Buffer.from(`${round} of ${i}.`), `${round} of ${i}`.length, far[i]!.local)
        network.flush()
        for (let i = 0; i < pairs; i += 10) if (round === 1) near[i]!.send(long, 0, far[i]!.local)
        const wanted = (round + 1) * (pairs - 6)
        for (let turns = 0; got.filter(Boolean).length < wanted && turns < 200; turns++) await kind.turn(network)
      }
      const all = Array.from({ length: pairs }, (_, i) => i).filter((i) => !isOdd(i) && !isOdd(i - 1))
      const wanted = all.flatMap((i) => [0, 1, 2].map((round) => `${round} of ${i}`))
      const heard = got.filter((text) => text !== '' && !isOdd(Number(text.split(' ').at(-1)) - 1))
      assert.deepEqual(heard.toSorted(), wanted.toSorted())
      network.close()
    })

    it('goes on when a receiver throws', async () => {
      const network = kind.make()
      if (network instanceof PortableNetwork) return network.close()
      let calls = 0
      const fails = () => {
        calls++
        if (calls % 3 === 0) throw new Error('a fault of a receiver')
      }
      const far = await Promise.all(Array.from({ length: 40 }, () => bind(network, '127.0.0.1', fails)))
      const near = await bind(network, '127.0.0.1', () => {})
      for (let round = 0; round < 20; round++) {
        for (const { local } of far) near.send(Buffer.from('a'), 1, local)
        network.flush()
        for (let turns = 0; turns < 20; turns++) {
          try {
            await kind.turn(network)
          } catch (error) {
            assert.match(String(error), /a fault of a receiver/)
          }
        }
      }
      assert.ok(calls > 60, `${calls}`)
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
