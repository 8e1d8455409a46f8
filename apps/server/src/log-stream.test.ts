import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { type LogDoor, LogStream } from './log-stream.ts'

/** Takes bytes when it is asked to, and refuses them while it is full. */
class Door implements LogDoor {
  text = ''
  isFull = false
  #waiting: (() => void) | undefined

  write(bytes: Buffer, done: (error: Error | null, count: number) => void): void {
    assert.equal(this.#waiting, undefined, 'one at a time')
    this.#waiting = () => {
      if (this.isFull) return done(diskIsFull(), 0)
      // Never all at once.
      const count = Math.ceil(bytes.length / 2)
      this.text += bytes.subarray(0, count).toString('latin1')
      done(null, count)
    }
  }

  writeSync(bytes: Buffer): number {
    if (this.isFull) throw diskIsFull()
    this.text += bytes.toString('latin1')
    return bytes.length
  }

  /** All that comes. */
  serve(): void {
    while (this.#waiting) {
      const perform = this.#waiting
      this.#waiting = undefined
      perform()
    }
  }
}

const diskIsFull = (): Error => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })

describe('the stream of the log', () => {
  it('writes lines in order, several at once, however little is taken', () => {
    const door = new Door()
    const stream = new LogStream({ door, clock: new VirtualClock() })
    for (const line of ['one\n', 'two\n', 'three\n']) stream.write(line)
    door.serve()
    assert.equal(door.text, 'one\ntwo\nthree\n')
  })

  it('keeps lines while the disk is full, leaves out what is too much, and says so once there is room', () => {
    const door = new Door()
    const clock = new VirtualClock()
    const stream = new LogStream({ door, clock })
    door.isFull = true
    const line = `${'x'.repeat(1023)}\n`
    for (let count = 0; count < 1100; count++) {
      stream.write(line)
      door.serve()
    }
    clock.advance(60_000)
    door.serve()
    assert.equal(door.text, '')
    door.isFull = false
    clock.advance(1000)
    door.serve()
    const lines = door.text.split('\n')
    assert.equal(lines.filter((one) => one.length === 1023).length, 1024)
    assert.match(lines[1024]!, /"lines":76,"msg":"lines of the log are missing/)
    stream.write('after\n')
    door.serve()
    assert.equal(door.text.endsWith('\nafter\n'), true)
    assert.equal(clock.waiting, 0)
  })

  it('writes what is left at the end, each line once, and does not wait for a full disk', () => {
    const door = new Door()
    const stream = new LogStream({ door, clock: new VirtualClock() })
    stream.write('on its way\n')
    stream.write('last\n')
    stream.end()
    assert.equal(door.text, 'last\n')
    const full = Object.assign(new Door(), { isFull: true })
    const late = new LogStream({ door: full, clock: new VirtualClock() })
    late.write('lost\n')
    full.serve()
    late.end()
    assert.equal(full.text, '')
  })

  it('lets a server live and end whose log is on a full disk', {
    skip: process.platform !== 'linux',
    timeout: 20_000,
  }, async (t) => {
    const device = openSync('/dev/full', 'w')
    const program = `
      const { makeLog } = await import(${JSON.stringify(join(import.meta.dirname, 'log.ts'))})
      const log = makeLog('info')
      for (let turn = 0; turn < 20; turn++) {
        log.info('a line', { turn })
        await new Promise((resolve) => setImmediate(resolve))
      }
      process.stdout.write('lives')
      process.exit(0)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', device] })
    closeSync(device)
    t.after(() => child.kill('SIGKILL'))
    let told = ''
    child.stdout!.on('data', (bytes: Buffer) => {
      told += bytes.toString()
    })
    const code = await new Promise((resolve) => child.once('close', resolve))
    assert.deepEqual([told, code], ['lives', 0])
  })
})
