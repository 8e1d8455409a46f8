import { isRefusal } from '@vaxel/base'
import type { FtpsCommand, FtpsCommands, FtpsSession } from './ftps-session.ts'
import { factNames } from './listing-lines.ts'

/** What the server can, for FEAT (RFC 2389 §3). */
const features = [
  'AUTH TLS',
  'PBSZ',
  'PROT',
  'EPSV',
  'MDTM',
  `MLST ${factNames.map((fact) => `${fact}*;`).join('')}`,
  'REST STREAM',
  'SIZE',
  'TVFS',
  'UTF8',
]

const feat: FtpsCommand = ({ wire }) => wire.reply(211, 'Features:', ...features.map((one) => ` ${one}`), 'End')
const quit: FtpsCommand = ({ wire }) => {
  wire.reply(221, 'Goodbye.')
  wire.end()
}

/** Whatever a client says before TLS but this, is refused. */
export const plainCommands: FtpsCommands = {
  FEAT: feat,
  QUIT: quit,
  AUTH: async ({ wire }, argument) => {
    const mechanism = argument.trim().toUpperCase()
    if (mechanism === 'TLS' || mechanism === 'TLS-C') await wire.startTls()
    else wire.reply(504, 'Only AUTH TLS is known here.')
  },
}

/** Logging in, and settings of the connection: all that needs no login. */
export const openCommands: FtpsCommands = {
  FEAT: feat,
  QUIT: quit,
  NOOP: ({ wire }) => wire.reply(200, 'Yes.'),
  SYST: ({ wire }) => wire.reply(215, 'UNIX Type: L8'),
  CLNT: ({ wire }) => wire.reply(200, 'Noted.'),
  AUTH: ({ wire }) => wire.reply(503, 'The connection is secured already.'),
  CCC: ({ wire }) => wire.reply(534, 'The connection stays encrypted.'),
  PBSZ: (session, argument) => {
    if (!/^\d{1,10}$/.test(argument.trim())) return session.wire.reply(501, 'Say PBSZ 0.')
    session.isBufferSizeSaid = true
    session.wire.reply(200, 'PBSZ=0')
  },
  PROT: (session, argument) => {
    const { wire } = session
    const level = argument.trim().toUpperCase()
    if (!session.isBufferSizeSaid) return wire.reply(503, 'Say PBSZ 0 first.')
    if (!['P', 'C', 'S', 'E'].includes(level)) return wire.reply(504, 'Say PROT P.')
    if (level !== 'P') return wire.reply(536, 'Files are sent encrypted only: say PROT P.')
    session.isDataSecure = true
    wire.reply(200, 'Data connections are encrypted.')
  },
  USER: (session, argument) => {
    const { wire } = session
    if (session.visitor) return wire.reply(503, 'You are logged in. Connect anew to be somebody else.')
    if (argument === '' || argument.length > 300) return wire.reply(501, 'Say USER name@domain.')
    session.login = argument
    // The same for everybody: nobody learns from it who exists.
    wire.reply(331, 'Now the password, please.')
  },
  PASS: logIn,
  OPTS: (session, argument) => {
    const [what = '', ...values] = argument.trim().split(' ')
    if (what.toUpperCase() === 'UTF8') return session.wire.reply(200, 'Names are UTF-8.')
    if (what.toUpperCase() !== 'MLST') return session.wire.reply(501, 'There is no such option.')
    const wanted = new Set(values.join('').toLowerCase().split(';'))
    session.facts = new Set(factNames.filter((fact) => wanted.has(fact)))
    session.wire.reply(200, `MLST OPTS ${[...session.facts].map((fact) => `${fact};`).join('')}`.trimEnd())
  },
}

async function logIn(session: FtpsSession, password: string): Promise<void> {
  const { wire, around, login } = session
  if (session.visitor) return wire.reply(503, 'You are logged in.')
  if (login === undefined) return wire.reply(503, 'Say USER first.')
  session.login = undefined
  const visitor = password.length > 300 ? undefined : await around.door.logIn(login, password, wire.peer)
  if (visitor !== undefined && !isRefusal(visitor)) {
    session.visitor = visitor
    return wire.reply(230, 'Welcome. Files may be read, not written.')
  }
  session.wrongLogins++
  const isEnough = session.wrongLogins >= around.limits.wrongLogins || visitor?.retryAfterSeconds !== undefined
  wire.reply(isEnough ? 421 : 530, visitor?.text ?? 'Login or password is wrong.')
  if (isEnough) wire.end()
}
