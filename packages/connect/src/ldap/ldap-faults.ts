import type { LdapTrouble } from '@vaxel/core'

/**
 * Why a directory cannot be read, as the thread that speaks with it says it. The thread knows core by its types alone: loading all of core would cost
 * more than the reading.
 */
export class LdapError extends Error {
  readonly trouble: LdapTrouble

  constructor(trouble: LdapTrouble, message: string) {
    super(message)
    this.trouble = trouble
  }
}

/** Result codes of servers (RFC 4511 appendix A.2), and what they mean for whoever has set the directory up. */
const ofResult: ReadonlyMap<number, LdapTrouble> = new Map([
  [2, 'protocol'],
  [3, 'limit'],
  [4, 'limit'],
  [7, 'login'],
  [8, 'needsTls'],
  [10, 'referral'],
  [11, 'limit'],
  [13, 'needsTls'],
  [18, 'filter'],
  [21, 'filter'],
  [32, 'base'],
  [34, 'base'],
  [48, 'login'],
  [49, 'login'],
  [50, 'rights'],
  [51, 'silence'],
  [52, 'silence'],
  // Active Directory says so (operationsError) when nobody has logged in.
  [1, 'rights'],
])

const ofSystem: readonly (readonly [RegExp, LdapTrouble])[] = [
  [/^(ENOTFOUND|EAI_)/, 'name'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)/, 'port'],
  [/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ALTNAME|HOSTNAME_MISMATCH/, 'certificate'],
  [/^(EPROTO|ERR_SSL|ERR_TLS)/, 'tls'],
  [/TIMEOUT|ETIMEDOUT|timed out/i, 'silence'],
  [/^(ECONNRESET|EPIPE)|Connection closed|Socket error/, 'lost'],
]

/** What an error of the library, of a server or of the system means. @param otherwise when it says nothing more exact */
export function ldapErrorOf(error: unknown, otherwise: LdapTrouble): LdapError {
  if (error instanceof LdapError) return error
  const { code, message = '' } = error as { code?: unknown; message?: string }
  if (typeof code === 'number') return new LdapError(ofResult.get(code) ?? otherwise, withoutNumber(message))
  for (const text of [String(code ?? ''), message])
    for (const [form, trouble] of ofSystem)
      if (form.test(text)) return new LdapError(trouble === 'lost' ? otherwise : trouble, message || text)
  return new LdapError(otherwise, message || String(error))
}

/** The library puts the number behind what the server says, and Active Directory a zero byte. */
const withoutNumber = (message: string): string =>
  message
    // oxlint-disable-next-line no-control-regex -- it is such a byte that goes
    .replace(/\u0000/g, '')
    .replace(/ Code: 0x[0-9a-f]+$/, '')
    .trim()
