// The programs of others that the interop tests run against, and how they come onto a Debian or Ubuntu machine.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { unpackedPackage } from '../packages/testkit/src/peers/unpacked-package.ts'
import { debianPackages, findProgram, standIns } from '../packages/testkit/src/program.ts'

const missingPrograms = (): string[] => Object.keys(debianPackages).filter((program) => !findProgram(program))
const packagesOf = (programs: readonly string[]): string[] => programs.map((program) => debianPackages[program]!)
/** Of those that are missing, what nothing else does either. */
const needed = (): string[] =>
  packagesOf(missingPrograms().filter((program) => !findProgram(standIns[program] ?? program)))

/**
 * Installs what is missing with apt, where this user may.
 * @returns a sentence that says what to do, when something is still missing
 */
export function installPeers(say: (line: string) => void): string | undefined {
  return installMissing(say) ?? unpackPeers()
}

/** Those that cannot be installed beside others. */
function unpackPeers(): string | undefined {
  try {
    unpackedPackage('postfix')
    return undefined
  } catch (error) {
    return `Postfix for the tests of mails could not be fetched: ${error instanceof Error ? error.message : String(error)}`
  }
}

function installMissing(say: (line: string) => void): string | undefined {
  const missing = packagesOf(missingPrograms())
  if (missing.length === 0) return undefined
  const mayInstall = process.getuid?.() === 0 || spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
  if (needed().length === 0 && !(mayInstall && findProgram('apt-get'))) return undefined
  const advice = `Missing: ${missing.join(', ')}. Install with: sudo apt-get install --no-install-recommends ${missing.join(' ')}`
  const root = process.getuid?.() === 0
  const prefix = root ? [] : ['sudo', '-n']
  if (!findProgram('apt-get'))
    return `${advice} (or the same programs by other means: ${Object.keys(debianPackages).join(', ')})`
  if (!mayInstall) return advice
  say(`  installing ${missing.join(' ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]): boolean => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-y', '-q', ...args]
    const ran = spawnSync(command!, rest, { env, encoding: 'utf8', timeout: 600_000 })
    if (ran.status !== 0) say(`${ran.stdout}\n${ran.stderr}`.slice(-3000))
    return ran.status === 0
  }
  const undo = root ? keepServicesStopped() : () => {}
  try {
    if (!apt('update')) return needed().length === 0 ? undefined : `apt-get update failed. ${advice}`
    // One that this release does not have must not keep the others away
    if (!apt('install', '--no-install-recommends', ...missing))
      for (const debianPackage of packagesOf(missingPrograms()))
        apt('install', '--no-install-recommends', debianPackage)
  } finally {
    undo()
  }
  const still = needed()
  return still.length === 0 ? undefined : `${still.join(', ')} could not be installed. ${advice}`
}

/** Packages that bring a service must not start it: Debian asks this file. */
function keepServicesStopped(): () => void {
  const policy = '/usr/sbin/policy-rc.d'
  if (existsSync(policy)) return () => {}
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  return () => rmSync(policy, { force: true })
}
