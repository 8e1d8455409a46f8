import { writeFileSync } from 'node:fs'

const width = 1728
const bytesPerLine = width / 8

/** A page that no fault passes unseen on: each line has another pattern of bars. */
export function makePage(lines: number): Buffer[] {
  return Array.from({ length: lines }, (_, y) => {
    const line = Buffer.alloc(bytesPerLine)
    const bar = 8 * (1 + (y % 13))
    for (let x = 64; x < width - 64; x++) if (Math.floor((x + y) / bar) % 2 === 0) line[x >> 3]! |= 0x80 >> (x & 7)
    return line
  })
}

/** Writes a page as TIFF 6.0, not compressed, 204 by 98 dots an inch as fax machines have it. */
export function writePage(path: string, lines: readonly Buffer[]): void {
  const entries: readonly (readonly [tag: number, type: number, value: number])[] = [
    [256, 4, width],
    [257, 4, lines.length],
    [258, 3, 1],
    [259, 3, 1],
    [262, 3, 0],
    [266, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 4, lines.length],
    [279, 4, lines.length * bytesPerLine],
    [282, 5, 0],
    [283, 5, 0],
    [296, 3, 2],
  ]
  const pixels = Buffer.concat(lines)
  const directoryAt = 8 + pixels.length
  const rationalsAt = directoryAt + 2 + entries.length * 12 + 4
  const head = Buffer.alloc(8)
  head.write('II*\0', 'latin1')
  head.writeUInt32LE(directoryAt, 4)
  const directory = Buffer.alloc(2 + entries.length * 12 + 4)
  directory.writeUInt16LE(entries.length, 0)
  entries.forEach(([tag, type, value], i) => {
    const at = 2 + i * 12
    directory.writeUInt16LE(tag, at)
    directory.writeUInt16LE(type, at + 2)
    directory.writeUInt32LE(1, at + 4)
    if (type === 5) directory.writeUInt32LE(rationalsAt + (tag === 282 ? 0 : 8), at + 8)
    else if (type === 3) directory.writeUInt16LE(value, at + 8)
    else directory.writeUInt32LE(value, at + 8)
  })
  const rationals = Buffer.alloc(16)
  rationals.writeUInt32LE(204, 0)
  rationals.writeUInt32LE(1, 4)
  rationals.writeUInt32LE(98, 8)
  rationals.writeUInt32LE(1, 12)
  writeFileSync(path, Buffer.concat([head, pixels, directory, rationals]))
}
