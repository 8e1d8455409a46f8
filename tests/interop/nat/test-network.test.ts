import assert from 'node:assert/strict'
import { createSocket, type Socket } from 'node:dgram'
import { afterEach, describe, it } from 'node:test'
import {
  becomeInternet,
  eventually,
  hasOwnNetwork,
  HomeNetwork,
  type NatKind,
  type Place,
  runInOwnNetwork,
  runTool,
  serverAddress,
  udpSocketIn,
  undisturbed,
} from '@vaxel/testkit'

interface Heard {
  readonly text: string
  readonly from: string
  readonly atMs: number
}

/** Those of the test that runs, which fails at once and not by its time where one of them would keep it alive. */
const open: Socket[] = []

/** A socket that keeps what it hears, until its test is over. */
function listenTo(socket: Socket): Heard[] {
  open.push(socket)
  const heard: Heard[] = []
  socket.on('message', (bytes, { address, port }) =>
    heard.push({ text: bytes.toString(), from: `${address}:${port}`, atMs: performance.now() }),
  )
  return heard
}

async function socketAt(address: string, port = 0): Promise<{ socket: Socket; heard: Heard[] }> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind({ port, address }, resolve))
  return { socket, heard: listenTo(socket) }
}

async function hostIn(place: Place): Promise<{ socket: Socket; heard: Heard[] }> {
  const socket = await udpSocketIn(place.namespace, place.address, 4000)
  return { socket, heard: listenTo(socket) }
}

/** What each kind lets in: from the same port, another port, another address of who was spoken to. */
const kinds: Readonly<Record<NatKind, { enters: readonly string[]; oneMapping: boolean }>> = {
  'full-cone': { enters: ['same', 'other port', 'other address'], oneMapping: true },
  'address-restricted': { enters: ['same', 'other port'], oneMapping: true },
  'port-restricted': { enters: ['same'], oneMapping: true },
  symmetric: { enters: ['same'], oneMapping: false },
}

