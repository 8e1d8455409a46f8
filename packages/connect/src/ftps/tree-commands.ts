import type { FtpsCommand, FtpsCommands, FtpsSession } from './ftps-session.ts'
import { factLine, timeValue } from './listing-lines.ts'
import { quotedPath, resolvePath, showPath } from './virtual-path.ts'

const noSuch = 'There is no such file or folder.'
const readOnly = 'Nothing can be written here: recordings are read only.'

/** The path of an argument, and what is there; answers by itself when there is nothing. */
async function found(session: FtpsSession, argument: string) {
  const path = resolvePath(session.folder, argument)
  const seen = path && (await session.visitor!.find(path))
  if (seen) return { path, seen }
  session.wire.reply(550, noSuch)
  return undefined
}

async function enter(session: FtpsSession, argument: string): Promise<void> {
  const there = await found(session, argument)
  if (!there) return
  if (there.seen.kind !== 'folder') return session.wire.reply(550, 'That is a file.')
  session.folder = there.path
  session.wire.reply(250, `Now in ${showPath(there.path)}`)
}

const where: FtpsCommand = ({ wire, folder }) => wire.reply(257, `${quotedPath(folder)} is where you are`)
const up: FtpsCommand = (session) => enter(session, '..')
const refuseWriting: FtpsCommand = ({ wire }) => wire.reply(550, readOnly)
const refuseActive: FtpsCommand = ({ wire }) =>
  wire.reply(500, 'This server opens no connections: use passive mode (EPSV or PASV).')

/** Going about in the tree; all of it needs a login. */
export const treeCommands: FtpsCommands = {
  PWD: where,
  XPWD: where,
  CWD: enter,
  XCWD: enter,
  CDUP: up,
  XCUP: up,
  SIZE: async (session, argument) => {
    const there = await found(session, argument)
    if (!there) return
    if (there.seen.kind === 'folder') return session.wire.reply(550, 'That is a folder.')
    session.wire.reply(213, String(there.seen.sizeBytes))
  },
  MDTM: async (session, argument) => {
    const there = await found(session, argument)
    if (there) session.wire.reply(213, timeValue(there.seen.changedAtMs))
  },
  MLST: async (session, argument) => {
    const there = await found(session, argument)
    if (!there) return
    const line = factLine(there.seen, showPath(there.path), session.facts)
    session.wire.reply(250, 'It is:', ` ${line}`, 'End')
  },
  TYPE: ({ wire }, argument) => {
    // What is text here has the line ends of the network already, so both types are sent as they are.
    if (/^(I|L 8|A( N)?)$/i.test(argument.trim())) return wire.reply(200, 'So be it.')
    wire.reply(504, 'Only TYPE I and TYPE A are known here.')
  },
  MODE: ({ wire }, argument) =>
    /^S$/i.test(argument.trim()) ? wire.reply(200, 'So be it.') : wire.reply(504, 'Only MODE S is known here.'),
  STRU: ({ wire }, argument) =>
    /^F$/i.test(argument.trim()) ? wire.reply(200, 'So be it.') : wire.reply(504, 'Only STRU F is known here.'),
  STAT: ({ wire }) => wire.reply(211, 'All is well.'),
  HELP: ({ wire }) =>
    wire.reply(214, 'Recordings are in folders by year, month and day, with an index.csv in each day.'),
  ALLO: ({ wire }) => wire.reply(202, 'Not needed.'),
  ACCT: ({ wire }) => wire.reply(202, 'Not needed.'),
  ABOR: ({ wire }) => wire.reply(226, 'Nothing goes on.'),
  PORT: refuseActive,
  EPRT: refuseActive,
  LPRT: refuseActive,
  STOR: refuseWriting,
  STOU: refuseWriting,
  APPE: refuseWriting,
  DELE: refuseWriting,
  MKD: refuseWriting,
  XMKD: refuseWriting,
  RMD: refuseWriting,
  XRMD: refuseWriting,
  RNFR: refuseWriting,
  RNTO: refuseWriting,
  MFMT: refuseWriting,
  MFCT: refuseWriting,
  MFF: refuseWriting,
  SITE: refuseWriting,
}
