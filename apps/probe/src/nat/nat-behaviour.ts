import type { DatagramSocket, Endpoint } from '../path/datagram-socket.ts'
import type { StunClient, StunFound } from './stun-client.ts'
import { isSameAddress, writeBindingRequest } from './stun-message.ts'

/** Whether a way out is one for all far ends (RFC 4787 §4.1). */
export type Mapping =
  | 'none'
  | 'endpoint-independent'
  | 'address-dependent'
  | 'address-and-port-dependent'
  /** The same for two ports of one address; what another address would get, nobody could say. */
  | 'same-for-one-address'
  | 'not-tested'

/** Whom it lets in by that way (RFC 4787 §5). */
export type Filtering = 'endpoint-independent' | 'address-dependent' | 'address-and-port-dependent' | 'not-tested'

export interface NatBehaviour {
  readonly local: Endpoint
  /** As the server saw us. */
  readonly mapped: Endpoint
  readonly roundTripMs: number
  readonly mapping: Mapping
  readonly filtering: Filtering
  /** The outside port was the inside one, in so many of so many sockets. */
  readonly portsKept: { readonly kept: number; readonly of: number }
  /** Every public address that was seen, of all sockets; more than one: calls leave by several. */
  readonly publicAddresses: readonly string[]
  /** Two of the inside reach each other by their outside addresses (RFC 4787 §6). */
  readonly hairpins: boolean | 'not-tested'
  /** Why filtering, or mapping by another address, could not be tested. */
  readonly serverLacks?: 'second-address' | 'change-request'
}

export interface NatQuestion {
  readonly server: Endpoint
  /** More STUN ports of the same address, for servers with one address only. */
  readonly otherPorts?: readonly Endpoint[]
  /** How another port of the same address sees a socket, by other means than STUN; undefined when it does not say. */
  seenElsewhere?(socket: DatagramSocket): Promise<Endpoint | undefined>
}

/** What happened where nothing came back from the STUN server at all. */
export type NatFound =
  | { readonly ok: true; readonly behaviour: NatBehaviour }
  | { readonly ok: false; reason: 'silent' }

/** How the NAT in front of this machine behaves (RFC 5780 §4), each question from a socket that asked nothing else. */
export async function findNatBehaviour(stun: StunClient, question: NatQuestion): Promise<NatFound> {
  const { server } = question
  const seen: Seen[] = []
  const map = await stun.withSocket(server.address, (socket) => findMapping(stun, socket, question, seen))
  if (!map) return { ok: false, reason: 'silent' }
  const filter = await stun.withSocket(server.address, (socket) => findFiltering(stun, socket, server, map, seen))
  const hairpins = map.mapping === 'none' ? 'not-tested' : await findHairpin(stun, server, seen)
  const serverLacks = filter.serverLacks ?? (map.other ? undefined : 'second-address')
  return {
    ok: true,
    behaviour: {
      local: map.local,
      mapped: map.first.mapped,
      roundTripMs: map.first.roundTripMs,
      mapping: map.mapping,
      filtering: filter.filtering,
      portsKept: {
        kept: seen.filter(({ local, mapped }) => local.port === mapped.port).length,
        of: seen.length,
      },
      publicAddresses: [...new Set(seen.map(({ mapped }) => mapped.address))],
      hairpins,
      ...(serverLacks && { serverLacks }),
    },
  }
}

interface Seen {
  readonly local: Endpoint
  readonly mapped: Endpoint
}

interface MappingFound {
  readonly local: Endpoint
  readonly first: Extract<StunFound, { kind: 'success' }>
  readonly mapping: Mapping
  readonly other: Endpoint | undefined
}

