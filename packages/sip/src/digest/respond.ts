import { type RandomBytes, randomToken } from '@vaxel/base'
import { parseChallenges, quoted } from './auth-header.ts'
import { algorithmOf, type DigestAlgorithm, digestResponse, makeHa1 } from './digest-hash.ts'

export interface Login {
  readonly username: string
  readonly password: string
}

/** A challenge that this side can answer. */
export interface Challenge {
  readonly realm: string
  readonly nonce: string
  readonly algorithm: DigestAlgorithm
  readonly opaque: string | undefined
  /** Whether qop=auth is offered; else the answer is without nonce count (RFC 2069). */
  readonly hasQop: boolean
  readonly isStale: boolean
}

/**
 * The first challenge that this side can answer, in the order of the server's preference (RFC 8760 §2.4).
 * @param values of WWW-Authenticate or Proxy-Authenticate
 */
export function chooseChallenge(values: readonly string[]): Challenge | undefined {
  return chooseChallenges(values)[0]
}

/** The first challenge of each realm that this side can answer: proxies of several may ask at once (RFC 3261 §22.3). */
export function chooseChallenges(values: readonly string[]): readonly Challenge[] {
  const chosen = new Map<string, Challenge>()
  for (const { scheme, parameters } of values.flatMap(parseChallenges)) {
    const challenge = scheme === 'digest' ? readChallenge(parameters) : undefined
    if (challenge && !chosen.has(challenge.realm)) chosen.set(challenge.realm, challenge)
  }
  return [...chosen.values()]
}

function readChallenge(parameters: ReadonlyMap<string, string>): Challenge | undefined {
  const algorithm = algorithmOf(parameters.get('algorithm'))
  const realm = parameters.get('realm')
  const nonce = parameters.get('nonce')
  const qops = parameters
    .get('qop')
    ?.toLowerCase()
    .split(',')
    .map((qop) => qop.trim())
  if (algorithm === undefined || realm === undefined || nonce === undefined) return undefined
  if (qops !== undefined && !qops.includes('auth')) return undefined
  return {
    realm,
    nonce,
    algorithm,
    opaque: parameters.get('opaque'),
    hasQop: qops !== undefined,
    isStale: parameters.get('stale')?.toLowerCase() === 'true',
  }
}

/**
 * The value of Authorization (for 401) or Proxy-Authorization (for 407) that answers a challenge (RFC 7616 §3.4).
 * @param nonceCount 1 for the first request with this nonce
 */
export function answerChallenge(
  challenge: Challenge,
  request: { readonly method: string; readonly uri: string },
  login: Login,
  options: { readonly random?: RandomBytes; readonly nonceCount?: number } = {},
): string {
  const { algorithm, nonce, realm } = challenge
  const nc = (options.nonceCount ?? 1).toString(16).padStart(8, '0')
  const cnonce = randomToken(16, options.random)
  const ha1 = makeHa1(algorithm, login.username, realm, login.password)
  const response = digestResponse(algorithm, ha1, {
    method: request.method,
    uri: request.uri,
    nonce,
    qop: challenge.hasQop ? 'auth' : undefined,
    nc,
    cnonce,
  })
  let value = `Digest username=${quoted(login.username)}, realm=${quoted(realm)}, nonce=${quoted(nonce)}, uri=${quoted(request.uri)}`
  value += `, response="${response}", algorithm=${algorithm}`
  if (challenge.hasQop) value += `, qop=auth, nc=${nc}, cnonce="${cnonce}"`
  if (challenge.opaque !== undefined) value += `, opaque=${quoted(challenge.opaque)}`
  return value
}