if (hasOwnNetwork())
  describe('the test network itself', () => {
    becomeInternet()
    runTool('ip', ['address', 'add', '203.0.113.2/32', 'dev', 'lo'])
    afterEach(() => {
      for (const socket of open.splice(0)) socket.close()
    })

    for (const kind of Object.keys(kinds) as NatKind[])
      it(`a ${kind} router maps and filters as its name says (RFC 4787)`, async () => {
        const home = await HomeNetwork.make({ kind })
        const host = await hostIn(home.addHost())
        const [same, otherPort] = [await socketAt(serverAddress), await socketAt(serverAddress)]
        const otherAddress = await socketAt('203.0.113.2')
        host.socket.send('hello', same.socket.address().port, serverAddress)
        const { from } = await eventually('the first packet', () => same.heard[0])
        assert.ok(from.startsWith(`${home.publicAddress}:`), from)
        const port = Number(from.split(':')[1])
        // The order tells when the last one would have come.
        for (const [{ socket }, text] of [
          [otherAddress, 'other address'],
          [otherPort, 'other port'],
          [same, 'same'],
        ] as const)
          socket.send(text, port, home.publicAddress)
        await eventually('the answer', () => host.heard.some(({ text }) => text === 'same'))
        const { enters, oneMapping } = kinds[kind]
        assert.deepEqual(host.heard.map(({ text }) => text).sort(), [...enters].sort())
        host.socket.send('and you', otherAddress.socket.address().port, '203.0.113.2')
        const second = await eventually('the second mapping', () => otherAddress.heard[0])
        assert.equal(second.from === from, oneMapping, `${from}, then ${second.from}`)
      })

    it('a router forgets a way that was quiet for its time, and keeps one that is used', async () => {
      const home = await HomeNetwork.make({ kind: 'port-restricted', bindingSeconds: 1 })
      const host = await hostIn(home.addHost())
      const used = await socketAt(serverAddress)
      used.socket.on('message', (text, { address, port }) => used.socket.send(text, port, address))
      // One for each look: whoever looks into a way uses it.
      const ways = await Promise.all(Array.from({ length: 100 }, () => socketAt(serverAddress)))
      const openedMs = performance.now()
      for (const { socket } of ways) host.socket.send('hello', socket.address().port, serverAddress)
      await eventually('the packets', () => ways.every(({ heard }) => heard.length > 0))
      const port = Number(ways[0]!.heard[0]!.from.split(':')[1])
      let looks = 0
      const isOpen = async () => {
        const text = `${looks}`
        const way = ways[looks++]
        assert.ok(way, 'every way is still open')
        await new Promise((resolve) => way.socket.send(text, port, home.publicAddress, resolve))
        // The order tells when it would have come.
        host.socket.send(`after ${text}`, used.socket.address().port, serverAddress)
        await eventually('the answer', () => host.heard.some((heard) => heard.text === `after ${text}`))
        return host.heard.some((heard) => heard.text === text)
      }
      assert.ok(await isOpen(), 'a way that was just opened')
      await eventually('a way closed', async () => !(await isOpen()))
      const quietMs = performance.now() - openedMs
      assert.ok(quietMs > 900, `forgotten after ${quietMs} ms`)
    })

    it('a router whose public address changes is seen from the new one', async () => {
      const home = await HomeNetwork.make({ kind: 'port-restricted' })
      const host = await hostIn(home.addHost())
      const server = await socketAt(serverAddress)
      const say = () => host.socket.send('hello', server.socket.address().port, serverAddress)
      say()
      const before = home.publicAddress
      await eventually('the first', () => server.heard.some(({ from }) => from.startsWith(`${before}:`)))
      home.changePublicAddress()
      say()
      await eventually('the next', () => server.heard.some(({ from }) => from.startsWith(`${home.publicAddress}:`)))
    })

    it('the impairing link loses, delays, shakes, reorders and doubles as asked, measured on 2,000 packets', () =>
      undisturbed(measuresTheLink))
    async function measuresTheLink(): Promise<void> {
      const line = { seed: 7, lossRatio: 0.05, delayMs: 40, jitterMs: 10, reorderRatio: 0.02, duplicateRatio: 0.01 }
      const home = await HomeNetwork.make({ kind: 'port-restricted', line })
      const host = await hostIn(home.addHost())
      const server = await socketAt(serverAddress)
      const count = 2000
      const sentAtMs: number[] = []
      for (let i = 0; i < count; i++) {
        sentAtMs.push(performance.now())
        host.socket.send(String(i), server.socket.address().port, serverAddress)
        if (i % 5 === 4) await new Promise((resolve) => setTimeout(resolve, 1))
      }
      await eventually('the last ones', () => server.heard.some(({ text }) => Number(text) > count - 20))
      await new Promise((resolve) => setTimeout(resolve, 200))
      const numbers = server.heard.map(({ text }) => Number(text))
      const once = new Set(numbers)
      const lost = 1 - once.size / count
      const doubled = (numbers.length - once.size) / once.size
      const delays = server.heard.map(({ text, atMs }) => atMs - sentAtMs[Number(text)]!).sort((a, b) => a - b)
      const [low, middle] = [0.03, 0.5].map((part) => delays[Math.floor(part * delays.length)]!) as [number, number]
      let highest = -1
      let overtaken = 0
      for (const number of numbers) {
        if (number < highest) overtaken++
        highest = Math.max(highest, number)
      }
      const what = JSON.stringify({ lost, doubled, low, middle, overtaken })
      assert.ok(lost > 0.035 && lost < 0.065, what)
      assert.ok(doubled > 0.003 && doubled < 0.02, what)
      assert.ok(low >= 14 && middle >= 38 && middle < 75, what)
      assert.ok(overtaken > 0, what)
      await home.close()
    }
  })
else
  it('the test network itself, in a network of its own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
