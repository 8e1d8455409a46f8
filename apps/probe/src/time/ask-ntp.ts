import type { Clock } from '@vaxel/base'
import type { DatagramPlace } from '../path/datagram-socket.ts'
import { exchange } from '../path/exchange.ts'
import { type NtpReply, readNtpReply, writeNtpRequest } from './ntp-packet.ts'

export type NtpResult =
  | {
      readonly ok: true
      /** Of this machine's clock: positive when it is behind (RFC 5905 §8). */
      readonly offsetMs: number
      readonly roundTripMs: number
      readonly reply: NtpReply
    }
  /** `unsynchronised`: it answers, and says itself that its time is not to be used. */
  | { readonly ok: false; readonly fault: 'silent' | 'unsynchronised' | 'refused'; readonly detail: string }

/** Asks one time server by UDP; answers that do not give back the nonce, or come from elsewhere, are none. */
export async function askNtp(
  place: DatagramPlace,
  { address, port = 123 }: { readonly address: string; readonly port?: number },
  {
    random,
    clock,
    signal,
  }: { readonly random: (bytes: number) => Uint8Array; readonly clock: Clock; readonly signal?: AbortSignal },
): Promise<NtpResult> {
  const socket = await place.open(address)
  try {
    const nonce = new DataView(random(8).slice().buffer).getBigUint64(0)
    let atMs = 0
    const answer = await exchange(
      clock,
      socket,
      {
        bytes: writeNtpRequest(nonce),
        to: { address, port },
        read: (bytes, from) => {
          if (from.address !== address || from.port !== port) return undefined
          const reply = readNtpReply(bytes, clock.now())
          if (reply?.originate !== nonce) return undefined
          atMs = clock.now()
          return reply
        },
      },
      signal,
    )
    if (!answer) return { ok: false, fault: 'silent', detail: '' }
    const { value: reply, roundTripMs } = answer
    if (reply.stratum === 0) return { ok: false, fault: 'refused', detail: reply.reference }
    if (reply.stratum > 15 || reply.leap === 3)
      return { ok: false, fault: 'unsynchronised', detail: `stratum ${reply.stratum}` }
    const sentMs = atMs - roundTripMs
    const offsetMs = (reply.receiveMs - sentMs + (reply.transmitMs - atMs)) / 2
    return { ok: true, offsetMs, roundTripMs, reply }
  } finally {
    socket.close()
  }
}
