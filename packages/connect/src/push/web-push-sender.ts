import { createECDH } from 'node:crypto'
import { lookup as systemLookup } from 'node:dns'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { Logger } from '@vaxel/base'
import type { PushMessage, PushSender, PushSubscription } from '@vaxel/core'

const timeoutMs = 10_000
const gone = new Set([404, 410])

/** Addresses of this machine and of networks that are nobody else's: a user's browser must not aim us at them. */
const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
  ['::ffff:0:0', 96],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

const isInside = (address: string): boolean => inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** The keys by which push services know this server (RFC 8292). */
export interface PushKeys {
  readonly publicKey: string
  readonly privateKey: string
}

/** A pair on P-256: the public key as an uncompressed point, both in base64url (RFC 8292 §3.2). */
export function makePushKeys(): PushKeys {
  const pair = createECDH('prime256v1')
  const publicKey = pair.generateKeys('base64url')
  // A number may begin with zeros, which are not given.
  return {
    publicKey,
    privateKey: Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url'),
  }
}

/** Encrypts (RFC 8291) and sends (RFC 8030) by the library; the only file that knows it. The address is kept out of our own networks. */
export class WebPushSender implements PushSender {
  readonly publicKey: string
  readonly #keys: PushKeys
  readonly #subject: string
  readonly #allowsLoopback: boolean
  readonly #log: Logger

  /** @param options `subject`: how to reach whoever runs this server, `mailto:…` or `https://…`; `allowsLoopback` for a demonstration or a test */
  constructor(options: { keys: PushKeys; subject: string; allowsLoopback: boolean; log: Logger }) {
    this.publicKey = options.keys.publicKey
    this.#keys = options.keys
    this.#subject = options.subject
    this.#allowsLoopback = options.allowsLoopback
    this.#log = options.log
  }

  refuse(endpoint: string): string | undefined {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
    if (!url) return 'is no address'
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const isLocal = host === 'localhost' || (isIP(host) !== 0 && isInside(host))
    if (isLocal && this.#allowsLoopback) return undefined
    if (isLocal) return 'is not on the internet'
    return url.protocol === 'https:' ? undefined : 'is not HTTPS'
  }

  async send(
    { endpoint, p256dh, auth }: PushSubscription,
    message: PushMessage,
    ttlSeconds: number,
  ): Promise<'sent' | 'gone' | 'failed'> {
    try {
      const { default: webPush } = await import('web-push')
      const { headers, body } = webPush.generateRequestDetails(
        { endpoint, keys: { p256dh, auth } },
        JSON.stringify(message),
        {
          TTL: ttlSeconds,
          urgency: message.isUrgent ? 'high' : 'normal',
          vapidDetails: { subject: this.#subject, ...this.#keys },
          contentEncoding: 'aes128gcm',
        },
      )
      const status = await this.#post(endpoint, headers as Record<string, string>, body)
      if (gone.has(status)) return 'gone'
      return status >= 200 && status < 300 ? 'sent' : 'failed'
    } catch (error) {
      this.#log.warn('a push message could not be sent', { host: hostOf(endpoint), error: (error as Error).message })
      return 'failed'
    }
  }

  #post(endpoint: string, headers: Record<string, string>, body: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      const why = this.refuse(endpoint)
      if (why !== undefined) return reject(new Error(`the address ${why}`))
      const url = new URL(endpoint)
      const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(
        url,
        { method: 'POST', headers, lookup: this.#lookup(), signal: AbortSignal.timeout(timeoutMs) },
        (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        },
      )
      request.on('error', reject)
      request.end(body)
    })
  }

  /** A name may lead to an inner address too. */
  #lookup(): LookupFunction {
    return (name, options, callback) => {
      systemLookup(name, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, '')
        const allowed = this.#allowsLoopback ? addresses : addresses.filter(({ address }) => !isInside(address))
        const [first] = allowed
        if (!first) return callback(new Error('the address is not on the internet'), '')
        if (options.all) callback(null, allowed)
        else callback(null, first.address, first.family)
      })
    }
  }
}

const hostOf = (endpoint: string): string => (URL.canParse(endpoint) ? new URL(endpoint).host : 'unknown')
