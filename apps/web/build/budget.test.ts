import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
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

  it('has no script and no style within the page, and nothing from elsewhere', () => {
    assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\son\w+=|https?:\/\//)
  })
})
