import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BatchedNetwork } from './batched-network.ts'
import { loadLinuxSockets } from './linux-sockets.ts'
import type { UdpAddress } from './udp-address.ts'
import type { UdpSocket } from './udp-network.ts'

const system = loadLinuxSockets()
const frameMs = 20
/** What any Linux gives. */
const bufferBytes = 212_992
/** Before that, what is too much for a buffer may be control as well. */
const settledMs = 3000
const sound = 0x80
const control = 0x55

/**
 * Streams of a datagram in 20 ms each, to sockets of their own or to one for all, and a receiver that takes a time of its own for each datagram: what
 * passes is virtual, what waits waits in the system.
 */
class Flood {
  nowMs = 1_000_000
  costMs = 0
  readonly network: BatchedNetwork
  /** Of each stream that is sound: how late each datagram was handed on. */
  readonly delaysMs: { readonly atMs: number; readonly delayMs: number }[][] = []
  controlSent = 0
  controlReceived = 0
  readonly #outside: BatchedNetwork
  readonly #streams: { readonly from: UdpSocket; readonly to: UdpAddress }[] = []
  readonly #packet = Buffer.from(new ArrayBuffer(64))
  readonly #startMs = this.nowMs
  #dueMs = this.nowMs

  constructor() {
    assert.ok(system)
    this.network = new BatchedNetwork(
      system,
      () => this.nowMs,
      (packet) => packet[0] === sound,
    )
    this.#outside = new BatchedNetwork(system)
  }

  async open(streams: number, isShared: boolean): Promise<void> {
    const receive = (packet: Buffer, length: number) => this.#take(packet, length)
    const bind = async (network: BatchedNetwork) => {
      const socket = await network.bind({ address: '127.0.0.1', port: 0, bufferBytes, receive })
      assert.ok('send' in socket)
      return socket
    }
    const shared = await bind(this.network)
    for (let i = 0; i < streams; i++) {
      const to = isShared ? shared : await bind(this.network)
      this.#streams.push({ from: await bind(this.#outside), to: to.local })
      this.delaysMs.push([])
    }
  }

  /** Lets time pass: what is due is sent, then there is a turn. */
  pass(ms: number): void {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs; this.nowMs += 1) {
      while (this.#dueMs <= this.nowMs) this.#sendAll()
      this.network.poll(0)
    }
  }

  close(): void {
    this.network.close()
    this.#outside.close()
  }

  #sendAll(): void {
    for (const [i, { from, to }] of this.#streams.entries()) {
      const isControl = this.#dueMs % 1000 === 0 && this.#dueMs > this.#startMs + settledMs
      this.#packet[0] = isControl ? control : sound
      if (isControl) this.controlSent++
      this.#packet.writeUInt32BE(i, 4)
      this.#packet.writeDoubleBE(this.#dueMs, 8)
      from.send(this.#packet, 64, to)
    }
    this.#outside.flush()
    this.#dueMs += frameMs
  }

  #take(packet: Buffer, length: number): void {
    assert.equal(length, 64)
    this.nowMs += this.costMs
    if (packet[0] === control) this.controlReceived++
    else {
      const atMs = this.nowMs
      this.delaysMs[packet.readUInt32BE(4)]!.push({ atMs, delayMs: atMs - packet.readDoubleBE(8) })
    }
  }
}

describe('more datagrams than can be handed on', { skip: system === undefined }, () => {
  for (const isShared of [false, true]) {
    const where = isShared ? 'one port for all' : 'ports of their own'
    it(`delays none for long, and takes from all alike (${where})`, async () => {
      const flood = new Flood()
      await flood.open(100, isShared)
      // Twice what can be done: 40 ms of work each 20 ms.
      flood.costMs = 0.4
      flood.pass(6_000)
      const beganMs = flood.nowMs - 4_000
      const settled = flood.delaysMs.map((stream) => stream.filter(({ atMs }) => atMs > beganMs))
      const worstMs = Math.max(...settled.flat().map(({ delayMs }) => delayMs))
      assert.ok(worstMs < 200, `a datagram was ${worstMs} ms late`)
      const counts = settled.map((stream) => stream.length)
      const mean = counts.reduce((sum, count) => sum + count) / counts.length
      assert.ok(mean > 70, `only ${mean} of 200 were handed on, where 100 can be`)
      assert.ok(Math.min(...counts) > mean * 0.7, counts.join())
      assert.ok(flood.network.shed > 1000)

      flood.costMs = 0.04
      flood.pass(500)
      const shedMs = flood.nowMs
      const shed = flood.network.shed
      flood.pass(2000)
      assert.equal(flood.network.shed, shed, 'with room again, nothing is dropped')
      for (const stream of flood.delaysMs) {
        const after = stream.filter(({ atMs }) => atMs > shedMs)
        assert.ok(after.length >= 97 && after.every(({ delayMs }) => delayMs < frameMs), String(after.length))
      }
      assert.equal(flood.controlReceived, flood.controlSent, 'what is not sound is never dropped')
      flood.close()
    })
  }

  it('drops nothing after one long pause of the machine', async () => {
    const flood = new Flood()
    await flood.open(20, false)
    flood.costMs = 0.1
    flood.pass(1000)
    for (let pauses = 0; pauses < 3; pauses++) {
      flood.nowMs += 1500
      flood.pass(1000)
    }
    assert.equal(flood.network.shed, 0)
    const handedOn = flood.delaysMs.reduce((sum, stream) => sum + stream.length, 0) + flood.controlReceived
    assert.ok(handedOn >= (20 * (1000 + 3 * 2500)) / frameMs - 40, String(handedOn))
    flood.close()
  })
})
