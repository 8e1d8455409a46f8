// The import rules of the layers, checked over every TypeScript file; type imports count like the others.
import { globSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Who may import whom (docs/architecture.md). A feature may import only its own folder of `features`. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  sip: ['base'],
  core: ['base'],
  site: ['base'],
  // the file format of catalogues, profiles and reports is written once, in site
  contract: ['base', 'site'],
  media: ['base', 'sip', 'core', 'site', 'contract'],
  store: ['base', 'sip', 'core', 'site', 'contract'],
  connect: ['base', 'sip', 'core', 'site', 'contract'],
  features: ['base', 'sip', 'core', 'site', 'contract'],
  testkit: ['base', 'sip', 'core', 'site', 'contract', 'media', 'store', 'connect', 'features'],
  server: ['base', 'sip', 'core', 'site', 'contract', 'media', 'store', 'connect', 'features', 'web', 'probe'],
  probe: ['base', 'sip', 'core', 'site', 'contract', 'media', 'connect'],
  web: ['base', 'site', 'contract'],
  // store for backup and restore, which need no server
  cli: ['base', 'site', 'contract', 'store', 'probe'],
}

/**
 * Files that may import an npm package: one each, so that it can be replaced there.
 * More than one file, or a whole folder (ending in a slash), has its reason in docs/decisions.
 */
const npmImporters: Readonly<Record<string, readonly string[]>> = readImporters()

function readImporters(): Record<string, string[]> {
  const file = new URL('npm-importers.json', import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]>
}

interface Import {
  readonly from: string
  readonly specifier: string
  readonly line: number
}

const importPattern =
  /^\s*(?:import|export)\b(?:[^'";]*?\bfrom)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

/** Every import of a source text, type imports included; strings in comments that look like one are rare and harmless. */
export function importsOf(path: string, source: string): Import[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
  return [...code.matchAll(importPattern)].map((match) => ({
    from: path,
    specifier: (match[1] ?? match[2])!,
    line: code.slice(0, match.index).split('\n').length + (/^\s*/.exec(match[0])![0].match(/\n/g)?.length ?? 0),
  }))
}

/** @returns one sentence a mistake, with file and line */
export function checkImports(root: string): string[] {
  const files = globSync(
    [
      'packages/*/src/**/*.ts',
      'apps/*/src/**/*.{ts,tsx}',
      'apps/web/build/**/*.ts',
      'apps/probe/build/**/*.ts',
      'tests/**/*.ts',
      'bench/**/*.ts',
      'scripts/**/*.ts',
    ],
    {
      cwd: root,
      exclude: (path) => /node_modules|tests\/\.work/.test(path),
    },
  ).sort()
  const mistakes: string[] = []
  const graph = new Map<string, string[]>()
  const npmUses = new Map<string, Set<string>>()
  for (const path of files) {
    const targets: string[] = []
    for (const found of importsOf(path, readFileSync(join(root, path), 'utf8'))) {
      const target = resolveImport(root, path, found.specifier)
      if (target) targets.push(target)
      else noteNpmUse(npmUses, path, found.specifier)
      const mistake = layerMistake(path, found.specifier, target)
      if (mistake) mistakes.push(`${path}:${found.line}: ${mistake}`)
    }
    graph.set(path, targets)
  }
  return [...mistakes, ...npmMistakes(npmUses), ...cycles(graph)]
}

function noteNpmUse(uses: Map<string, Set<string>>, path: string, specifier: string): void {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier) || specifier.startsWith('.')) return
  if (specifier.startsWith('@vaxel/') || specifier.startsWith('vaxel:')) return
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  const isTest = path.endsWith('.test.ts') || /^(tests|bench|scripts|packages\/testkit)\//.test(path)
  if (isTest) return
  uses.set(name, (uses.get(name) ?? new Set()).add(path))
}

