import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { silentLogger, systemClock } from '@vaxel/base'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
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
      namesFolder: join(folder, 'names'),
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

  it('makes what nobody waits for while nobody telephones', async (t) => {
    const clock = new VirtualClock()
    const madeFolder = join(folder, 'filled')
    const looks: boolean[] = []
    const filling = new PromptShelf({
      clock,
      log: silentLogger,
      ownFolder: join(folder, 'own'),
      madeFolder,
      isBusy: () => {
        looks.push(looks.length < 2)
        if (looks.length > 3) void filling.close()
        return looks.at(-1)!
      },
    })
    t.after(() => filling.close())
    const filled = filling.fill()
    const made = () => readdir(join(madeFolder, 'en')).catch(() => [])
    while (looks.length < 2) {
      await new Promise((resolve) => setImmediate(resolve))
      clock.advance(1_000)
    }
    assert.deepEqual(await made(), [])
    clock.advance(5_000)
    await filled
    assert.equal((await made()).length, 1)
  })

  it('has a name read aloud that somebody gave, once, whatever its signs', async () => {
    const [sales, again] = [
      await shelf.namePath('Sales & Support 😀', 'en'),
      await shelf.namePath('Sales & Support', 'en'),
    ]
    assert.equal(sales, again)
    assert.equal(sales?.startsWith(join(folder, 'names', 'en')), true)
    const file = await readFile(sales!)
    assert.ok(parseWavHeader(file, file.length).ok)
  })

  it('takes no name for an option of the voice, a command of it, or a path', async () => {
    for (const name of [
      '-f /etc/passwd',
      '[[h@lou]]',
      '<speak><audio src="x"/>a</speak>',
      '../../a',
      "x'; reboot; '",
    ]) {
      const path = await shelf.namePath(name, 'en')
      assert.equal(path?.startsWith(join(folder, 'names', 'en')), true, name)
      assert.ok((await readFile(path!)).length > 1000, name)
    }
    const long = await readFile((await shelf.namePath('Support for everybody '.repeat(15), 'en'))!)
    assert.ok(long.length < 10 * 16_000, 'a name of 300 characters is said by its first words')
  })

  it('leaves a name that no voice can say to the number', async () => {
    for (const name of ['', '4711', '客户服务', '🎉']) assert.equal(await shelf.namePath(name, 'en'), undefined, name)
  })

  it('leaves no process behind when it is closed', async () => {
    const speaking = new PromptShelf({ clock: systemClock, log: silentLogger, ownFolder: folder, madeFolder: folder })
    const children = async () => (await readFile(`/proc/self/task/${process.pid}/children`, 'utf8')).trim().split(' ')
    const before = await children()
    assert.ok(await speaking.path('today', 'sv'))
    const [voice] = (await children()).filter((id) => !before.includes(id))
    assert.ok(voice)
    await speaking.close()
    assert.equal((await children()).includes(voice), false)
  })

  it('says no name without a voice', async () => {
    const silent = new PromptShelf({ clock: systemClock, log: silentLogger, ownFolder: folder, namesFolder: folder })
    await silent.close()
    assert.equal(await silent.namePath('Sales', 'en'), undefined)
  })

  it('has words for every sentence in every language', () => {
    for (const [name, { en, sv, fr }] of Object.entries(sentences)) {
      assert.match(name, /^[a-z0-9-]+$/)
      for (const text of [en, sv, fr]) assert.notEqual(text.trim(), '', name)
    }
  })
})
