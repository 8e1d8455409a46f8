import { writeFile } from 'node:fs/promises'
import { describePlan, planSite, profileTemplate, writeIcs } from '@vaxel/site'
import { writeProfile } from '@vaxel/site/file'
import { type Command, type Running, tell, textOf, type Typed } from '../../command.ts'
import { exitCodes, Failure } from '../../failure.ts'
import { dayOf, findCatalogue, languageOf, readSite, siteOptions } from './site-files.ts'

async function template(named: string, { out }: Running): Promise<void> {
  const catalogue = await findCatalogue(named)
  out.line(writeProfile(profileTemplate(catalogue)).trimEnd())
  for (const { id, label, choices } of catalogue.options)
    out.note(`${id}: ${label}${choices ? ` (${choices.map((one) => one.id).join(', ')})` : ''}`)
}

async function plan(typed: Typed, running: Running): Promise<void> {
  const named = textOf(typed, 'template')
  if (named !== undefined) return template(named, running)
  const file = typed.words.profile
  if (file === undefined)
    throw new Failure(
      'Name a PROFILE, or make one with: vaxel site plan --template telia-touchpoint-plus',
      exitCodes.usage,
    )
  const language = languageOf(typed)
  const today = dayOf(typed)
  const { profile, catalogue } = await readSite(file, textOf(typed, 'catalogue'))
  const made = planSite(catalogue, profile, { today })
  const calendar = textOf(typed, 'ics')
  if (calendar !== undefined)
    await writeFile(calendar, writeIcs(made, language)).catch((error: unknown) => {
      throw new Failure(`${calendar} cannot be written: ${(error as Error).message}.`)
    })
  tell(running, made, (one) => describePlan(one, language).trimEnd())
}

/** What a site needs, without any server. */
export const sitePlanCommands: readonly Command[] = [
  {
    name: 'site plan',
    words: ['PROFILE?'],
    options: {
      catalogue: { value: 'ID', about: 'ID, ID@VERSION or a file, in place of the one that the profile names' },
      ...siteOptions,
      ics: { value: 'FILE', about: 'write the calendar too, for calendar programs' },
      today: { value: 'DAY', about: 'plan as on that day' },
      template: { value: 'ID', about: 'print a profile to fill in for that catalogue' },
    },
    summary: 'what a site needs, each line with its reason: openings, bandwidth, lines, licences, calendar',
    details: [
      'Works without a server. PROFILE is a JSON file: who works there with what, the options, the connection.',
      'Exit codes: 0 planned, 2 wrongly typed, 3 a file cannot be read or has mistakes (all are told, with their place).',
    ].join('\n'),
    run: plan,
  },
]