function npmMistakes(uses: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const mistakes: string[] = []
  for (const [name, paths] of [...uses].sort()) {
    const allowed = npmImporters[name]
    for (const path of paths) {
      if (allowed?.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place))) continue
      mistakes.push(
        `${path}: imports ${name}, which ${allowed ? `only ${allowed.join(', ')} may` : 'no file may: add it to scripts/npm-importers.json and give the reason in docs/decisions'}`,
      )
    }
  }
  return mistakes
}

/** `packages/sip/src/…` → `sip`; undefined outside packages and apps. */
const packageOf = (path: string): string | undefined => /^(?:packages|apps)\/([^/]+)\/src\//.exec(path)?.[1]
const featureOf = (path: string): string | undefined => /^packages\/features\/src\/([^/]+)\//.exec(path)?.[1]

function layerMistake(path: string, specifier: string, target: string | undefined): string | undefined {
  const own = packageOf(path)
  const other = target === undefined ? undefined : packageOf(target)
  if (!own) return undefined
  if (specifier.startsWith('.') && other !== own) return `${specifier} leaves the package; import it by its name`
  if (!other) return undefined
  const isTest = path.endsWith('.test.ts')
  if (own === other) {
    const [from, to] = [featureOf(path), featureOf(target!)]
    if (from !== to && !(own !== 'features')) return `features/${from} may not import features/${to ?? ''}`
    if (specifier.startsWith('@vaxel/') && !isTest) return `${specifier} is its own package; import the file`
    return undefined
  }
  if (isTest && own !== 'base') return undefined
  if (other === 'testkit') return isTest ? undefined : 'only tests import testkit'
  if (mayImport[own]?.includes(other)) return undefined
  return `${own} may not import ${other}`
}

/** The file that an import names, relative to the root; undefined for npm packages and Node's own modules. */
function resolveImport(root: string, path: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return normalize(join(dirname(path), specifier))
  if (!specifier.startsWith('@vaxel/')) return undefined
  const [, name, ...rest] = specifier.split('/')
  const folder = ['packages', 'apps']
    .map((place) => `${place}/${name}`)
    .find((place) => exists(join(root, place, 'package.json')))
  if (!folder) return undefined
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    exports: Record<string, string>
  }
  const door = rest.length === 0 ? '.' : `./${rest.join('/')}`
  const exact = manifest.exports[door]
  if (exact) return normalize(join(folder, exact))
  for (const [pattern, place] of Object.entries(manifest.exports)) {
    const [before, after] = pattern.split('*')
    if (after === undefined || !door.startsWith(before!) || !door.endsWith(after)) continue
    return normalize(join(folder, place.replace('*', door.slice(before!.length, door.length - after.length))))
  }
  return undefined
}

function exists(path: string): boolean {
  try {
    readFileSync(path)
    return true
  } catch {
    return false
  }
}

/** Every ring of files, once, by Tarjan's strongly connected components. */
export function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const found: string[] = []
  const visit = (node: string): void => {
    index.set(node, index.size)
    low.set(node, index.get(node)!)
    stack.push(node)
    onStack.add(node)
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue
      if (!index.has(next)) {
        visit(next)
        low.set(node, Math.min(low.get(node)!, low.get(next)!))
      } else if (onStack.has(next)) low.set(node, Math.min(low.get(node)!, index.get(next)!))
    }
    if (low.get(node) !== index.get(node)) return
    const ring = stack.splice(stack.indexOf(node))
    for (const member of ring) onStack.delete(member)
    if (ring.length > 1 || graph.get(node)?.includes(node)) found.push(`import cycle: ${ring.sort().join(' ↔ ')}`)
  }
  for (const node of graph.keys()) if (!index.has(node)) visit(node)
  return found
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..')
  const mistakes = checkImports(root)
  for (const mistake of mistakes) process.stdout.write(`${relative('.', mistake)}\n`)
  process.exit(mistakes.length === 0 ? 0 : 1)
}
