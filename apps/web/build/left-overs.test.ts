import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { removeLeftOvers } from './left-overs.ts'

it('removes what killed builds left beside the folder, and nothing of a build that goes on', async (t) => {
  const parent = await mkdtemp(join(tmpdir(), 'vaxel-left-'))
  t.after(() => rm(parent, { recursive: true, force: true }))
  const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(dead, 'exit')
  const kept = ['dist', 'dist.old', 'dist.7', `dist.${process.pid}.0a1b2c3d`, `other.${dead.pid}.0a1b2c3d`]
  const left = [`dist.${dead.pid}.0a1b2c3d`, `dist.${dead.pid}.4e5f6a7b.old`]
  for (const name of [...kept, ...left]) {
    await mkdir(join(parent, name))
    await writeFile(join(parent, name, 'index.html'), '')
  }
  const folder = join(parent, 'dist')
  await removeLeftOvers(folder, Date.now())
  assert.equal((await readdir(parent)).length, kept.length + left.length, 'so young, they may be of another container')
  await removeLeftOvers(folder, Date.now() + 3_600_000)
  assert.deepEqual((await readdir(parent)).toSorted(), kept.toSorted())
  await removeLeftOvers(join(parent, 'no', 'dist'), Date.now())
})
