// The documentation against the code: references are what the code says, links and file names lead somewhere.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { missingPlatformPackages } from './complete-lockfile.ts'
import { makeReference } from './reference.ts'

/** @returns one sentence a mistake */
export async function checkDocs(root: string): Promise<string[]> {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')
  const pages = globSync(['*.md', 'docs/**/*.md', 'packages/**/README.md', 'apps/**/README.md', 'bench/**/*.md'], {
    cwd: root,
    exclude: (path) => path.includes('node_modules'),
  }).sort()
  return [
    ...(await referenceMistakes(root, read)),
    ...pages.flatMap((page) => linkMistakes(root, page, read(page))),
    ...pages.filter((page) => page.startsWith('docs/walks/')).flatMap((page) => walkMistakes(root, page, read(page))),
    ...decisionMistakes(root, read),
    ...featureMistakes(read('docs/features.md')),
    ...lockFileMistakes(read('package-lock.json')),
  ]
}

async function referenceMistakes(root: string, read: (path: string) => string): Promise<string[]> {
  const mistakes: string[] = []
  for (const [name, text] of await makeReference(root)) {
    const path = `docs/reference/${name}`
    if (!existsSync(join(root, path)) || read(path) !== text)
      mistakes.push(`${path} is not what the code says: run npm run reference`)
  }
  return mistakes
}

/** `[text](path#anchor)`: the path must exist, and the heading in it. */
function linkMistakes(root: string, page: string, text: string): string[] {
  const mistakes: string[] = []
  const prose = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')
  for (const [, target] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target!)) continue
    const [path, anchor] = target!.split('#')
    const file = path ? normalize(join(dirname(page), path)) : page
    if (!existsSync(join(root, file))) mistakes.push(`${page}: the link to ${target} leads nowhere`)
    else if (anchor && file.endsWith('.md') && !headingsOf(readFileSync(join(root, file), 'utf8')).has(anchor))
      mistakes.push(`${page}: ${file} has no heading #${anchor}`)
  }
  return mistakes
}

function headingsOf(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  )
}

/** Every file that a walk names must exist; `a/b.ts` stands under packages/, or under a package's src/. */
function walkMistakes(root: string, page: string, text: string): string[] {
  return [...text.matchAll(/`([\w@./-]+\.(?:ts|mjs|md|json))`/g)]
    .map(([, path]) => path!)
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => `${page}: there is no ${path}`)
}

/** Each npm package that something depends on has its reason on a page of docs/decisions. */
function decisionMistakes(root: string, read: (path: string) => string): string[] {
  const decisions = globSync('docs/decisions/*.md', { cwd: root }).map(read).join('\n')
  const names = new Set<string>()
  for (const path of ['package.json', ...globSync(['packages/*/package.json', 'apps/*/package.json'], { cwd: root })]) {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(read(path)) as Record<string, object | undefined>
    for (const name of [...Object.keys(dependencies), ...Object.keys(devDependencies)]) names.add(name)
  }
  return [...names]
    .filter((name) => !name.startsWith('@vaxel/') && !name.startsWith('@types/') && !decisions.includes(`\`${name}\``))
    .sort()
    .map((name) => `no page of docs/decisions says why \`${name}\` is there`)
}

const featureStates = /^(works|partly: \S.*|not yet\b.*)$/

/** Each row of docs/features.md says one of three things. */
function featureMistakes(text: string): string[] {
  const rows = [...text.matchAll(/^\| ([A-Z]+-\d+) \| (.*) \| (.*) \|$/gm)]
  const mistakes = rows
    .filter(([, , , state]) => !featureStates.test(state!.trim()))
    .map(([, id]) => `docs/features.md: ${id} must be "works", "partly: what is missing" or "not yet"`)
  return rows.length < 40 ? [...mistakes, 'docs/features.md has lost rows'] : mistakes
}

function lockFileMistakes(text: string): string[] {
  const { packages } = JSON.parse(text) as { packages: Parameters<typeof missingPlatformPackages>[0] }
  const missing = Object.keys(missingPlatformPackages(packages)).length
  if (missing === 0) return []
  return [
    `package-lock.json lacks ${missing} packages of other platforms, so npm ci refuses it: run node scripts/complete-lockfile.ts`,
  ]
}
