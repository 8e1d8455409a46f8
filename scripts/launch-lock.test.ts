import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'

describe('the lock of a launch that installs', () => {
  let takeLock: (lock: string) => boolean
  const folder = mkdtempSync(join(tmpdir(), 'vaxel-lock-'))
  const lock = join(folder, 'lock')
  before(async () => {
    const file = join(import.meta.dirname, 'launch-lock.mjs')
    ;({ takeLock } = (await import(file)) as { takeLock: typeof takeLock })
  })
  after(() => rmSync(folder, { recursive: true, force: true }))
  const leave = (owner: string): void => {
    rmSync(lock, { recursive: true, force: true })
    mkdirSync(lock)
    writeFileSync(join(lock, 'pid'), owner)
  }
  /** Whether somebody who waits has it in the end. */
  const isTaken = (): boolean => takeLock(lock) || takeLock(lock)

  it('is of one, as long as that one runs', () => {
    assert.equal(takeLock(lock), true)
    const kept = readFileSync(join(lock, 'pid'), 'utf8')
    assert.equal(isTaken(), false)
    assert.equal(readFileSync(join(lock, 'pid'), 'utf8'), kept)
    leave(String(process.pid))
    assert.equal(isTaken(), false, 'one of a launcher that wrote its number alone')
  })

  it('goes to the next when its owner has ended, also when another program has the number since', () => {
    leave(String(spawnSync(process.execPath, ['--version']).pid))
    assert.equal(isTaken(), true)
    leave(`${process.pid} a-boot-before/77`)
    assert.equal(isTaken(), true)
    assert.ok(existsSync(lock))
  })
})
