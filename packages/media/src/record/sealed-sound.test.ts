import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { parseWavHeader } from '../play/wav-format.ts'
import { FileSource } from '../play/file-source.ts'
import { measureTone } from '../tone/goertzel.ts'
import { sineCadence, ToneSource } from '../tone/tone-source.ts'
import { SealedFile } from './sealed-file.ts'
import { SealBroken, SealedSound } from './sealed-sound.ts'
import { type SealForm, sealHeaderBytes, sealOverheadBytes } from './sound-seal.ts'

const folder = mkdtempSync(join(tmpdir(), 'vaxel-sealed-'))
after(() => rmSync(folder, { recursive: true }))

const form: SealForm = { coding: 'pcm16', channels: 1, sampleRate: 8000, segmentBytes: 8000 }
const slot = form.segmentBytes + sealOverheadBytes
const key = randomBytes(32)
let files = 0

/** A file of so many full segments of a tone, and then half a one. */
async function write(segments: number, options: { isKilled?: boolean } = {}): Promise<{ path: string; sound: Buffer }> {
  const path = join(folder, `${++files}.vxs`)
  const file = await SealedFile.create(path, form, key)
  const tone = new ToneSource(sineCadence(440, -12), 8000)
  const pieces: Buffer[] = []
  const next = (samples: number) => {
    const sound = new Int16Array(samples)
    tone.read(sound)
    const piece = Buffer.from(sound.buffer)
    pieces.push(Buffer.from(piece))
    return new Uint8Array(piece)
  }
  for (let i = 0; i < segments; i++) {
    file.write(next(4000))
    await file.settled()
  }
  if (options.isKilled) return { path, sound: Buffer.concat(pieces) }
  file.write(next(2000))
  await file.close()
  assert.equal(file.sha256, createHash('sha256').update(readFileSync(path)).digest('hex'))
  return { path, sound: Buffer.concat(pieces) }
}

async function whole(sound: SealedSound, start = 0, end = sound.sizeBytes): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of sound.read(start, end)) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function verdictOf(path: string): Promise<string> {
  const sound = await SealedSound.open(path, key)
  assert.ok(sound)
  const verdict = await sound.verify()
  await sound.close()
  return verdict
}

