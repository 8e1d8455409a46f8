import type { Socket } from 'node:dgram'
import { type HomeNetwork, runTool, serverAddress, udpSocketIn } from '@vaxel/testkit'

/** What a gateway does to a message from a phone, and to one to it. */
export interface Rewriting {
  out(text: string, addresses: GatewayAddresses): string
  in?(text: string, addresses: GatewayAddresses): string
}

export interface GatewayAddresses {
  /** Of the phone, in its home. */
  readonly inside: string
  readonly outside: string
}

const parts = (text: string): [head: string, body: string] => {
  const split = text.indexOf('\r\n\r\n') + 4
  return [text.slice(0, split), text.slice(split)]
}
const inBody = (text: string, change: (body: string) => string): string => {
  const [head, body] = parts(text)
  return head + change(body)
}
/** The length is counted again. */
const counted = (text: string): string => {
  const [head, body] = parts(text)
  return head.replace(/^(Content-Length:\s*)\d+/im, `$1${Buffer.byteLength(body)}`) + body
}
const inContact = (text: string, from: string, to: string): string =>
  text.replace(/^(Contact:[^\r\n]*)/im, (contact: string) => contact.replace(from, to))

/** What routers on sale have been seen to do. */
export const brokenGateways = {
  descriptionOnly: {
    out: (text, { inside, outside }) => counted(inBody(text, (body) => body.replaceAll(inside, outside))),
  },
  contactOnly: { out: (text, { inside, outside }) => inContact(text, inside, outside) },
  lengthForgotten: {
    out: (text, { inside, outside }) => inBody(text, (body) => body.replaceAll(inside, outside)),
  },
  staleContact: { out: (text, { inside }) => inContact(text, inside, '198.51.100.77') },
  ourContact: {
    out: (text) => text,
    in: (text) => inContact(text, serverAddress, '192.168.1.1'),
  },
} satisfies Record<string, Rewriting>

/**
 * A SIP gateway in a home's router that gets it wrong: takes what phones send to port 5060 over UDP, rewrites it, and
 * sends it on from a port of its own, one for each phone; back likewise.
 */
export class BrokenGateway {
  readonly #home: HomeNetwork
  readonly #rewriting: Rewriting
  readonly #inner: Socket
  readonly #outer = new Map<string, Promise<Socket>>()

  private constructor(home: HomeNetwork, rewriting: Rewriting, inner: Socket) {
    this.#home = home
    this.#rewriting = rewriting
    this.#inner = inner
    inner.on('message', (bytes, { address, port }) => void this.#pass(bytes, address, port))
  }

  static async install(home: HomeNetwork, rewriting: Rewriting): Promise<BrokenGateway> {
    const rule = 'add chain ip home caught { type nat hook prerouting priority -110; }'
    const nft = (...words: string[]) => runTool('ip', ['netns', 'exec', home.router, 'nft', words.join(' ')])
    nft(rule)
    nft('add rule ip home caught iifname "lan" udp dport 5060 redirect')
    // The gateway's own ways out are let back in.
    nft('insert rule ip home closed iifname "wan" udp dport 5070-5099 accept')
    return new BrokenGateway(home, rewriting, await udpSocketIn(home.router, '192.168.1.1', 5060))
  }

  close(): void {
    this.#inner.close()
    for (const socket of this.#outer.values()) void socket.then((open) => open.close())
  }

  async #pass(bytes: Buffer, address: string, port: number): Promise<void> {
    const key = `${address}:${port}`
    const number = this.#outer.size
    let outer = this.#outer.get(key)
    if (!outer) this.#outer.set(key, (outer = this.#open(address, port, 5070 + number)))
    const text = bytes.toString('latin1')
    const sent = text.includes('SIP/2.0') ? this.#rewriting.out(text, this.#addresses(address)) : text
    ;(await outer).send(Buffer.from(sent, 'latin1'), 5060, serverAddress)
  }

  async #open(address: string, port: number, outerPort: number): Promise<Socket> {
    const socket = await udpSocketIn(this.#home.router, this.#home.publicAddress, outerPort)
    socket.on('message', (bytes) => {
      const text = bytes.toString('latin1')
      const passed = this.#rewriting.in?.(text, this.#addresses(address)) ?? text
      this.#inner.send(Buffer.from(passed, 'latin1'), port, address)
    })
    return socket
  }

  #addresses = (inside: string): GatewayAddresses => ({ inside, outside: this.#home.publicAddress })
}
