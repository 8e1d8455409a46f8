/** A command of FTP: four letters or less, and what follows. */
export interface FtpCommand {
  /** Upper case. */
  readonly verb: string
  /** Without the one space before it; empty when there is none. */
  readonly argument: string
}

const lineFeed = 0x0a
const interpretAsCommand = 0xff

/**
 * Cuts what arrives into lines. A line ends with LF, CR before it belongs to the end; commands of telnet (RFC 854: IAC and the one that
 * follows, sent before ABOR) are taken out, as no UTF-8 text has their first byte.
 */
export class CommandLines {
  readonly #mostBytes: number
  #rest: Buffer = Buffer.alloc(0)
  /** The last byte was IAC: the next one belongs to it. */
  #isInTelnet = false

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  /** Bytes of a line that is not whole yet. */
  get pendingBytes(): number {
    return this.#rest.length
  }

  /** @returns the lines that became whole, in order; undefined when one is too long: the connection must end */
  take(bytes: Uint8Array): readonly string[] | undefined {
    const all = Buffer.concat([this.#rest, this.#withoutTelnet(bytes)])
    const lines: string[] = []
    let at = 0
    for (let end = all.indexOf(lineFeed, at); end >= 0; end = all.indexOf(lineFeed, at)) {
      if (end - at > this.#mostBytes) return undefined
      lines.push(all.toString('utf8', at, end).replace(/\r$/, ''))
      at = end + 1
    }
    this.#rest = all.subarray(at)
    return this.#rest.length > this.#mostBytes ? undefined : lines
  }

  #withoutTelnet(bytes: Uint8Array): Buffer {
    if (!this.#isInTelnet && !bytes.includes(interpretAsCommand))
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const kept: number[] = []
    for (const byte of bytes) {
      if (this.#isInTelnet) this.#isInTelnet = false
      else if (byte === interpretAsCommand) this.#isInTelnet = true
      else kept.push(byte)
    }
    return Buffer.from(kept)
  }
}

/** @example readCommand('retr  a b') // { verb: 'RETR', argument: ' a b' }; undefined for what is no command */
export function readCommand(line: string): FtpCommand | undefined {
  const match = /^([A-Za-z]{3,4})(?: (.*))?$/.exec(line)
  return match ? { verb: match[1]!.toUpperCase(), argument: match[2] ?? '' } : undefined
}
