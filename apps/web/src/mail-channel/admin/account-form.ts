import type { ReplyOf, RequestOf } from '../../api/api.ts'

export type Account = ReplyOf<'listMailAccounts'>['items'][number]
type Body = RequestOf<'createMailAccount'>['body']
/** Settings of a mailbox, published or in a draft. */
export type MailboxSettings = Omit<Body, 'secrets'>
type Security = 'tls' | 'starttls' | 'none'

/** What is typed into the form of a mailbox. */
export interface AccountForm {
  readonly name: string
  readonly address: string
  readonly sender: string
  readonly aliases: string
  readonly isOn: boolean
  readonly protocol: 'imap' | 'pop3'
  readonly host: string
  readonly port: string
  readonly security: Security
  readonly login: string
  readonly folder: string
  readonly after: 'keep' | 'read' | 'move' | 'delete'
  readonly moveTo: string
  readonly first: 'unread' | 'all' | 'new'
  readonly sends: boolean
  readonly sendHost: string
  readonly sendPort: string
  readonly sendSecurity: Security
  readonly how: 'password' | 'oauth'
  readonly password: string
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly refreshToken: string
  readonly scope: string
  readonly trusted: string
  readonly queueId: string
  readonly signature: string
  readonly answersItself: boolean
  readonly autoSubject: string
  readonly autoText: string
}

/** Ports by what is spoken and how (RFC 8314, 3501, 1939, 6409). */
const ports = {
  imap: { tls: '993', starttls: '143', none: '143' },
  pop3: { tls: '995', starttls: '110', none: '110' },
  submission: { tls: '465', starttls: '587', none: '25' },
} as const

const usual = { pollSeconds: 60, mostBytes: 36_700_160 }

export function formOf(account: MailboxSettings | undefined): AccountForm {
  const { reading, sending, login, autoReply } = account ?? {}
  const oauth = login && 'tokenUrl' in login ? login : undefined
  return {
    name: account?.name ?? '',
    address: account?.address ?? '',
    sender: account?.sender ?? '',
    aliases: (account?.aliases ?? []).join(', '),
    isOn: account?.isOn ?? true,
    protocol: reading?.protocol ?? 'imap',
    host: reading?.server.host ?? '',
    port: String(reading?.server.port ?? 993),
    security: reading?.server.security ?? 'tls',
    login: reading?.login ?? '',
    folder: reading?.folder ?? 'INBOX',
    after: reading?.after ?? 'read',
    moveTo: reading?.moveTo ?? '',
    first: reading?.first ?? 'unread',
    sends: account === undefined || sending !== undefined,
    sendHost: sending?.server.host ?? '',
    sendPort: String(sending?.server.port ?? 587),
    sendSecurity: sending?.server.security ?? 'starttls',
    how: login?.kind ?? 'password',
    password: '',
    tokenUrl: oauth?.tokenUrl ?? '',
    clientId: oauth?.clientId ?? '',
    clientSecret: '',
    refreshToken: '',
    scope: oauth?.scope ?? '',
    trusted: account?.trusted ?? '',
    queueId: account?.queueId ?? '',
    signature: account?.signature ?? '',
    answersItself: autoReply !== undefined,
    autoSubject: autoReply?.subject ?? '',
    autoText: autoReply?.text ?? '',
  }
}

/** The form after a change; the port follows protocol and encryption as long as it is the usual one. */
export function changed(form: AccountForm, change: Partial<AccountForm>): AccountForm {
  const next = { ...form, ...change }
  const isUsual = form.port === ports[form.protocol][form.security]
  const isUsualSend = form.sendPort === ports.submission[form.sendSecurity]
  const isPop = next.protocol === 'pop3' && (next.after === 'read' || next.after === 'move')
  return {
    ...next,
    ...(isUsual && change.port === undefined ? { port: ports[next.protocol][next.security] } : {}),
    ...(isUsualSend && change.sendPort === undefined ? { sendPort: ports.submission[next.sendSecurity] } : {}),
    ...(isPop ? { after: 'keep' as const } : {}),
  }
}

/** What the server is asked with. @param before what it was; a new mailbox if absent */
export function bodyOf(form: AccountForm, before: MailboxSettings | undefined): Body {
  const given = (value: string) => (value.trim() === '' ? undefined : value.trim())
  const optional = <Name extends string>(name: Name, value: string | undefined) =>
    (value === undefined ? {} : { [name]: value }) as Partial<Record<Name, string>>
  const login = form.login.trim() || form.address.trim()
  return {
    name: form.name.trim(),
    address: form.address.trim(),
    ...optional('sender', given(form.sender)),
    aliases: form.aliases.split(/[\s,;]+/).filter((one) => one !== ''),
    isOn: form.isOn,
    reading: {
      protocol: form.protocol,
      server: { host: form.host.trim(), port: Number(form.port), security: form.security },
      login,
      folder: form.folder.trim() || 'INBOX',
      after: form.after,
      ...(form.after === 'move' ? optional('moveTo', given(form.moveTo)) : {}),
      first: form.first,
      pollSeconds: before?.reading.pollSeconds ?? usual.pollSeconds,
      mostBytes: before?.reading.mostBytes ?? usual.mostBytes,
    },
    ...(form.sends
      ? {
          sending: {
            server: {
              host: form.sendHost.trim() || form.host.trim(),
              port: Number(form.sendPort),
              security: form.sendSecurity,
            },
            login: before?.sending?.login ?? login,
          },
        }
      : {}),
    login:
      form.how === 'password'
        ? { kind: 'password' }
        : {
            kind: 'oauth',
            ...optional('tokenUrl', given(form.tokenUrl)),
            ...optional('clientId', given(form.clientId)),
            ...optional('scope', given(form.scope)),
          },
    ...optional('trusted', given(form.trusted)),
    ...optional('queueId', given(form.queueId)),
    members: before?.members ?? [],
    ...optional('signature', given(form.signature)),
    ...(form.answersItself ? { autoReply: { subject: form.autoSubject.trim(), text: form.autoText.trim() } } : {}),
    secrets: {
      ...optional('password', form.password === '' ? undefined : form.password),
      ...optional('clientSecret', given(form.clientSecret)),
      ...optional('refreshToken', given(form.refreshToken)),
    },
  }
}

/** Whether enough is typed to ask the server. */
export const isReady = (form: AccountForm): boolean =>
  form.name.trim() !== '' && form.address.includes('@') && form.host.trim() !== ''

/** Asks the server to try what is typed. @param id of a mailbox whose secrets stand in for those that are not typed */
export function trialOf(
  form: AccountForm,
  before: MailboxSettings | undefined,
  id: string | undefined,
): RequestOf<'testMailAccount'>['body'] {
  const { reading, sending, login, trusted, secrets } = bodyOf(form, before)
  return {
    ...(id === undefined ? {} : { accountId: id }),
    reading,
    ...(sending ? { sending } : {}),
    login,
    ...(trusted === undefined ? {} : { trusted }),
    secrets,
  }
}

/** A change of a mailbox: what is not there any more is taken away (RFC 7396). */
export function changeOf(form: AccountForm, before: Account): RequestOf<'changeMailAccount'>['body'] {
  const gone = { sender: null, sending: null, trusted: null, queueId: null, signature: null, autoReply: null }
  return { ...gone, ...bodyOf(form, before) }
}
