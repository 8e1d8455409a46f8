import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { deliveredCatalogues } from '@vaxel/site/catalogues'
import { writeCatalogue } from '@vaxel/site/file'
import { runCommandLine } from '../../run-command-line.ts'

const example = fileURLToPath(new URL('../../../../../docs/site-plan-example.json', import.meta.url))

describe('vaxel site plan, diff and catalogues, without a server', () => {
  let folder: string
  const run = async (...argv: string[]) => {
    const lines: string[] = []
    const notes: string[] = []
    const code = await runCommandLine(argv, {
      out: { line: (text) => void lines.push(text), note: (text) => void notes.push(text) },
      // Nothing listens there: whatever asked a server would fail.
      environment: { XDG_CONFIG_HOME: folder, VAXEL_URL: 'http://127.0.0.1:1' },
      signal: AbortSignal.timeout(20_000),
    })
    return { code, text: lines.join('\n'), notes: notes.join('\n') }
  }
  const file = async (name: string, text: string) => {
    const path = join(folder, name)
    await writeFile(path, text)
    return path
  }
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vaxel-site-'))
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it('plans the worked example in three languages and as JSON', async () => {
    const english = await run('site', 'plan', example)
    assert.equal(english.code, 0, english.notes)
    assert.match(english.text, /The minimum that the document computes is 3\.264 Mbit\/s/)
    assert.match((await run('site', 'plan', example, '--language', 'sv')).text, /räknar fram är 3,264 Mbit\/s/)
    assert.match((await run('site', 'plan', example, '--language', 'fr')).text, /débit|3,264 Mbit\/s/)
    const { text } = await run('site', 'plan', example, '--json')
    assert.equal(JSON.parse(text).bandwidth.document.kbps, 3264)
  })

  it('says what the documentation shows', async () => {
    const page = await readFile(new URL('../../../../../docs/site-plan.md', import.meta.url), 'utf8')
    const [, shown] = /```text\n([^]*?)\n```/.exec(page) ?? []
    assert.ok(shown)
    const { text } = await run('site', 'plan', example, '--today', '2026-11-21')
    assert.ok(text.includes(shown), 'docs/site-plan.md shows other lines than the program prints')
  })

  it('gives the same for the same day, and writes the calendar', async () => {
    const ics = join(folder, 'site.ics')
    const first = await run('site', 'plan', example, '--today', '2026-11-21', '--ics', ics)
    const second = await run('site', 'plan', example, '--today', '2026-11-21')
    assert.equal(first.text, second.text)
    assert.match(
      await readFile(ics, 'utf8'),
      /^BEGIN:VCALENDAR\r\n[^]*SUMMARY:Renew: Certificate of pool\.example\.com/,
    )
    const nowhere = await run('site', 'plan', example, '--ics', join(folder, 'no', 'such', 'folder.ics'))
    assert.deepEqual([nowhere.code, /cannot be written/.test(nowhere.notes)], [1, true])
  })

  it('prints a template that it takes back', async () => {
    const { code, text, notes } = await run('site', 'plan', '--template', 'akio-tws')
    assert.equal(code, 0)
    assert.match(notes, /^pbx: Exchange \(none, mivoice5000/m)
    const again = await run('site', 'plan', await file('template.json', text))
    assert.equal(again.code, 0, again.notes)
  })

  it('tells all mistakes of a profile with their lines, and exits with 3', async () => {
    const path = await file(
      'bad.json',
      '{\n  "format": "vaxel-site-profile/1",\n  "name": "",\n  "system": "akio-tws",\n  "people": { "softphone": -1 },\n  "connection": "pigeon"\n}',
    )
    const { code, text, notes } = await run('site', 'plan', path)
    assert.equal(code, 3)
    assert.equal(text, '')
    assert.match(notes, /bad\.json:3: \/name /)
    assert.match(notes, /bad\.json:5: \/people\/softphone must be at least 0/)
    assert.match(notes, /bad\.json:6: \/connection must be/)
  })

  it('holds options and places against the catalogue', async () => {
    const good = JSON.parse(await readFile(example, 'utf8'))
    const path = await file('options.json', JSON.stringify({ ...good, options: { exchange: 'maybe', colour: 'red' } }))
    const { code, notes } = await run('site', 'plan', path)
    assert.equal(code, 3)
    assert.match(notes, /\/options\/exchange must be one of none, online, on-premise/)
    assert.match(notes, /\/options\/colour is not an option/)
  })

  it('names what it does not find or cannot read', async () => {
    for (const [argv, code, said] of [
      [['site', 'plan'], 2, /--template/],
      [['site', 'plan', join(folder, 'none.json')], 3, /cannot be read/],
      [['site', 'plan', folder], 3, /cannot be read/],
      [['site', 'plan', example, '--language', 'de'], 2, /en, sv, fr/],
      [['site', 'plan', example, '--today', '2026-02-30'], 2, /a day such as/],
      [['site', 'plan', example, '--catalogue', 'no-such'], 3, /vaxel site catalogues/],
      [['site', 'plan', '--template', 'telia-touchpoint-plus@9'], 2, /there are 2023110900 \(document 3\.44\)/],
      [['site', 'diff', 'telia-touchpoint-plus@3.44'], 2, /AFTER is missing/],
    ] as const) {
      const result = await run(...argv)
      assert.equal(result.code, code, `${argv.join(' ')}: ${result.notes}`)
      assert.match(result.notes, said)
    }
  })

  it('takes a catalogue from a file, and tells its mistakes', async () => {
    const own = { ...deliveredCatalogues.find(({ id }) => id === 'telia-touchpoint-plus')!, id: 'our-own' }
    const path = await file('own.json', writeCatalogue(own))
    const profile = JSON.parse(await readFile(example, 'utf8'))
    const { version: _, ...rest } = profile
    const site = await file('own-site.json', JSON.stringify({ ...rest, system: 'our-own' }))
    const { code, text, notes } = await run('site', 'plan', site, '--catalogue', path)
    assert.equal(code, 0, notes)
    assert.match(text, /3\.264 Mbit\/s/)
    const broken = await file('broken.json', '{ "format": "vaxel-site-catalogue/1", "id": "X Y" }')
    const refused = await run('site', 'diff', broken, path)
    assert.equal(refused.code, 3)
    assert.match(refused.notes, /broken\.json:1: \/requirements is missing/)
  })

  it('says what changed from 3.44 to 3.54, and that nothing changed between equal ones', async () => {
    const { code, text } = await run('site', 'diff', 'telia-touchpoint-plus@3.44', 'telia-touchpoint-plus@3.54')
    assert.equal(code, 0)
    assert.match(text, /49152-65535 becomes 1024-65535/)
    const same = await run('site', 'diff', 'akio-tws', 'akio-tws', '--json')
    assert.deepEqual(JSON.parse(same.text), [])
  })

  it('lists the catalogues', async () => {
    const { text } = await run('site', 'catalogues')
    for (const { id, version } of deliveredCatalogues) assert.match(text, new RegExp(`^${id} +${version} `, 'm'))
  })
})