describe('a sealed sound file', () => {
  it('holds a WAV file that is read from any place, and shows nothing of it', async () => {
    const { path, sound } = await write(3)
    assert.equal(statSync(path).mode & 0o777, 0o600)
    const opened = (await SealedSound.open(path, key))!
    const wav = await whole(opened)
    assert.equal(opened.durationMs, 1750)
    assert.ok(opened.isWhole)
    const parsed = parseWavHeader(wav, wav.length)
    assert.ok(parsed.ok && parsed.format.channels === 1 && parsed.format.sampleRate === 8000)
    assert.deepEqual(wav.subarray(parsed.format.dataStart), sound)
    for (const [start, end] of [
      [0, 10],
      [50, 70],
      [8000, 8100],
      [8057, 8059],
      [20_000, 1e9],
      [wav.length - 1, wav.length],
    ] as const)
      assert.deepEqual(await whole(opened, start, end), wav.subarray(start, end))
    await opened.close()
    assert.equal(readFileSync(path).indexOf(sound.subarray(100, 132)), -1)
    assert.equal(await verdictOf(path), 'whole')
  })

  it('ends whole also where its sound ends with a segment, or before there is any', async () => {
    for (const segments of [0, 2]) {
      const path = join(folder, `${++files}.vxs`)
      const file = await SealedFile.create(path, form, key)
      for (let i = 0; i < segments; i++) file.write(new Uint8Array(8000))
      await file.close()
      const opened = (await SealedSound.open(path, key))!
      assert.deepEqual([opened.isWhole, opened.durationMs], [true, segments * 500])
      await opened.close()
    }
  })

  it('is readable up to its last half second when the process is killed, and known to be cut', async () => {
    const { path, sound } = await write(4, { isKilled: true })
    for (const bytes of [statSync(path).size, sealHeaderBytes + 3 * slot + 100]) {
      truncateSync(path, bytes)
      const opened = (await SealedSound.open(path, key))!
      const full = Math.floor((bytes - sealHeaderBytes) / slot)
      assert.deepEqual([opened.isWhole, opened.durationMs], [false, full * 500])
      assert.deepEqual((await whole(opened)).subarray(58), sound.subarray(0, full * 8000))
      assert.equal(await opened.verify(), 'cut')
      await opened.close()
    }
  })

  it('does not open where it was changed, moved, cut out or put together from two', async () => {
    const { path } = await write(4)
    const good = readFileSync(path)
    const other = readFileSync((await write(4)).path)
    const segment = (bytes: Buffer, index: number) =>
      bytes.subarray(sealHeaderBytes + index * slot, sealHeaderBytes + (index + 1) * slot)
    const head = good.subarray(0, sealHeaderBytes)
    const [a, b, c, d, end] = [0, 1, 2, 3, 4].map((index) => segment(good, index)) as [
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
    ]
    const flipped = Buffer.from(b)
    flipped[500]! ^= 1
    for (const [what, pieces, verdict] of [
      ['as it was', [a, b, c, d, end], 'whole'],
      ['a bit flipped', [a, flipped, c, d, end], 'changed'],
      ['two exchanged', [a, c, b, d, end], 'changed'],
      ['one left out', [a, c, d, end], 'changed'],
      ['another file’s', [a, segment(other, 1), c, d, end], 'changed'],
      ['the end left out', [a, b, c, d], 'cut'],
      ['the end moved up', [a, b, end], 'cut'],
    ] as const) {
      writeFileSync(path, Buffer.concat([head, ...pieces]))
      assert.equal(await verdictOf(path), verdict, what)
    }
    writeFileSync(path, Buffer.concat([head, a, flipped, c, d, end]))
    const opened = (await SealedSound.open(path, key))!
    await assert.rejects(whole(opened), SealBroken)
    assert.equal((await whole(opened, 0, 8058)).length, 8058)
    await opened.close()
  })

  it('opens with its own key alone, and is nothing else', async () => {
    const { path } = await write(2)
    await assert.rejects(SealedSound.open(path, randomBytes(32)), SealBroken)
    await assert.rejects(SealedSound.open(path, randomBytes(16)), SealBroken)
    const plain = join(folder, 'plain.wav')
    writeFileSync(plain, 'RIFF and so on, but much longer than the header of a file')
    assert.equal(await SealedSound.open(plain, key), undefined)
    assert.equal(await SealedSound.open(folder, key).catch(() => undefined), undefined)
    const longer = join(folder, 'longer.vxs')
    copyFileSync(path, longer)
    appendFileSync(longer, 'more')
    assert.equal(await verdictOf(longer), 'cut')
  })

  it('keeps its time when the disk is too slow: silence stands in place of what was lost', async () => {
    const path = join(folder, `${++files}.vxs`)
    const told: string[] = []
    const file = await SealedFile.create(path, form, key, (reason) => told.push(reason))
    for (let i = 0; i < 20; i++) file.write(new Uint8Array(8000).fill(1))
    await file.settled()
    file.write(new Uint8Array(8000).fill(1))
    await file.close()
    assert.deepEqual([told, file.droppedBlocks], [['the disk is too slow'], 12])
    const opened = (await SealedSound.open(path, key))!
    assert.equal(opened.durationMs, 21 * 500)
    const wav = await whole(opened)
    assert.deepEqual([wav[58], wav[58 + 10 * 8000], wav[58 + 20 * 8000]], [1, 0, 1])
    assert.equal(await opened.verify(), 'whole')
    await opened.close()
  })

  it('is played without being opened to the disk', async () => {
    const { path } = await write(4)
    const source = new FileSource(path, 16_000, { seal: { key } })
    assert.equal(await source.opened, undefined)
    const heard: number[] = []
    for (const out = new Int16Array(320); ; ) {
      const isMore = source.read(out)
      heard.push(...out)
      await source.settled()
      if (!isMore) break
    }
    assert.ok(measureTone(Int16Array.from(heard.slice(800, 32_000)), 440, 16_000).share > 0.98)
    const wrong = new FileSource(path, 8000, { seal: { key: randomBytes(32) } })
    assert.match((await wrong.opened) ?? '', /key/)
    const plain = new FileSource(path, 8000)
    assert.match((await plain.opened) ?? '', /not a WAV file/)
  })
})
