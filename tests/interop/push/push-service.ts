import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Pushed {
  readonly message: { readonly title: string; readonly body: string; readonly tag: string; readonly path: string }
  readonly ttlSeconds: number
  readonly urgency: string | undefined
}

/** A push service (RFC 8030) and the browser behind it: reads what only the browser can (RFC 8291), and checks who sent it (RFC 8292). */
export class PushService {
  readonly pushed: Pushed[] = []
  /** What the next message is answered with. */
  status = 201
  readonly #server: Server
  readonly #keys: ECDH = createECDH('prime256v1')
  readonly #auth = randomBytes(16)
  readonly #serverKey: string
  #wake: () => void = () => {}

  private constructor(server: Server, serverKey: string) {
    this.#server = server
    this.#serverKey = serverKey
    this.#keys.generateKeys()
  }

  /** @param serverKey the application server's public key that the browser subscribed with */
  static async start(serverKey: string): Promise<PushService> {
    const server = createServer()
    const service = new PushService(server, serverKey)
    server.on('request', (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        try {
          service.#check(request.headers.authorization ?? '')
          service.pushed.push({
            message: JSON.parse(service.#decrypt(Buffer.concat(chunks)).toString()),
            ttlSeconds: Number(request.headers.ttl),
            urgency: request.headers.urgency as string | undefined,
          })
          response.writeHead(service.status).end()
        } catch (error) {
          response.writeHead(400).end(String(error))
        }
        service.#wake()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return service
  }

  /** What the browser gives to the page. */
  get subscription() {
    const { port } = this.#server.address() as AddressInfo
    return {
      endpoint: `http://127.0.0.1:${port}/push/one`,
      p256dh: this.#keys.getPublicKey('base64url'),
      auth: this.#auth.toString('base64url'),
    }
  }

  /** Resolves with the message that comes after those seen. */
  async next(count: number): Promise<Pushed> {
    while (this.pushed.length < count)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    return this.pushed[count - 1]!
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  /** `vapid t=JWT, k=KEY`: signed by that very key. */
  #check(authorization: string): void {
    const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? []
    if (key !== this.#serverKey) throw new Error('another server')
    const [head, body, signature] = token.split('.')
    const raw = Buffer.from(key, 'base64url')
    const publicKey = createPublicKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: raw.subarray(1, 33).toString('base64url'),
        y: raw.subarray(33).toString('base64url'),
      },
    })
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature!, 'base64url'),
    )
    if (!isSigned) throw new Error('the signature is wrong')
  }

  /** aes128gcm (RFC 8188) with keys by RFC 8291 §3.4. */
  #decrypt(body: Buffer): Buffer {
    const salt = body.subarray(0, 16)
    const keyLength = body[20]!
    const senderKey = body.subarray(21, 21 + keyLength)
    const sealed = body.subarray(21 + keyLength)
    const secret = this.#keys.computeSecret(senderKey)
    const context = Buffer.concat([Buffer.from('WebPush: info\0'), this.#keys.getPublicKey(), senderKey])
    const input = Buffer.from(hkdfSync('sha256', secret, this.#auth, context, 32))
    const key = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: aes128gcm\0', 16))
    const nonce = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: nonce\0', 12))
    const decipher = createDecipheriv('aes-128-gcm', key, nonce)
    decipher.setAuthTag(sealed.subarray(-16))
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
    // The last record ends with a 2 and zeros.
    return plain.subarray(0, plain.lastIndexOf(2))
  }
}
