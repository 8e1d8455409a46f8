import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { planSite, profileFormat, type SiteProfile, writeIcs } from '@vaxel/site'
import { deliveredCatalogues } from '@vaxel/site/catalogues'
import { Program } from '@vaxel/testkit'

const catalogue = deliveredCatalogues.findLast(({ id }) => id === 'telia-touchpoint-plus')!
const secret = (subject: string, notAfter: string) => ({
  requirement: 'own',
  subject,
  notAfter,
  owner: 'it@example.com',
})

describe('the calendar of a plan, as another program reads it', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vaxel-calendar-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  async function view(profile: SiteProfile, language: 'en' | 'sv' | 'fr'): Promise<string> {
    const file = join(folder, `${language}.ics`)
    await writeFile(file, writeIcs(planSite(catalogue, profile, { today: '2025-11-21' }), language))
    const program = Program.start('icalendar', ['view', file])
    await program.ended
    return program.output
  }

  const profile: SiteProfile = {
    format: profileFormat,
    name: 'North, south; "and" \\ östra\r\nEND:VCALENDAR',
    system: catalogue.id,
    people: { softphone: 10 },
    connection: 'internet',
    secrets: [
      secret('Certificate of mail.example.com', '2026-05-31'),
      secret(`${'åäö é '.repeat(40)}\nEND:VEVENT\r\nBEGIN:VEVENT`, '2026-06-30'),
    ],
  }

  for (const language of ['en', 'sv', 'fr'] as const)
    it(`has an entry for each secret and each opening with a day, in ${language}, and none by what somebody wrote`, async () => {
      const shown = await view(profile, language)
      const plan = planSite(catalogue, profile, { today: '2025-11-21' })
      const dated = plan.calendar.filter(({ day }) => day !== undefined)
      assert.ok(dated.some(({ kind }) => kind === 'open-by'))
      assert.equal(shown.match(/Summary: /g)?.length, dated.length, shown)
      assert.match(shown, /Certificate of mail\.example\.com/)
      assert.match(shown, /31 May 2026/)
      assert.ok(shown.includes('åäö é '.repeat(40).trim()), shown)
    })
})