/** RFC 5780 §4.3. One socket asks all: that its way stays the same is the question. */
async function findMapping(
  stun: StunClient,
  socket: DatagramSocket,
  { server, otherPorts = [], seenElsewhere }: NatQuestion,
  seen: Seen[],
): Promise<MappingFound | undefined> {
  const ask = async (to: Endpoint): Promise<Endpoint | undefined> => {
    const answer = await stun.ask(socket, { to })
    return answer?.kind === 'success' ? answer.mapped : undefined
  }
  const first = await stun.ask(socket, { to: server })
  if (first?.kind !== 'success') return undefined
  const { local } = socket
  seen.push({ local, mapped: first.mapped })
  const other = usefulOther(first.other, server)
  const found = { local, first, other }
  if (isSame(first.mapped, local)) return { ...found, mapping: 'none' }
  if (other) {
    const second = await ask({ address: other.address, port: server.port })
    if (second) seen.push({ local, mapped: second })
    if (second && isSame(first.mapped, second)) return { ...found, mapping: 'endpoint-independent' }
    const third = second && (await ask(other))
    if (second && third)
      return { ...found, mapping: isSame(second, third) ? 'address-dependent' : 'address-and-port-dependent' }
  }
  const elsewhere = [...otherPorts.map((port) => () => ask(port)), () => seenElsewhere?.(socket)]
  for (const look of elsewhere) {
    const second = await look()
    if (!second) continue
    seen.push({ local, mapped: second })
    const mapping = isSame(first.mapped, second) ? 'same-for-one-address' : 'address-and-port-dependent'
    return { ...found, mapping }
  }
  return { ...found, mapping: 'not-tested' }
}

/** RFC 5780 §4.4. Only the first address was spoken to by this socket; who else gets in? */
async function findFiltering(
  stun: StunClient,
  socket: DatagramSocket,
  server: Endpoint,
  { other }: MappingFound,
  seen: Seen[],
): Promise<{ filtering: Filtering; serverLacks?: 'second-address' | 'change-request' }> {
  const first = await stun.ask(socket, { to: server })
  if (first?.kind !== 'success') return { filtering: 'not-tested' }
  seen.push({ local: socket.local, mapped: first.mapped })
  const both = await stun.ask(socket, { to: server, change: { address: true, port: true } })
  // 420: it says that it cannot. Without a second address silence would say nothing of the NAT.
  if (both?.kind === 'error') return { filtering: 'not-tested', serverLacks: 'change-request' }
  if (!other) return { filtering: 'not-tested', serverLacks: 'second-address' }
  if (both) {
    const isElsewhere = !isSameAddress(both.from.address, server.address)
    return isElsewhere
      ? { filtering: 'endpoint-independent' }
      : { filtering: 'not-tested', serverLacks: 'change-request' }
  }
  const port = await stun.ask(socket, { to: server, change: { address: false, port: true } })
  if (port?.kind === 'error') return { filtering: 'not-tested', serverLacks: 'change-request' }
  if (port) return { filtering: port.from.port === server.port ? 'not-tested' : 'address-dependent' }
  // Silence counts only while the way is open: the same question without a change must still be answered.
  const control = await stun.ask(socket, { to: server })
  return { filtering: control ? 'address-and-port-dependent' : 'not-tested' }
}

/** RFC 5780 §3.4: one socket calls the other by the address that the server sees. */
async function findHairpin(stun: StunClient, server: Endpoint, seen: Seen[]): Promise<boolean | 'not-tested'> {
  return await stun.withSocket(server.address, async (callee) => {
    const found = await stun.ask(callee, { to: server })
    if (found?.kind !== 'success') return 'not-tested'
    seen.push({ local: callee.local, mapped: found.mapped })
    return await stun.withSocket(server.address, async (caller) => {
      const transactionId = stun.random(12)
      const bytes = writeBindingRequest({ transactionId })
      const { clock } = stun.place
      let heard = false
      let wake = (): void => {}
      callee.onDatagram((got) => {
        heard ||= got.length >= 20 && transactionId.every((byte, at) => got[8 + at] === byte)
        if (heard) wake()
      })
      for (const waitMs of [200, 400, 800]) {
        if (heard || stun.signal.aborted) break
        await caller.send(bytes, found.mapped)
        if (!heard)
          await new Promise<void>((resolve) => {
            const timer = clock.startTimer(waitMs, resolve)
            wake = () => {
              timer.stop()
              resolve()
            }
          })
      }
      return heard
    })
  })
}

/** A second address that differs; some servers behind NATs name their private one, or the same. */
function usefulOther(other: Endpoint | undefined, server: Endpoint): Endpoint | undefined {
  if (!other || other.port === 0 || isSameAddress(other.address, server.address) || other.port === server.port)
    return undefined
  return other
}

const isSame = (a: Endpoint, b: Endpoint): boolean => a.port === b.port && isSameAddress(a.address, b.address)
