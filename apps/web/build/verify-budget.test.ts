import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { it } from 'node:test'
import { ensureWebBuilt } from './ensure-built.ts'

it('the verify page loads less than 60 KB compressed, at once and from here alone', async () => {
  const { folder } = await ensureWebBuilt()
  const page = await readFile(join(folder, 'verify.html'), 'utf8')
  const files = [...new Set([...page.matchAll(/\/assets\/[\w-]+\.(?:js|css)/g)].map(([path]) => path))]
  assert.ok(files.length >= 3)
  let bytes = 0
  for (const path of files) {
    const sizes = await Promise.all(['', '.gz'].map((end) => stat(join(folder, path + end)).catch(() => undefined)))
    bytes += (sizes[1] ?? sizes[0])!.size
  }
  assert.ok(bytes < 60_000, `${bytes} bytes`)
  assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\son\w+=|https?:\/\//)
})
