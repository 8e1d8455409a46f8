// Adds to package-lock.json the packages for other platforms that npm left out, because the registry that was asked
// does not carry them all. Without them `npm ci` refuses the whole file. Run it after any `npm install`.
//   node scripts/complete-lockfile.ts [--check]
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

interface LockedPackage {
  version?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

const platformInName = /(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32|aix)-([a-z0-9]+)/

/** Entries that npm ci asks for and the lock file lacks, by their path in node_modules. */
export function missingPlatformPackages(packages: Record<string, LockedPackage>): Record<string, LockedPackage> {
  const missing: Record<string, LockedPackage> = {}
  for (const owner of Object.values(packages)) {
    for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
      const platform = platformInName.exec(name)
      const path = `node_modules/${name}`
      if (packages[path] || !platform) continue
      missing[path] = {
        version,
        ...(owner.dev ? { dev: true } : {}),
        optional: true,
        os: [platform[1]!],
        cpu: [platform[2]!],
        ...(name.endsWith('-musl') ? { libc: ['musl'] } : {}),
      }
    }
  }
  return missing
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL('../package-lock.json', import.meta.url))
  const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockedPackage> }
  const missing = missingPlatformPackages(lock.packages)
  const all = { ...lock.packages, ...missing }
  lock.packages = Object.fromEntries(
    Object.keys(all)
      .sort()
      .map((path) => [path, all[path]!]),
  )
  if (!process.argv.includes('--check')) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  process.stdout.write(`${Object.keys(missing).length} packages for other platforms were missing\n`)
}
