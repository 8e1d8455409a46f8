import { crc32 } from 'node:zlib'

// One sector of header, then records, each from the beginning of a sector on: what is acknowledged is never written again,
// and a write that is torn tears nothing but itself.

/** What a disk writes whole or not at all. */
export const sectorBytes = 512
const headerMagic = 0x56584a48
const recordMagic = 0x56584a52
const idBytes = 16
const headerBytes = 28
const recordHeadBytes = 20
/** No text makes sense that is longer: a damaged length must not be believed. */
const longestBytes = 64 * 1024 * 1024

/** Which journal a file is, and which of its lives: whoever empties it begins a new generation, to which no older record belongs. */
export interface JournalHead {
  /** 32 hexadecimal digits. */
  readonly id: string
  readonly generation: number
}

/** The first sector of a journal. */
export function encodeHead({ id, generation }: JournalHead): Buffer {
  const sector = Buffer.alloc(sectorBytes)
  sector.writeUInt32BE(headerMagic, 0)
  Buffer.from(id, 'hex').copy(sector, 4, 0, idBytes)
  sector.writeUInt32BE(generation, 20)
  sector.writeUInt32BE(crc32(sector.subarray(0, 24)), 24)
  return sector
}

/** undefined where these bytes are no journal's. */
export function decodeHead(bytes: Buffer): JournalHead | undefined {
  if (bytes.length < headerBytes || bytes.readUInt32BE(0) !== headerMagic) return undefined
  if (crc32(bytes.subarray(0, 24)) !== bytes.readUInt32BE(24)) return undefined
  return { id: bytes.toString('hex', 4, 4 + idBytes), generation: bytes.readUInt32BE(20) }
}

/** How much of the file a text of so many bytes takes. */
export const roomFor = (textBytes: number): number =>
  Math.ceil((recordHeadBytes + textBytes) / sectorBytes) * sectorBytes

/** @param sequence 1 for the first of its generation, then on by one */
export function encodeRecord(generation: number, sequence: number, text: string): Buffer {
  const payload = Buffer.from(text)
  const record = Buffer.alloc(roomFor(payload.length))
  record.writeUInt32BE(recordMagic, 0)
  record.writeUInt32BE(generation, 4)
  record.writeUInt32BE(sequence, 8)
  record.writeUInt32BE(payload.length, 12)
  payload.copy(record, recordHeadBytes)
  record.writeUInt32BE(checksum(record, payload.length), 16)
  return record
}

/**
 * The records of a generation, in order, up to the first that is torn, damaged or of another life.
 * `cutOff` counts sound ones behind that: the end of a journal is torn by a crash, its middle only by a bad disk.
 */
export function decodeRecords(
  bytes: Buffer,
  generation: number,
): { texts: string[]; endBytes: number; cutOff: number } {
  const texts: string[] = []
  let endBytes = sectorBytes
  for (;;) {
    const record = recordAt(bytes, endBytes, generation)
    if (record?.sequence !== texts.length + 1) break
    texts.push(record.text)
    endBytes += record.sizeBytes
  }
  let cutOff = 0
  for (let at = endBytes; at < bytes.length; ) {
    const record = recordAt(bytes, at, generation)
    if (record && record.sequence > texts.length) cutOff++
    at += record?.sizeBytes ?? sectorBytes
  }
  return { texts, endBytes, cutOff }
}

function recordAt(bytes: Buffer, at: number, generation: number) {
  const record = bytes.subarray(at)
  if (record.length < recordHeadBytes || record.readUInt32BE(0) !== recordMagic) return undefined
  const length = record.readUInt32BE(12)
  if (record.readUInt32BE(4) !== generation || length > longestBytes) return undefined
  if (recordHeadBytes + length > record.length || record.readUInt32BE(16) !== checksum(record, length)) return undefined
  const text = record.toString('utf8', recordHeadBytes, recordHeadBytes + length)
  return { sequence: record.readUInt32BE(8), text, sizeBytes: roomFor(length) }
}

function checksum(record: Buffer, length: number): number {
  return crc32(record.subarray(recordHeadBytes, recordHeadBytes + length), crc32(record.subarray(0, 16)))
}
