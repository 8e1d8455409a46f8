import assert from 'node:assert/strict'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { temporaryFolder } from '@vaxel/testkit/temporary-folder'
import { makeDataFolder } from './data-folder.ts'

describe('the data folder', () => {
  const folder = temporaryFolder('data')

  it('is made with all above it, readable by its user alone, and taken when it is there', async () => {
    const data = join(folder, 'a', 'b', 'c')
    await makeDataFolder(data)
    assert.equal(statSync(data).mode & 0o777, 0o700)
    await makeDataFolder(data)
    mkdirSync(join(folder, 'there'), { mode: 0o755 })
    await makeDataFolder(join(folder, 'there'))
  })

  it('says in a sentence where none can be, at once', async () => {
    writeFileSync(join(folder, 'file'), '')
    for (const place of ['/proc/vaxel', '/proc/vaxel/deep', join(folder, 'file'), join(folder, 'file', 'x'), ''])
      await assert.rejects(makeDataFolder(place), /^Error: The data folder .*cannot be made .* VAXEL_DATA/)
  })
})
