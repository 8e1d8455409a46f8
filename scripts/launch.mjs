#!/usr/bin/env node
// Starts an entry of this repository with Node.js 24 or later and with its locked packages in place.
// Plain JavaScript that Node.js 20 runs: it is what brings the newer one. See docs/decisions/0001-launcher-and-node-24.md.
//   node scripts/launch.mjs <entry.ts, relative to the repository> [arguments]
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { takeLock } from './launch-lock.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const runtimeFolder = join(root, '.runtime')
const neededMajor = 24
/** Platforms for which scripts/runtime/package-lock.json has a Node.js. */
const broughtPlatforms = ['linux-x64', 'linux-arm64']

/** A reason to give up that is told to the person as it stands, without a stack. */
class Sentence extends Error {}

/**
 * Runs the entry and ends with its exit code.
 * @param {string[]} argv entry (relative to the repository), then its arguments
 */
export async function launch(argv) {
  try {
    const [entry, ...rest] = argv
    if (!entry) throw new Sentence('usage: node scripts/launch.mjs <entry.ts> [arguments]')
    const node = isNewEnough(process.versions.node) ? process.execPath : await bringRuntime()
    await installPackages(node)
    const script = join(root, entry)
    if (node === process.execPath) await runHere(script, rest)
    else runThere(node, script, rest)
  } catch (error) {
    if (!(error instanceof Sentence)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

const isNewEnough = (version) => Number(version.split('.')[0]) >= neededMajor

async function bringRuntime() {
  const platform = `${process.platform}-${process.arch}`
  const source = join(root, 'scripts', 'runtime')
  const node = join(runtimeFolder, 'node_modules', `node-${platform}`, 'bin', 'node')
  const stamp = join(runtimeFolder, 'node_modules', '.vaxel-stamp')
  const wanted = hashOf(join(source, 'package-lock.json'))
  if (readIfThere(stamp) === wanted && existsSync(node)) return node
  const advice = `install Node.js ${neededMajor} or later (https://nodejs.org/en/download) and run the command again.`
  if (!broughtPlatforms.includes(platform) || !hasGlibc())
    throw new Sentence(
      `Vaxel needs Node.js ${neededMajor} or later and this is ${process.versions.node}. It brings its own only on Linux with glibc (x64, arm64), not on ${platform}: ${advice}`,
    )
  return await withLock(async () => {
    if (readIfThere(stamp) === wanted && existsSync(node)) return node
    console.error(`Bringing Node.js ${neededMajor} into .runtime/ (once; this machine's is ${process.versions.node}) …`)
    for (const file of ['package.json', 'package-lock.json'])
      writeFileSync(join(runtimeFolder, file), readFileSync(join(source, file)))
    npmCi(runtimeFolder, process.execPath, ['--no-save'])
    const found = spawnSync(node, ['--version'], { encoding: 'utf8' })
    if (found.status !== 0)
      throw new Sentence(`The Node.js that the registry has for ${platform} does not run on this machine: ${advice}`)
    writeFileSync(stamp, wanted)
    return node
  })
}

function hasGlibc() {
  if (process.platform !== 'linux') return false
  const header = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report?.getReport() ?? {}).header
  return header?.glibcVersionRuntime !== undefined
}

/** Runs `npm ci` when node_modules is not what package-lock.json says. The stamp in it is the hash of that file. */
async function installPackages(node) {
  const lockFile = join(root, 'package-lock.json')
  const stamp = join(root, 'node_modules', '.vaxel-stamp')
  const wanted = hashOf(lockFile)
  if (readIfThere(stamp) === wanted) return
  await withLock(async () => {
    if (readIfThere(stamp) === wanted) return
    if (!isInstalled(lockFile)) {
      console.error('Installing packages …')
      npmCi(root, node, [])
    }
    writeFileSync(stamp, wanted)
  })
}

/** Whether npm's own record of node_modules holds every package of the lock file, as after `npm install`. */
function isInstalled(lockFile) {
  const record = readIfThere(join(root, 'node_modules', '.package-lock.json'))
  if (record === undefined) return false
  const there = JSON.parse(record).packages ?? {}
  for (const [path, locked] of Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages)) {
    if (!path.startsWith('node_modules/') || locked.optional || locked.link) continue
    if (there[path]?.version !== locked.version || there[path]?.integrity !== locked.integrity) return false
    if (!existsSync(join(root, path))) return false
  }
  return true
}

function npmCi(folder, node, more) {
  const [command, ...first] = npmCommand(node)
  const environment = { ...process.env }
  for (const name of Object.keys(environment))
    if (/^npm_(package|lifecycle|config_local_prefix|command)/.test(name)) delete environment[name]
  environment.PATH = dirname(node) + delimiter + (process.env.PATH ?? '')
  const npm = spawnSync(command, [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', ...more], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 2, 2],
  })
  if (npm.error)
    throw new Sentence(`npm could not be started (${npm.error.message}): install npm and run the command again.`)
  if (npm.status !== 0)
    throw new Sentence(
      `npm ci failed in ${folder}. Its messages are above; the npm registry must be reachable (see "npm config get registry"). Then run the command again.`,
    )
}

/** npm as it runs us, by the Node.js that will run the packages; else the one in PATH. */
function npmCommand(node) {
  const { npm_execpath: script } = process.env
  if (script && /npm-cli\.c?js$/.test(script) && existsSync(script)) return [node, script]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm']
}

/** One launch at a time installs; a lock whose owner is gone is taken over. */
async function withLock(task) {
  mkdirSync(runtimeFolder, { recursive: true })
  const lock = join(runtimeFolder, 'lock')
  for (let told = false; !takeLock(lock); told = true) {
    if (!told) console.error('Waiting for another launch that is installing …')
    await wait(100)
  }
  try {
    return await task()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

/** The Node.js that runs us is new enough: no second process. */
async function runHere(script, args) {
  // The variable is for what we start: it is not told of the call.
  process.env.NODE_COMPILE_CACHE ??= join(runtimeFolder, 'compile-cache')
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE)
  process.env.PATH = dirname(process.execPath) + delimiter + (process.env.PATH ?? '')
  process.argv = [process.argv[0], script, ...args]
  await import(pathToFileURL(script).href)
}

/** A child with the brought Node.js; signals go to it once, its end is ours. */
function runThere(node, script, args) {
  const child = spawn(node, [script, ...args], {
    stdio: 'inherit',
    env: {
      NODE_COMPILE_CACHE: join(runtimeFolder, 'compile-cache'),
      ...process.env,
      PATH: dirname(node) + delimiter + (process.env.PATH ?? ''),
    },
  })
  const lastAtMs = new Map()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the child by itself, and npm repeats it to us.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      if (Date.now() - (lastAtMs.get(signal) ?? 0) < 1000) return
      lastAtMs.set(signal, Date.now())
      child.kill(signal)
    })
  }
  child.on('error', (error) => {
    console.error(`${node} could not be started: ${error.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0)))
}

function hashOf(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const isMain = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
if (isMain) await launch(process.argv.slice(2))
