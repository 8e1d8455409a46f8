import { isIPv4 } from 'node:net'
import type { SeenFile } from '@vaxel/core'
import { DataDoor } from './data-door.ts'
import type { FtpsCommand, FtpsCommands, FtpsSession } from './ftps-session.ts'
import { factLine, longLine } from './listing-lines.ts'
import { transfer } from './transfer.ts'
import { resolvePath } from './virtual-path.ts'

/** So many lines of a listing go out together. */
const linesTogether = 200

async function openDoor(session: FtpsSession): Promise<DataDoor | undefined> {
  const { around, wire } = session
  await session.closeData()
  if (!session.isDataSecure) {
    wire.reply(522, 'Files are sent encrypted only: say PBSZ 0 and PROT P.')
    return undefined
  }
  const { clock, ports, limits } = around
  const { address, peer, sockets } = wire
  const door = await DataDoor.open({ clock, ports, address, peer, sockets, passiveMs: limits.passiveMs })
  session.data = door
  if (!door) wire.reply(425, 'All ports for transfers are in use; try again in a moment.')
  return door
}

const passive: FtpsCommand = async (session) => {
  const { wire, around } = session
  if (session.isExtendedOnly) return wire.reply(501, 'You said EPSV ALL.')
  const advertised = around.advertise(wire.peer)
  const address = isIPv4(advertised) ? advertised : wire.address
  if (!isIPv4(address)) return wire.reply(522, 'PASV is for IPv4; use EPSV.')
  const door = await openDoor(session)
  if (!door) return
  wire.reply(227, `Entering passive mode (${[...address.split('.'), door.port >> 8, door.port & 0xff].join(',')}).`)
}

const extendedPassive: FtpsCommand = async (session, argument) => {
  const { wire } = session
  const wanted = argument.trim().toUpperCase()
  if (wanted === 'ALL') {
    session.isExtendedOnly = true
    return wire.reply(200, 'EPSV alone from now on.')
  }
  const own = isIPv4(wire.address) ? '1' : '2'
  if (wanted !== '' && wanted !== own) return wire.reply(522, `Network protocol not supported, use (${own})`)
  const door = await openDoor(session)
  if (door) wire.reply(229, `Entering extended passive mode (|||${door.port}|)`)
}

/** Sends something over the data connection that PASV or EPSV has opened. */
async function send(session: FtpsSession, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const { wire, around, visitor, data } = session
  if (!data) return wire.reply(425, 'Say EPSV or PASV first.')
  const abort = new AbortController()
  session.transfer = abort
  abort.signal.addEventListener('abort', () => void data.close())
  wire.reply(150, 'Here it comes.')
  try {
    const socket = await data.connected()
    if (!socket)
      return abort.signal.aborted
        ? wire.reply(426, 'Aborted.')
        : wire.reply(425, 'No encrypted data connection came from your address; are the passive ports open?')
    if (visitor!.needsSessionReuse && !socket.isSessionReused())
      return wire.reply(
        522,
        'The data connection must resume the TLS session of this one; ask your program to do so, or the administrator not to ask for it.',
      )
    const { clock, limits } = around
    const end = await transfer(socket, bytes, { clock, stallMs: limits.stallMs, signal: abort.signal })
    if (end === 'done') wire.reply(226, 'That is all.')
    else wire.reply(426, end === 'stalled' ? 'You took nothing for too long.' : 'The transfer was broken off.')
  } finally {
    session.transfer = undefined
    await session.closeData()
  }
}

/** @param line one entry's, without its end */
async function list(session: FtpsSession, argument: string, line: (seen: SeenFile) => string): Promise<void> {
  const path = resolvePath(session.folder, argument)
  const seen = path && (await session.visitor!.find(path))
  if (!seen) return session.wire.reply(550, 'There is no such file or folder.')
  const entries = seen.kind === 'folder' ? await session.visitor!.list(path) : one(seen)
  if (!entries) return session.wire.reply(550, 'There is no such folder.')
  await send(session, asLines(entries, line))
}

async function* one(seen: SeenFile): AsyncGenerator<SeenFile> {
  yield seen
}

async function* asLines(
  entries: AsyncIterable<SeenFile>,
  line: (seen: SeenFile) => string,
): AsyncGenerator<Uint8Array> {
  let lines: string[] = []
  for await (const seen of entries) {
    lines.push(line(seen))
    if (lines.length < linesTogether) continue
    yield Buffer.from(`${lines.join('\r\n')}\r\n`)
    lines = []
  }
  if (lines.length > 0) yield Buffer.from(`${lines.join('\r\n')}\r\n`)
}

/** What many programs put before the path of LIST, as if it were `ls`. */
const withoutFlags = (argument: string): string => argument.replace(/^(-[A-Za-z1]+( |$))+/, '')

/** Data connections, and what is sent over them; all of it needs a login. */
export const transferCommands: FtpsCommands = {
  PASV: passive,
  EPSV: extendedPassive,
  LIST: (session, argument) =>
    list(session, withoutFlags(argument), (seen) => longLine(seen, session.around.clock.now())),
  NLST: (session, argument) => list(session, withoutFlags(argument), ({ name }) => name),
  MLSD: async (session, argument) => {
    const path = resolvePath(session.folder, argument)
    const seen = path && (await session.visitor!.find(path))
    if (seen?.kind === 'file') return session.wire.reply(501, 'That is a file; use MLST.')
    await list(session, argument, (entry) => factLine(entry, entry.name, session.facts))
  },
  REST: (session, argument) => {
    if (!/^\d{1,15}$/.test(argument.trim())) return session.wire.reply(501, 'Say REST and a number of bytes.')
    session.fromByte = Number(argument.trim())
    session.wire.reply(350, `The next file begins at byte ${session.fromByte}.`)
  },
  RETR: async (session, argument) => {
    const { wire, fromByte } = session
    session.fromByte = 0
    if (!session.data) return wire.reply(425, 'Say EPSV or PASV first.')
    const path = resolvePath(session.folder, argument)
    const seen = path && (await session.visitor!.find(path))
    if (seen?.kind !== 'file') return wire.reply(550, seen ? 'That is a folder.' : 'There is no such file.')
    if (fromByte > seen.sizeBytes) return wire.reply(554, 'The file is shorter than that.')
    const file = await session.visitor!.open(path!, fromByte)
    if (!file) return wire.reply(550, 'The file is not there any more.')
    await send(session, fromByte >= file.sizeBytes ? nothing() : file.read(fromByte, file.sizeBytes))
  },
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
