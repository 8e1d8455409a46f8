import { randomBytes } from 'node:crypto'
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Metafile, stop } from 'esbuild'
import { compressFolder } from './compress.ts'
import { fewLanguages } from './few-languages.ts'
import { indexPage } from './index-page.ts'
import { removeLeftOvers } from './left-overs.ts'
import { leanSip } from './lean-sip.ts'
import { laterParts } from './later-parts.ts'
import { buildModule, operationsModule } from './operations-module.ts'
import { shortKeys } from './short-keys.ts'
import { targets } from './targets.ts'

const appEntry = 'src/main.tsx'
const verifyEntry = 'src/verify/main.ts'
const visitorEntry = 'src/visitor/main.ts'

const here = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Bundles the app into a folder, which is replaced as a whole. Throws when the sources cannot be bundled. */
export async function buildWeb(folder: string, buildId: string): Promise<void> {
  await removeLeftOvers(folder, Date.now())
  const aside = `${folder}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    await mkdir(aside, { recursive: true })
    await cp(join(here, 'public'), aside, { recursive: true })
    await minifyShared(aside)
    const metafile = await bundleApp(join(aside, 'assets'), buildId)
    const check = await build({
      absWorkingDir: here,
      entryPoints: ['src/page/check-browser.js'],
      outdir: join(aside, 'assets'),
      minify: true,
      metafile: true,
      target: 'es5',
      entryNames: '[name]-[hash]',
      logLevel: 'silent',
    })
    const common = { check: onServer(Object.keys(check.metafile.outputs)[0]!), buildId }
    await writeFile(
      join(aside, 'index.html'),
      indexPage({ ...filesOf(metafile, appEntry), words: firstWords(metafile), ...common }),
    )
    const verify = await bundleVerifyPage(join(aside, 'assets'), buildId)
    await writeFile(join(aside, 'verify.html'), indexPage({ ...filesOf(verify, verifyEntry), ...common }))
    const visitor = await bundleVisitorPage(join(aside, 'assets'), buildId)
    await writeFile(join(aside, 'visitor.html'), indexPage({ ...filesOf(visitor, visitorEntry), ...common }))
    await writeFile(join(aside, 'build-id'), buildId)
    await compressFolder(aside)
    await putInPlace(aside, folder)
  } finally {
    await stop()
    await rm(aside, { recursive: true, force: true })
  }
}

/** What pages of others load, as small as it goes; which names these scripts use inside is nobody's business. */
export async function minifyShared(folder: string): Promise<void> {
  await build({
    absWorkingDir: here,
    entryPoints: ['public/click-to-call.js', 'public/chat.js'],
    outdir: folder,
    minify: true,
    legalComments: 'none',
    target: [...targets],
    logLevel: 'silent',
  })
}

/** Bundles the scripts and styles of the app alone. @returns what is in which file */
export async function bundleApp(folder: string, buildId: string): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: { app: appEntry },
    outdir: folder,
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    minify: true,
    sourcemap: false,
    metafile: true,
    legalComments: 'none',
    target: [...targets],
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    alias: { debug: './src/phone/silent-debug.cjs' },
    plugins: [
      laterParts(join(here, appEntry), join(here, 'src/words/count.ts')),
      operationsModule,
      buildModule(buildId),
      fewLanguages,
      leanSip,
      shortKeys,
    ],
    logLevel: 'silent',
  })
  // The page has every style from its start; the bundler makes them once more for each part that is fetched later.
  const { cssBundle } = startOf(metafile, appEntry)
  const unused = Object.keys(metafile.outputs).filter((path) => path.endsWith('.css') && path !== cssBundle)
  for (const path of unused) delete metafile.outputs[path]
  const wanted = new Set(Object.keys(metafile.outputs).map((path) => basename(path)))
  await mkdir(folder, { recursive: true })
  await Promise.all(
    outputFiles.filter(({ path }) => wanted.has(basename(path))).map(({ path, contents }) => writeFile(path, contents)),
  )
  return metafile
}

/** The verify page is a page of its own: it shares nothing with the app but the look, and loads a tenth of it. */
export async function bundleVerifyPage(folder: string, buildId: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: { verify: verifyEntry },
    outdir: folder,
    bundle: true,
    format: 'esm',
    minify: true,
    metafile: true,
    legalComments: 'none',
    target: [...targets],
    entryNames: '[name]-[hash]',
    plugins: [operationsModule, buildModule(buildId)],
    logLevel: 'silent',
  })
  return metafile
}

/** The page in the frame of a website: what it needs to write comes at once, what it needs to speak when somebody does. */
export async function bundleVisitorPage(folder: string, buildId: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: { visitor: visitorEntry },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    metafile: true,
    legalComments: 'none',
    target: [...targets],
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    define: { global: 'globalThis' },
    alias: { debug: './src/phone/silent-debug.cjs' },
    plugins: [buildModule(buildId), leanSip],
    logLevel: 'silent',
  })
  return metafile
}

async function putInPlace(aside: string, folder: string): Promise<void> {
  const old = `${aside}.old`
  await rename(folder, old).catch(() => {})
  // Another process may have been faster: theirs is as good.
  await rename(aside, folder).catch(() => {})
  await rm(old, { recursive: true, force: true })
}

const onServer = (output: string): string => `/assets/${basename(output)}`

function filesOf(metafile: Metafile, source: string): { main: string; alongside: string[]; styles: string[] } {
  const { path, cssBundle, alongside } = startOf(metafile, source)
  const styles = cssBundle === undefined ? [] : [onServer(cssBundle)]
  return { main: onServer(path), alongside: alongside.map(onServer), styles }
}

/** The texts to begin with in each language, English first. */
const firstWords = ({ outputs }: Metafile): string[] =>
  ['en', 'sv', 'fr'].map((language) => {
    const wanted = `src/words/core-${language}.ts`
    const [path] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint?.endsWith(wanted)) ?? []
    if (path === undefined) throw new Error(`the build made no ${wanted}`)
    return onServer(path)
  })

interface Start {
  readonly path: string
  readonly cssBundle: string | undefined
  readonly alongside: readonly string[]
}

/** The file that a page begins with: the entry, or the one file that it does nothing but import. */
function startOf({ outputs }: Metafile, source: string): Start {
  const entry = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source)
  if (!entry) throw new Error('the build made no entry')
  const [path, { imports, cssBundle, inputs }] = entry
  const alongside = importedBy(imports)
  const isEmpty = Object.values(inputs).every(({ bytesInOutput }) => bytesInOutput === 0)
  if (!isEmpty || alongside.length !== 1) return { path, cssBundle, alongside }
  const [only] = alongside as [string]
  return { path: only, cssBundle, alongside: importedBy(outputs[only]!.imports) }
}

const importedBy = (imports: Metafile['outputs'][string]['imports']): readonly string[] =>
  imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path)
