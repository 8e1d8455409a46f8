import { lookup } from 'node:dns/promises'
import { BlockList, connect, isIP, type Socket } from 'node:net'
import { connect as connectTls, rootCertificates, type TLSSocket } from 'node:tls'
import type { ExternalDirectorySettings } from '@vaxel/core'
import { LdapError, ldapErrorOf } from './ldap-faults.ts'

/** To connect, to shake hands, to answer the first question: each. */
const stepLimitMs = 15_000
/** Of one name, each with a step of its own. */
const mostAddresses = 8
/** A whole reading of a large directory is some hundred million bytes; more is an attack or a mistake. */
const mostBytes = 2 ** 30
/** Between two answers: a page, or a photo. */
const mostBytesOfAnswer = 256 * 2 ** 20

/** Asks for TLS (RFC 4511 §4.14): an extended request with the OID 1.3.6.1.4.1.1466.20037, as message 1. */
const startTlsRequest = Buffer.concat([
  Buffer.from([0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16]),
  Buffer.from('1.3.6.1.4.1.1466.20037', 'latin1'),
])
/** Asks the root entry for nothing (RFC 4511 §5.1 of RFC 4512): a search at '' of the base alone for the attribute 1.1. */
const rootRequest = Buffer.concat([
  Buffer.from([0x30, 0x2a, 0x02, 0x01, 0x01, 0x63, 0x25, 0x04, 0x00, 0x0a, 0x01, 0x00, 0x0a, 0x01, 0x00]),
  Buffer.from([0x02, 0x01, 0x01, 0x02, 0x01, 0x0f, 0x01, 0x01, 0x00, 0x87, 0x0b]),
  Buffer.from('objectClass', 'latin1'),
  Buffer.from([0x30, 0x05, 0x04, 0x03]),
  Buffer.from('1.1', 'latin1'),
])

/** Networks where no directory is: a link, nobody, everybody. Where clouds tell their machines secrets is among them. */
const nobodysNetworks = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  nobodysNetworks.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 128],
  ['fe80::', 10],
  ['ff00::', 8],
  ['fd00:ec2::', 32],
] as const)
  nobodysNetworks.addSubnet(network, bits, 'ipv6')

/** A connection on which LDAP is spoken, and how many bytes have come. */
export interface LdapSocket {
  /** Paused: whoever takes its data resumes it. */
  readonly socket: Socket | TLSSocket
  /** An answer has been dealt with: the bytes of the next one are counted anew. */
  answered(): void
}

/**
 * Connects to a directory. What an administrator has typed is sent only after the server has shown that it speaks LDAP: before that, the bytes are
 * fixed, so that nothing else can be told anything through it. Throws {@link LdapError}.
 */
export async function openLdapSocket({ server, trusted }: ExternalDirectorySettings): Promise<LdapSocket> {
  const { host, port, security } = server
  const raw = await connectFirst(await addressesOf(host), port)
  try {
    if (security === 'none') {
      await askFirst(raw, rootRequest, [0x64, 0x65, 0x73])
      return counted(raw)
    }
    if (security === 'starttls') {
      const answer = await askFirst(raw, startTlsRequest, [0x78])
      if (answer.result !== 0)
        throw new LdapError('tls', `the server refuses StartTLS: ${answer.text || `result ${answer.result}`}`)
    }
    const tls = connectTls({
      socket: raw,
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      minVersion: 'TLSv1.2',
      ...(trusted === undefined ? {} : { ca: [...rootCertificates, trusted] }),
    })
    return counted(await opened(tls, 'secureConnect'))
  } catch (error) {
    raw.destroy()
    throw ldapErrorOf(error, 'tls')
  }
}

/** Ends a connection on which more comes than a directory has. */
function counted(socket: Socket | TLSSocket): LdapSocket {
  let bytes = 0
  let bytesOfAnswer = 0
  socket.on('data', (data: Buffer) => {
    bytes += data.length
    bytesOfAnswer += data.length
    if (bytes > mostBytes || bytesOfAnswer > mostBytesOfAnswer)
      socket.destroy(new LdapError('limit', 'the server sends more than a directory has'))
  })
  // Listening alone must not make the data flow before somebody reads it.
  socket.pause()
  return {
    socket,
    answered: () => {
      bytesOfAnswer = 0
    },
  }
}

/** Where directories may be; at least one. */
async function addressesOf(host: string): Promise<readonly string[]> {
  const found = isIP(host) === 0 ? await resolved(host) : [host]
  const addresses = found.filter((one) => !isNobodys(one)).slice(0, mostAddresses)
  if (addresses.length === 0)
    throw new LdapError('network', `${host} leads to ${found[0] ?? 'nothing'}, where no directory may be`)
  return addresses
}

/**
 * Connects to the first address that answers: the name of a domain leads to all its controllers, and one of them may be off. Throws the
 * {@link LdapError} of the last.
 * @param addresses IP literals, at least one
 */
async function connectFirst(addresses: readonly string[], port: number): Promise<Socket> {
  let last: unknown
  for (const host of addresses)
    try {
      return await opened(connect({ host, port }), 'connect')
    } catch (error) {
      last = error
    }
  throw last
}

