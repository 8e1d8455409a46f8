import { createHash, createSign, generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a provider may get wrong, on purpose. */
export interface Lie {
  /** Laid over the ID token's claims. */
  readonly claims?: Record<string, unknown>
  readonly algorithm?: 'none'
  /** Signed with a key that it does not publish. */
  readonly isForged?: boolean
  /** What it says of itself when it is asked for its configuration. */
  readonly issuer?: string
  readonly tokenStatus?: number
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A provider of OpenID Connect that answers whatever a test wants. */
export class HostileProvider {
  readonly issuer: string
  lie: Lie = {}
  /** Code verifiers that came to the token endpoint. */
  readonly verifiers: string[] = []
  #nonce = ''
  readonly #keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  readonly #others = generateKeyPairSync('rsa', { modulusLength: 2048 })
  readonly #close: () => Promise<void>

  private constructor(issuer: string, close: () => Promise<void>) {
    this.issuer = issuer
    this.#close = close
  }

  static async open(): Promise<HostileProvider> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const own = new HostileProvider(issuer, async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    })
    server.on('request', (request, response) => own.#answer(request, response))
    return own
  }

  /** Keeps the nonce of an authorization request, as an honest provider does. @returns its state and PKCE challenge */
  begin(url: string): { state: string; challenge: string } {
    const { searchParams } = new URL(url)
    this.#nonce = searchParams.get('nonce')!
    return { state: searchParams.get('state')!, challenge: searchParams.get('code_challenge')! }
  }

  close(): Promise<void> {
    return this.#close()
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { issuer, lie } = this
    const json = (value: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    const { pathname } = new URL(request.url!, issuer)
    if (pathname === '/.well-known/openid-configuration')
      return void json({
        issuer: lie.issuer ?? issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        authorization_response_iss_parameter_supported: true,
        code_challenge_methods_supported: ['S256'],
      })
    if (pathname === '/keys')
      return void json({
        keys: [{ ...this.#keys.publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }],
      })
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      this.verifiers.push(new URLSearchParams(body).get('code_verifier') ?? '')
      if (lie.tokenStatus) return json({ error: 'invalid_grant' }, lie.tokenStatus)
      return json({ access_token: 'a', token_type: 'Bearer', id_token: this.#token() })
    })
  }

  #token(): string {
    const nowSeconds = Math.floor(Date.now() / 1000)
    const honest = {
      iss: this.issuer,
      sub: 'person-1',
      aud: 'vaxel',
      iat: nowSeconds,
      exp: nowSeconds + 300,
      nonce: this.#nonce,
      email: '204@demo.vaxel.test',
      email_verified: true,
      name: 'Somebody',
    }
    const header = this.lie.algorithm === 'none' ? { alg: 'none' } : { alg: 'RS256', kid: '1' }
    const content = `${base64url(header)}.${base64url({ ...honest, ...this.lie.claims })}`
    if (this.lie.algorithm === 'none') return `${content}.`
    const key = this.lie.isForged ? this.#others.privateKey : this.#keys.privateKey
    return `${content}.${createSign('sha256').update(content).sign(key).toString('base64url')}`
  }
}

/** RFC 7636 §4.2. */
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')
