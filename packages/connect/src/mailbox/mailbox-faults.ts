import { MailboxFault, type MailboxTrouble } from '@vaxel/core'

interface SystemError {
  readonly code?: string
  readonly message?: string
  readonly authenticationFailed?: boolean
  readonly responseText?: string
  readonly response?: unknown
  readonly cause?: unknown
}

const troubles: readonly (readonly [RegExp, MailboxTrouble])[] = [
  [/^(ENOTFOUND|EAI_)/, 'name'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)/, 'port'],
  [/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ALTNAME|HOSTNAME_MISMATCH/, 'certificate'],
  [/^(EPROTO|ERR_SSL|ERR_TLS|ETLS)/, 'tls'],
  [/TIMEOUT|ETIMEDOUT|GREETING/i, 'silence'],
  [/^(EAUTH|ENOAUTH)/, 'login'],
]

/** What an error of a library or of the system means for whoever has set the mailbox up. @param otherwise when it says nothing more exact */
export function faultOf(error: unknown, otherwise: MailboxTrouble): MailboxFault {
  if (error instanceof MailboxFault) return error
  const { code = '', message = '', authenticationFailed, responseText, response, cause } = error as SystemError
  const said = [responseText, typeof response === 'string' ? response : undefined, message].find((text) => text)
  if (authenticationFailed === true) return new MailboxFault('login', said ?? 'the server refuses the login')
  const codes = [code, (cause as SystemError | undefined)?.code ?? '', message]
  for (const text of codes)
    for (const [form, trouble] of troubles) if (form.test(text)) return new MailboxFault(trouble, said ?? code)
  if (/wrong version number|packet length too long|tlsv1|ssl3?_/i.test(message)) return new MailboxFault('tls', message)
  return new MailboxFault(otherwise, said ?? String(error))
}