async function resolved(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address)
  } catch (error) {
    throw new LdapError('name', `${host}: ${(error as { code?: string }).code ?? 'the name is not known'}`)
  }
}

/** @example isNobodys('169.254.169.254') // true */
export function isNobodys(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return isNobodys(mapped)
  const family = isIP(address)
  return family === 0 || /^::ffff:/i.test(address) || nobodysNetworks.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

function opened<S extends Socket>(socket: S, event: 'connect' | 'secureConnect'): Promise<S> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      socket.destroy()
      reject(ldapErrorOf(error, event === 'connect' ? 'port' : 'tls'))
    }
    const limit = setTimeout(() => fail(new LdapError('silence', 'no answer in 15 s')), stepLimitMs)
    const settle = (): void => {
      clearTimeout(limit)
      socket.off('error', failed).off('close', closed)
    }
    const failed = (error: Error): void => {
      settle()
      fail(error)
    }
    const closed = (): void => failed(new LdapError(event === 'connect' ? 'port' : 'tls', 'the server hung up'))
    socket.once('error', failed).once('close', closed)
    socket.once(event, () => {
      settle()
      // Whoever uses it listens too; a fault between two listeners is nobody's end.
      socket.on('error', () => {})
      resolve(socket)
    })
  })
}

interface FirstAnswer {
  readonly result: number
  readonly text: string
}

const longestFirstAnswer = 4096

/** Sends fixed bytes and reads one answer, of one of these operations and in whole: bytes behind it would be somebody's who stands between. */
function askFirst(socket: Socket, request: Buffer, operations: readonly number[]): Promise<FirstAnswer> {
  return new Promise((resolve, reject) => {
    let got = Buffer.alloc(0)
    const settle = (work: () => void): void => {
      clearTimeout(limit)
      socket.pause()
      socket.off('data', take).off('error', fail).off('close', close)
      work()
    }
    const fail = (error: Error): void => settle(() => reject(ldapErrorOf(error, 'lost')))
    const close = (): void => fail(new LdapError('protocol', 'the server hung up on the first question'))
    const noLdap = (): void => fail(new LdapError('protocol', 'what answers there speaks no LDAP'))
    const limit = setTimeout(() => fail(new LdapError('silence', 'no answer in 15 s')), stepLimitMs)
    const take = (data: Buffer): void => {
      got = Buffer.concat([got, data])
      const last = lastMessage(got)
      if (last === 'more' && got.length <= longestFirstAnswer) return
      if (last === 'more' || last === undefined || !operations.includes(last.operation)) return noLdap()
      // An entry comes before its result.
      if (last.operation !== 0x64 && last.operation !== 0x73) settle(() => resolve(last))
    }
    socket.on('data', take).once('error', fail).once('close', close)
    socket.write(request)
    socket.resume()
  })
}

/** Takes whole LDAP messages apart as far as the first answer needs (RFC 4511 §4.1.1, BER): the operation of the last one, and its result. */
export function lastMessage(bytes: Buffer): 'more' | undefined | ({ readonly operation: number } & FirstAnswer) {
  let at = 0
  let last: { operation: number; result: number; text: string } | undefined
  while (at < bytes.length) {
    if (bytes[at] !== 0x30) return undefined
    const message = element(bytes, at)
    if (message === 'more') return 'more'
    const id = message && element(bytes, message.from)
    const operation = id && id !== 'more' ? element(bytes, id.to) : undefined
    if (!message || !id || id === 'more' || !operation || operation === 'more' || bytes[message.from] !== 0x02)
      return undefined
    if (operation.to > message.to) return undefined
    last = { operation: bytes[id.to]!, ...resultIn(bytes, operation) }
    at = message.to
  }
  return last ?? 'more'
}

/** resultCode, matchedDN and diagnosticMessage (RFC 4511 §4.1.9). */
function resultIn(bytes: Buffer, { from, to }: Element): FirstAnswer {
  const code = bytes[from] === 0x0a ? element(bytes, from) : undefined
  if (!code || code === 'more' || code.to > to) return { result: -1, text: '' }
  const result = bytes.readUIntBE(code.from, Math.min(4, Math.max(1, code.to - code.from)))
  const matched = element(bytes, code.to)
  const said = matched && matched !== 'more' ? element(bytes, matched.to) : undefined
  return { result, text: said && said !== 'more' && said.to <= to ? bytes.toString('utf8', said.from, said.to) : '' }
}

interface Element {
  readonly from: number
  readonly to: number
}

/** Where the content of a BER element lies (X.690 §8.1.3, definite lengths). */
function element(bytes: Buffer, at: number): Element | 'more' | undefined {
  const first = bytes[at + 1]
  if (first === undefined) return 'more'
  let from = at + 2
  let length = first
  if (first > 0x7f) {
    const count = first & 0x7f
    if (count === 0 || count > 4) return undefined
    if (bytes.length < from + count) return 'more'
    length = bytes.readUIntBE(from, count)
    from += count
  }
  const to = from + length
  return to > bytes.length ? 'more' : { from, to }
}
