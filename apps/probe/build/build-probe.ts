import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { probeStamp } from './probe-stamp.ts'

const here = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = join(here, 'dist')

/**
 * The probe as one file for plain Node.js 20 and later, built anew if its sources are other than those of the file that is
 * there. Several processes may ask at once: each builds aside, and renames. Rejects when the sources cannot be bundled.
 * @returns the path of `vaxel-probe.mjs`
 */
export async function ensureProbeBuilt(version: string): Promise<string> {
  const path = join(folder, 'vaxel-probe.mjs')
  const first = `// vaxel-probe ${version} ${await probeStamp(here)}`
  const there = await readFile(path, 'utf8').catch(() => '')
  if (!there.includes(first)) await buildProbe(path, first, version)
  return path
}

async function buildProbe(path: string, mark: string, version: string): Promise<void> {
  // The bundler is loaded only when it is needed.
  const { build, stop } = await import('esbuild')
  const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  await mkdir(folder, { recursive: true })
  try {
    await build({
      absWorkingDir: here,
      entryPoints: ['src/main.ts'],
      outfile: aside,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: 'none',
      treeShaking: true,
      define: { probeVersion: JSON.stringify(version) },
      // Packages of CommonJS ask for modules of Node.js by `require`, which modules do not have.
      banner: {
        js: `#!/usr/bin/env node\n${mark}\nimport { createRequire as makeRequire } from 'node:module';const require = makeRequire(import.meta.url);`,
      },
      plugins: [
        {
          name: 'our-modules-do-nothing-on-import',
          setup: (bundler) => {
            bundler.onResolve({ filter: /^(\.|@vaxel\/)/ }, async ({ path: wanted, pluginData, ...more }) => {
              if (pluginData === 'resolving' || more.importer.includes('node_modules')) return undefined
              const found = await bundler.resolve(wanted, {
                importer: more.importer,
                resolveDir: more.resolveDir,
                kind: more.kind,
                pluginData: 'resolving',
              })
              return found.errors.length > 0 ? found : { path: found.path, sideEffects: false }
            })
          },
        },
      ],
      logLevel: 'silent',
    })
    await rename(aside, path)
  } finally {
    await stop()
    await rm(aside, { force: true })
  }
}
