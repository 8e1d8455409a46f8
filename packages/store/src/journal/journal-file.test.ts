import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, it } from 'node:test'
import fc from 'fast-check'
import { JournalFile } from './journal-file.ts'
import { encodeRecord, sectorBytes } from './journal-format.ts'

const sizeBytes = 32 * 1024
const folder = mkdtempSync(join(tmpdir(), 'vaxel-journal-'))
const path = join(folder, 'journal')

describe('the journal file', () => {
  beforeEach(() => rmSync(path, { force: true }))
  after(() => rmSync(folder, { recursive: true, force: true }))

  const textsAfterRestart = (): readonly string[] => {
    const { file, found } = JournalFile.open(path, sizeBytes)
    file.close()
    return found.texts
  }
  const written = (...texts: string[]): Buffer => {
    const { file } = JournalFile.open(path, sizeBytes)
    for (const text of texts) assert.equal(file.append(text), true)
    file.close()
    return readFileSync(path)
  }

  it('really takes its space, before anything is written to it', () => {
    JournalFile.open(path, sizeBytes).file.close()
    const { size, blocks } = statSync(path)
    assert.equal(size, sizeBytes)
    assert.ok(blocks * 512 >= sizeBytes, `${blocks} blocks are taken`)
  })

  it('gives back the room that it got where there is not enough of it', () => {
    const program = `
      const { JournalFile } = await import(${JSON.stringify(join(import.meta.dirname, 'journal-file.ts'))})
      try {
        JournalFile.open(${JSON.stringify(path)}, 4 * 1024 * 1024)
      } catch (error) {
        process.stdout.write(error.code)
      }`
    // A limit of the shell's for one file, in blocks of 512 or 1,024 bytes, stands for the disk.
    const command = ['ulimit -f 2048; exec "$0" --input-type=module -e "$1"', process.execPath, program]
    const { stdout, stderr } = spawnSync('sh', ['-c', ...command], { encoding: 'utf8', timeout: 20_000 })
    assert.equal(stdout, 'EFBIG', stderr)
    assert.deepEqual(readdirSync(folder), [])
  })

  it('gives back what was written, in order, after as many restarts as there are', () => {
    const texts = ['one', '', 'å'.repeat(600), 'four']
    for (const text of texts) written(text)
    assert.deepEqual(textsAfterRestart(), texts)
  })

  it('says when it is full, and takes what still fits', () => {
    const { file } = JournalFile.open(path, sizeBytes)
    let count = 0
    while (file.append('x'.repeat(2000))) count++
    assert.equal(count, 15)
    assert.equal(file.append('small'), true)
    assert.equal(file.append('x'.repeat(2000)), false)
    file.close()
    assert.equal(textsAfterRestart().length, 16)
    assert.equal(statSync(path).size, sizeBytes)
  })

  it('keeps nothing that was before it was emptied, though its bytes are still there', () => {
    const { file } = JournalFile.open(path, sizeBytes)
    for (const text of ['old 1', 'old 2', 'old 3']) file.append(text)
    file.clear()
    assert.equal(file.usedBytes, 0)
    file.append('new 1')
    file.close()
    assert.deepEqual(textsAfterRestart(), ['new 1'])
  })

  it('ends before a record that was torn at any byte', () => {
    const bytes = written('first', 'second '.repeat(100))
    const from = 2 * sectorBytes
    const length = encodeRecord(1, 2, 'second '.repeat(100)).length
    for (let cut = 0; cut < 700; cut += 7) {
      const torn = Buffer.from(bytes)
      torn.fill(0, from + cut, from + length)
      writeFileSync(path, torn)
      assert.deepEqual(textsAfterRestart(), ['first'], `torn after ${cut} bytes`)
    }
  })

  it('believes no record with a flipped bit, and says what stands behind it', () => {
    const bytes = written('first', 'second', 'third')
    fc.assert(
      fc.property(fc.nat(20 + 'second'.length - 1), fc.nat(7), (at, bit) => {
        const flipped = Buffer.from(bytes)
        flipped[2 * sectorBytes + at]! ^= 1 << bit
        writeFileSync(path, flipped)
        const { file, found } = JournalFile.open(path, sizeBytes)
        file.close()
        assert.deepEqual(found.texts, ['first'])
        assert.equal(found.cutOff, 1)
      }),
    )
  })

  it('is put aside when its head is damaged, and begins anew', () => {
    const bytes = written('first')
    bytes[5]! ^= 1
    writeFileSync(path, bytes)
    const { file, found } = JournalFile.open(path, sizeBytes)
    file.close()
    assert.deepEqual(found.texts, [])
    assert.deepEqual(readFileSync(found.damaged!), bytes)
  })

  it('is made anew in another size when it is empty, and keeps its size while it is not', () => {
    written('first')
    assert.equal(JournalFile.open(path, 2 * sizeBytes).found.sizeBytes, sizeBytes)
    const { file } = JournalFile.open(path, sizeBytes)
    file.clear()
    file.close()
    assert.equal(JournalFile.open(path, 2 * sizeBytes).found.sizeBytes, 2 * sizeBytes)
  })

  it('holds after any sequence of writing, tearing, emptying and restarting what was acknowledged, once, in order', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('append' as const), text: fc.string({ maxLength: 1500, unit: 'binary' }) }),
      fc.record({ kind: fc.constant('clear' as const) }),
      fc.record({ kind: fc.constant('restart' as const) }),
      // The process dies in a write: any part of the record is on the disk.
      fc.record({
        kind: fc.constant('tear' as const),
        text: fc.string({ maxLength: 1500 }),
        share: fc.double({ min: 0, max: 0.99, noNaN: true }),
      }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        rmSync(path, { force: true })
        let { file } = JournalFile.open(path, sizeBytes)
        let expected: string[] = []
        let generation = 1
        for (const one of steps) {
          if (one.kind === 'append') {
            if (file.append(one.text)) expected.push(one.text.toWellFormed())
          } else if (one.kind === 'clear') {
            file.clear()
            generation++
            expected = []
          } else {
            const endBytes = sectorBytes + file.usedBytes
            file.close()
            if (one.kind === 'tear') {
              const record = encodeRecord(generation, expected.length + 1, one.text)
              const part = record.subarray(0, Math.floor(record.length * one.share))
              const bytes = readFileSync(path)
              if (endBytes + record.length <= bytes.length) part.copy(bytes, endBytes)
              writeFileSync(path, bytes)
            }
            const opened = JournalFile.open(path, sizeBytes)
            // Only zeros may be missing of it: then it is whole, and nobody minds.
            if (one.kind === 'tear' && opened.found.texts.length > expected.length)
              expected.push(one.text.toWellFormed())
            assert.deepEqual(opened.found.texts, expected)
            file = opened.file
          }
        }
        file.close()
        assert.deepEqual(textsAfterRestart(), expected)
      }),
      { numRuns: 60 },
    )
  })
})
