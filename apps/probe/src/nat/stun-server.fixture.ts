import { readIp } from '@vaxel/site'

import type { Endpoint as Address } from '../path/datagram-socket.ts'

/** As much of a network in memory as a server needs. */
interface Net {
  bind(
    local: Address,
    receive: (bytes: Uint8Array, from: Address) => void,
  ): { readonly local: Address; send(bytes: Uint8Array, to: Address): void }
}

/** A STUN server in memory: with two addresses as RFC 5780 §6 describes it, or one that can only answer from where it was asked. */
export function stunServer(
  net: Net,
  { primary, other }: { primary: Address; other?: Address },
  onRequest: (from: Address) => boolean = () => true,
): void {
  const addresses = other ? [primary.address, other.address] : [primary.address]
  const ports = other ? [primary.port, other.port] : [primary.port]
  const places = addresses.flatMap((address) => ports.map((port) => ({ address, port })))
  const sockets = places.map((place) => net.bind(place, (bytes, from) => answer(place, bytes, from)))
  const at = (address: string, port: number) =>
    sockets.find(({ local }) => local.address === address && local.port === port)!

  function answer(place: Address, bytes: Uint8Array, from: Address): void {
    if (!onRequest(from)) return
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    let [flags, responsePort] = [0, from.port]
    for (let offset = 20; offset < bytes.length; offset += 8) {
      if (view.getUint16(offset) === 0x0003) flags = view.getUint32(offset + 4)
      if (view.getUint16(offset) === 0x0027) responsePort = view.getUint16(offset + 4)
    }
    const id = bytes.subarray(4, 20)
    const own = at(place.address, place.port)
    if (!other && bytes.length > 20) {
      own.send(message(0x0111, id, [[0x0009, Uint8Array.of(0, 0, 4, 20)]]), from)
      return
    }
    const source = {
      address: other && flags & 4 ? swap(place.address, addresses) : place.address,
      port: other && flags & 2 ? swap(place.port, ports) : place.port,
    }
    const attributes: [number, Uint8Array][] = [[0x0020, xored(from, id)]]
    if (other)
      attributes.push([0x802c, plain({ address: swap(place.address, addresses), port: swap(place.port, ports) })])
    at(source.address, source.port).send(message(0x0101, id, attributes), { ...from, port: responsePort })
  }
}

const swap = <T>(value: T, [a, b]: readonly T[]): T => (value === a ? b! : a!)

function message(type: number, id: Uint8Array, attributes: readonly [number, Uint8Array][]): Uint8Array {
  const body = attributes.flatMap(([kind, value]) => [kind >> 8, kind & 255, 0, value.length, ...value])
  return Uint8Array.of(type >> 8, type & 255, 0, body.length, ...id, ...body)
}

function plain({ address, port }: Address): Uint8Array {
  const { value } = readIp(address)!
  const bytes = [24n, 16n, 8n, 0n].map((shift) => Number((value >> shift) & 255n))
  return Uint8Array.of(0, 1, port >> 8, port & 255, ...bytes)
}

const xored = (from: Address, id: Uint8Array): Uint8Array =>
  plain(from).map((byte, at) => (at < 2 ? byte : byte ^ id[at < 4 ? at - 2 : at - 4]!))
