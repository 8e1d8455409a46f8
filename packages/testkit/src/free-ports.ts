import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { createServer, type Server } from 'node:net'

const firstPort = 10_000
const lastPort = 31_999
const blockSize = 400

/**
 * A block of loopback ports that no other test process has: a listening socket on its first port is the claim, so
 * nothing is left behind by a process that dies. Below the kernel's range for outgoing connections.
 */
export class FreePorts {
  readonly #claims: Server[] = []
  #next = 0
  #end = 0

  private constructor() {}

  static async claim(): Promise<FreePorts> {
    const made = new FreePorts()
    await made.#claimBlock()
    return made
  }

  /** A port that is free for TCP and for UDP on 127.0.0.1. */
  async port(): Promise<number> {
    for (;;) {
      if (this.#next >= this.#end) await this.#claimBlock()
      const port = this.#next++
      if (await isFree(port)) return port
    }
  }

  /** `count` ports in a row, the first one even, as RTP likes it; never more than a block has. */
  async range(count: number): Promise<readonly [from: number, to: number]> {
    for (;;) {
      const from = this.#next + (this.#next % 2)
      if (from + count > this.#end) {
        assert.ok(count < blockSize - 1, `no ${count} ports in a row`)
        await this.#claimBlock()
        continue
      }
      const behind = (this.#next = from + count)
      const free = await Promise.all(Array.from({ length: count }, (_, i) => isFree(from + i)))
      const taken = free.lastIndexOf(false)
      if (taken < 0) return [from, behind - 1]
      // Goes on behind the one that is taken, unless somebody else has asked for more in the meantime.
      if (this.#next === behind) this.#next = from + taken + 1
    }
  }

  release(): void {
    for (const claim of this.#claims) claim.close()
  }

  /** Goes on in another block: what others have in this one may leave too little of it. */
  async #claimBlock(): Promise<void> {
    const blocks = Math.floor((lastPort + 1 - firstPort) / blockSize)
    const start = Math.floor(Math.random() * blocks)
    for (let i = 0; i < blocks; i++) {
      const base = firstPort + ((start + i) % blocks) * blockSize
      const claim = await listen(base)
      if (!claim) continue
      this.#claims.push(claim)
      this.#next = base + 1
      this.#end = base + blockSize
      return
    }
    throw new Error('no free block of ports between 10000 and 32000')
  }
}

async function listen(port: number): Promise<Server | undefined> {
  return await new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.unref()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server))
  })
}

async function isFree(port: number): Promise<boolean> {
  const tcp = await listen(port)
  if (!tcp) return false
  await new Promise((resolve) => tcp.close(resolve))
  return await new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(false))
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => socket.close(() => resolve(true)))
  })
}
