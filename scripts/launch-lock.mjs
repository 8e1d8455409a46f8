// The lock of a launch that installs. Plain JavaScript that Node.js 20 runs, as the launcher itself.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Takes the lock, or clears away one whose owner is gone. An owner is told by its number and when it began: after a power cut another program soon
 * has the number, and a launch would wait for it for ever.
 * @param {string} lock a folder that exists as long as somebody has it
 * @returns {boolean} whether we have it now
 */
export function takeLock(lock) {
  // The owner is in place before the lock is: rename onto a folder that is not empty fails.
  const mine = `${lock}.${process.pid}`
  mkdirSync(mine, { recursive: true })
  writeFileSync(join(mine, 'pid'), `${process.pid} ${beginningOf(process.pid)}`)
  try {
    renameSync(mine, lock)
    return true
  } catch {
    rmSync(mine, { recursive: true, force: true })
  }
  const [owner, began = ''] = (readIfThere(join(lock, 'pid')) ?? '').trim().split(' ')
  if (Number(owner) > 0 && !isOwner(Number(owner), began)) {
    try {
      renameSync(lock, `${lock}.stale.${process.pid}`)
      rmSync(`${lock}.stale.${process.pid}`, { recursive: true, force: true })
    } catch {
      // Another launch was faster.
    }
  }
  return false
}

function isOwner(pid, began) {
  if (!isAlive(pid)) return false
  // Written by a launcher of before, or on a system that does not tell.
  return began === '' || began === beginningOf(pid)
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Since which boot and tick of it a process runs (proc(5), field 22 of stat); empty where the system does not tell. */
function beginningOf(pid) {
  const boot = readIfThere('/proc/sys/kernel/random/boot_id')
  const stat = readIfThere(`/proc/${pid}/stat`)
  if (boot === undefined || stat === undefined) return ''
  // The name in field 2 may have blanks and brackets.
  const tick = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return `${boot.trim()}/${tick}`
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
