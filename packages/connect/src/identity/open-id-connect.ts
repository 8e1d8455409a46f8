import type { Clock, Refusal } from '@vaxel/base'
import { SsoDenied, SsoNotTrusted, SsoUnreachable } from '@vaxel/contract'
import type { OpenIdConnect, SsoPerson, SsoSettings } from '@vaxel/core'
import {
  allowInsecureRequests,
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
} from 'openid-client'
import { providerFetch } from './provider-fetch.ts'

/** A provider's configuration and keys are asked for again after this. */
const rememberedMs = 3_600_000
const timeoutSeconds = 10

/** OpenID Connect 1.0, authorization code with PKCE (RFC 7636, RFC 9207). The only file that knows the library. */
export function openIdConnect(options: { clock: Clock; allowsLoopback: boolean }): OpenIdConnect {
  const { clock, allowsLoopback } = options
  const known = new Map<string, { key: string; untilMs: number; found: Promise<Configuration> }>()

  const find = (settings: SsoSettings, secret: string | undefined, isFresh = false): Promise<Configuration> => {
    const key = JSON.stringify([settings.issuer, settings.clientId, secret])
    const before = known.get(settings.companyId)
    if (!isFresh && before?.key === key && clock.monotonicMs() < before.untilMs) return before.found
    const found = discovery(new URL(settings.issuer), settings.clientId, secret, undefined, {
      [customFetch]: providerFetch(allowsLoopback),
      timeout: timeoutSeconds,
      // OpenID Connect Core §3.1.3.7 lets TLS stand in for the signature; we check it all the same.
      execute: [enableNonRepudiationChecks, ...(allowsLoopback ? [allowInsecureRequests] : [])],
    })
    known.set(settings.companyId, { key, untilMs: clock.monotonicMs() + rememberedMs, found })
    found.catch(() => {
      if (known.get(settings.companyId)?.found === found) known.delete(settings.companyId)
    })
    return found
  }

  return {
    async check(settings, secret) {
      try {
        const { authorization_endpoint, token_endpoint } = (await find(settings, secret, true)).serverMetadata()
        if (authorization_endpoint && token_endpoint) return undefined
        return SsoUnreachable(`${settings.issuer} does not offer the authorization code flow.`)
      } catch (error) {
        return unreachable(settings, error)
      }
    },
    async start(settings, secret, { callbackUrl, loginHint }) {
      try {
        const configuration = await find(settings, secret)
        const thread = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() }
        const url = buildAuthorizationUrl(configuration, {
          redirect_uri: callbackUrl,
          scope: 'openid profile email',
          state: thread.state,
          nonce: thread.nonce,
          code_challenge: await calculatePKCECodeChallenge(thread.codeVerifier),
          code_challenge_method: 'S256',
          ...(loginHint === undefined ? {} : { login_hint: loginHint }),
        })
        return { url: url.href, thread }
      } catch (error) {
        return unreachable(settings, error)
      }
    },
    async finish(settings, secret, { callbackUrl, query, thread }) {
      const current = new URL(callbackUrl)
      current.search = query
      let configuration: Configuration
      try {
        configuration = await find(settings, secret)
      } catch (error) {
        return unreachable(settings, error)
      }
      try {
        const tokens = await authorizationCodeGrant(configuration, current, {
          expectedState: thread.state,
          expectedNonce: thread.nonce,
          pkceCodeVerifier: thread.codeVerifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims) return SsoNotTrusted('The provider sent no ID token.')
        const more = await moreClaims(configuration, settings, tokens.access_token, claims)
        return { issuer: claims.iss, subject: claims.sub, claims: { ...more, ...claims } } satisfies SsoPerson
      } catch (error) {
        return sentenceOf(error)
      }
    },
    async logoutUrl(settings, secret, returnTo) {
      try {
        const configuration = await find(settings, secret)
        if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined
        return buildEndSessionUrl(configuration, { post_logout_redirect_uri: returnTo }).href
      } catch {
        return undefined
      }
    },
  }
}

/** Many providers tell addresses and groups only when asked with the access token. */
async function moreClaims(
  configuration: Configuration,
  settings: SsoSettings,
  accessToken: string,
  claims: Readonly<Record<string, unknown>> & { readonly sub: string },
): Promise<Readonly<Record<string, unknown>>> {
  const wanted = [settings.userClaim, 'name', ...(settings.groupsClaim === undefined ? [] : [settings.groupsClaim])]
  if (wanted.every((name) => name in claims)) return {}
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return {}
  return fetchUserInfo(configuration, accessToken, claims.sub)
}

function unreachable(settings: SsoSettings, error: unknown): Refusal {
  const { host } = new URL(settings.issuer)
  return SsoUnreachable(`The login provider ${host} does not answer as it should: ${reasonOf(error)}.`)
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string } }
  return (cause?.message ?? message ?? 'unknown').slice(0, 200).replace(/\.$/, '')
}

/** What does not hold, by the library's code. */
const doubts: Readonly<Record<string, string>> = {
  OAUTH_INVALID_RESPONSE: 'what came back is not the answer to what was asked',
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'the ID token is for somebody else: its nonce, audience or issuer is not ours',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'the ID token is not valid at this time; are the clocks right?',
  OAUTH_KEY_SELECTION_FAILED: "the ID token is signed with a key that is none of the provider's",
  OAUTH_INVALID_SIGNATURE: 'the signature of the ID token is wrong',
  OAUTH_TIMEOUT: 'the provider took too long',
}

function sentenceOf(error: unknown): Refusal {
  if (error instanceof AuthorizationResponseError) {
    const said = (error.error_description ?? error.error).slice(0, 200)
    return SsoDenied(`The login provider did not let you in. It says: “${said}”`)
  }
  if (error instanceof ResponseBodyError)
    return SsoNotTrusted(
      `The login provider does not take back what it gave (${error.error}): it was used before, or took too long. Start again.`,
    )
  const code = String((error as { code?: unknown }).code ?? '')
  const doubt = doubts[code] ?? reasonOf(error)
  return SsoNotTrusted(`The answer of the login provider does not hold: ${doubt}. Nobody was logged in.`)
}
