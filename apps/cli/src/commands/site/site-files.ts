import { readFile } from 'node:fs/promises'
import { type Catalogue, type Language, type SiteProfile, isDay } from '@vaxel/site'
import { deliveredCatalogues } from '@vaxel/site/catalogues'
import { type FileMistake, type FileResult, mostFileBytes, readCatalogue, readProfile } from '@vaxel/site/file'
import { type Typed, textOf } from '../../command.ts'
import { exitCodes, Failure } from '../../failure.ts'

/** A file that cannot be read or has mistakes; as monitoring programs use it: nothing is known. */
export const unreadable = 3

const languages: readonly Language[] = ['en', 'sv', 'fr']

/** Options of every command on sites. */
export const siteOptions = {
  language: { value: 'CODE', about: 'en, sv or fr (default en)' },
} as const

/** The language that was asked for. */
export function languageOf(typed: Typed): Language {
  const asked = textOf(typed, 'language') ?? 'en'
  const language = languages.find((one) => one === asked)
  if (language === undefined) throw new Failure(`--language is one of ${languages.join(', ')}.`, exitCodes.usage)
  return language
}

/** The day to plan for. */
export function dayOf(typed: Typed): string {
  const day = textOf(typed, 'today') ?? new Date().toISOString().slice(0, 10)
  if (!isDay(day)) throw new Failure('--today is a day such as 2026-03-15.', exitCodes.usage)
  return day
}

/** Named `ID`, `ID@VERSION` or by a file; of several versions the newest. */
export async function findCatalogue(named: string): Promise<Catalogue> {
  const [id, version] = named.split('@')
  const versions = deliveredCatalogues.filter((one) => one.id === id)
  const found =
    version === undefined
      ? versions.at(-1)
      : versions.find((one) => one.version === version || one.documents[0]?.version === version)
  if (found) return found
  if (versions.length > 0) {
    const known = versions.map((one) => `${one.version} (document ${one.documents[0]?.version ?? ''})`).join(', ')
    throw new Failure(`There is no version "${version}" of ${id}; there are ${known}.`, exitCodes.usage)
  }
  const text = await readText(named, () => `There is no catalogue and no file "${named}". See: vaxel site catalogues`)
  return orMistakes(named, readCatalogue(text))
}

/** A profile, and the catalogue that it names unless another one is given. */
export async function readSite(
  file: string,
  catalogueName: string | undefined,
): Promise<{ readonly profile: SiteProfile; readonly catalogue: Catalogue }> {
  const text = await readText(file, (reason) => `${file} cannot be read: ${reason}.`)
  const first = orMistakes(file, readProfile(text))
  const named = catalogueName ?? (first.version === undefined ? first.system : `${first.system}@${first.version}`)
  const catalogue = await findCatalogue(named)
  return { profile: orMistakes(file, readProfile(text, catalogue)), catalogue }
}

async function readText(file: string, sentence: (reason: string) => string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new Failure(sentence((error as Error).message), unreadable)
  })
  if (bytes.length > mostFileBytes)
    throw new Failure(`${file} is longer than ${mostFileBytes / 1_000_000} MB.`, unreadable)
  return bytes.toString('utf8')
}

function orMistakes<T>(file: string, result: FileResult<T>): T {
  if (result.ok) return result.value
  throw new Failure(result.mistakes.map((mistake) => mistakeLine(file, mistake)).join('\n'), unreadable)
}

/** As compilers write it, so that editors jump there: `site.json:12: /people/softphone must be …`. */
const mistakeLine = (file: string, { path, reason, line }: FileMistake): string =>
  `${file}${line === undefined ? '' : `:${line}`}: ${path === '' ? 'the file' : path} ${reason}`
