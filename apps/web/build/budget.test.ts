import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { before, describe, it } from 'node:test'
import { stop } from 'esbuild'
import { bundleApp } from './build-web.ts'
import { ensureWebBuilt } from './ensure-built.ts'

describe('the built web app', () => {
  let folder: string
  let page: string
  before(async () => {
    folder = (await ensureWebBuilt()).folder
    page = await readFile(join(folder, 'index.html'), 'utf8')
  })

  it('loads less than 250 KB of compressed script before it can be used', async () => {
    const scripts = new Set([...page.matchAll(/\/assets\/[\w-]+\.js/g)].map(([path]) => path))
    assert.ok(scripts.size >= 2)
    let bytes = 0
    for (const path of scripts) {
      const sizes = await Promise.all(
        ['', '.gz'].map((suffix) => stat(join(folder, path + suffix)).catch(() => undefined)),
      )
      bytes += (sizes[1] ?? sizes[0])!.size
    }
    assert.ok(bytes < 250_000, `${bytes} bytes`)
  })

  it('is a telephone after less than 250 KB of script, as browsers get it', async () => {
    const scratch = await mkdtemp(join(tmpdir(), 'vaxel-budget-'))
    try {
      const { outputs } = await bundleApp(scratch, 'budget')
      const loaded = new Set<string>()
      const load = (path: string): void => {
        if (loaded.has(path)) return
        loaded.add(path)
        for (const { kind, path: next } of outputs[path]!.imports) if (kind === 'import-statement') load(next)
      }
      for (const part of ['main.tsx', 'words/core-en.ts', 'phone/phone-runtime.ts']) {
        const output = Object.keys(outputs).find((path) => outputs[path]!.entryPoint?.endsWith(`src/${part}`))
        assert.ok(output, `${part} is no part that is loaded by itself`)
        load(output)
      }
      let bytes = 0
      for (const path of loaded)
        if (path.endsWith('.js'))
          bytes += brotliCompressSync(await readFile(join(import.meta.dirname, '..', path))).length
      assert.ok(bytes < 250_000, `${bytes} bytes`)
    } finally {
      await stop()
      await rm(scratch, { recursive: true, force: true })
    }
  })

  it('has no script and no style within the page, and nothing from elsewhere', () => {
    assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\son\w+=|https?:\/\//)
  })
})
