import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { silentLogger, systemClock } from '@vaxel/base'
import { temporaryFolder } from '@vaxel/testkit/temporary-folder'
import { parseWavHeader } from '../play/wav-format.ts'
import { sentences } from '../play/sentences/index.ts'
import { PromptShelf } from './prompt-shelf.ts'

describe('the shelf of prompts', () => {
  const folder = temporaryFolder('prompts')
  let shelf: PromptShelf
  before(() => {
    shelf = new PromptShelf({
      clock: systemClock,
      log: silentLogger,
      ownFolder: join(folder, 'own'),
      madeFolder: join(folder, 'made'),
    })
  })
  after(() => shelf?.close())

  it('has a sentence read aloud that nobody needed before, once, and keeps it', async () => {
    const asked = await Promise.all([1, 2, 3].map(() => shelf.path('yesterday', 'sv')))
    assert.equal(new Set(asked).size, 1)
    const file = await readFile(asked[0]!)
    const parsed = parseWavHeader(file, file.length)
    assert.ok(parsed.ok)
    const { coding, channels, sampleRate, dataStart, dataEnd } = parsed.format
    assert.deepEqual([coding, channels, sampleRate], ['alaw', 1, 16_000])
    const seconds = (dataEnd - dataStart) / 16_000
    assert.ok(seconds > 0.3 && seconds < 1.5, `"i går" takes ${seconds} s`)
    assert.deepEqual((await readdir(join(folder, 'made', 'sv'))).length, 1)
  })

  it("takes somebody's own recording before any other", async () => {
    const own = join(folder, 'own', 'fr')
    await mkdir(own, { recursive: true })
    await writeFile(join(own, 'today.wav'), 'theirs')
    assert.equal(await shelf.path('today', 'fr'), join(own, 'today.wav'))
  })

  it('knows nothing of names that are none, and of ways out of its folder', async () => {
    assert.equal(await shelf.path('no-such-sentence', 'en'), undefined)
    assert.equal(await shelf.path('../../secret', 'en'), undefined)
  })

  it('has words for every sentence in every language', () => {
    for (const [name, { en, sv, fr }] of Object.entries(sentences)) {
      assert.match(name, /^[a-z0-9-]+$/)
      for (const text of [en, sv, fr]) assert.notEqual(text.trim(), '', name)
    }
  })
})
