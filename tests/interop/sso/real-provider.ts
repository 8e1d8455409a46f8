import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** A person at the provider. */
export interface Account {
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
  readonly groups?: readonly string[]
}

/** A real provider of OpenID Connect (oidc-provider) on loopback, which lets in whoever the login hint names. */
export class RealProvider {
  readonly issuer: string
  readonly accounts = new Map<string, Account>()
  /** Says no to everyone. */
  isClosed = false
  readonly #close: () => Promise<void>

  private constructor(issuer: string, close: () => Promise<void>) {
    this.issuer = issuer
    this.#close = close
  }

  static async open(redirectUri: string): Promise<RealProvider> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const own = new RealProvider(issuer, async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    })
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'vaxel',
          client_secret: clientSecret,
          redirect_uris: [redirectUri],
          post_logout_redirect_uris: [new URL('/', redirectUri).href],
        },
      ],
      cookies: { keys: ['for this test alone'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_, sub) => ({
        accountId: sub,
        claims: async () => ({ sub, ...own.accounts.get(sub) }),
      }),
      async loadExistingGrant(context) {
        const { client, session } = context.oidc
        const grant = new context.oidc.provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! })
        grant.addOIDCScope('openid email profile')
        await grant.save()
        return grant
      },
    })
    const answer = provider.callback()
    server.on('request', (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return void answer(request, response)
      const finish = async () => {
        const { params } = await provider.interactionDetails(request, response)
        const result = own.isClosed
          ? { error: 'access_denied', error_description: 'Not during the night.' }
          : { login: { accountId: String(params.login_hint) } }
        await provider.interactionFinished(request, response, result)
      }
      finish().catch((error: unknown) => response.writeHead(500).end(String(error)))
    })
    return own
  }

  close(): Promise<void> {
    return this.#close()
  }
}

export const clientSecret = 'a secret that only the two of them know'
