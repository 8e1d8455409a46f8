import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { it } from 'node:test'
import { ensureWebBuilt } from './ensure-built.ts'

it('the chat of a website is less than 30 KB of script, with the page in its frame, and nothing of speaking', async () => {
  const { folder } = await ensureWebBuilt()
  const page = await readFile(join(folder, 'visitor.html'), 'utf8')
  const scripts = new Set([...page.matchAll(/\/assets\/[\w-]+\.js/g)].map(([path]) => path))
  let bytes = (await stat(join(folder, 'chat.js'))).size
  for (const path of scripts) bytes += (await stat(join(folder, path))).size
  assert.ok(bytes < 30_000, `${bytes} bytes`)
  assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\son\w+=|https?:\/\//)
})
