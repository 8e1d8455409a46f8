import { readFile, stat } from 'node:fs/promises'
import { type Catalogue, type Said, type SiteProfile, type SiteReport } from '@vaxel/site'
import { deliveredCatalogues } from '@vaxel/site/catalogues'
import { type FileResult, mostFileBytes, readCatalogue, readProfile, readReport } from '@vaxel/site/file'

export interface InputFiles {
  readonly catalogue?: string
  readonly profile?: string
  readonly merge: readonly string[]
  readonly roots: readonly string[]
}

export interface Inputs {
  readonly catalogue?: Catalogue
  readonly profile?: SiteProfile
  readonly others: readonly { readonly file: string; readonly report: SiteReport }[]
  readonly roots: readonly string[]
}

/** Reads every file that was named; all mistakes of all files at once. */
export async function readInputs(
  files: InputFiles,
): Promise<{ readonly inputs: Inputs; readonly faults: readonly Said[] }> {
  const faults: Said[] = []
  const take = async <T>(file: string, read: (text: string) => FileResult<T>): Promise<T | undefined> => {
    const text = await textOf(file, faults)
    if (text === undefined) return undefined
    const result = read(text)
    if (result.ok) return result.value
    for (const { path, reason, line = 1 } of result.mistakes)
      faults.push({ key: 'file-mistake', values: { file, line, path, reason } })
    return undefined
  }
  let catalogue: Catalogue | undefined
  if (files.catalogue !== undefined) {
    const known = deliveredCatalogues.findLast(({ id }) => id === files.catalogue)
    if (known) catalogue = known
    else if (/[./\\]/.test(files.catalogue)) catalogue = await take(files.catalogue, readCatalogue)
    else {
      const ids = [...new Set(deliveredCatalogues.map(({ id }) => id))].join(', ')
      faults.push({ key: 'no-such-catalogue', values: { id: files.catalogue, known: ids } })
    }
  }
  const profile =
    files.profile === undefined ? undefined : await take(files.profile, (text) => readProfile(text, catalogue))
  const others: { file: string; report: SiteReport }[] = []
  for (const file of files.merge) {
    const report = await take(file, readReport)
    if (report) others.push({ file, report })
  }
  const roots: string[] = []
  for (const file of files.roots) {
    const text = await textOf(file, faults)
    if (text === undefined) continue
    const found = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g)
    if (found) roots.push(...found)
    else faults.push({ key: 'file-unreadable', values: { file, reason: 'no certificate in PEM' } })
  }
  return { inputs: { ...(catalogue && { catalogue }), ...(profile && { profile }), others, roots }, faults }
}

async function textOf(file: string, faults: Said[]): Promise<string | undefined> {
  try {
    const { size } = await stat(file)
    if (size > mostFileBytes) {
      faults.push({ key: 'file-unreadable', values: { file, reason: `longer than ${mostFileBytes / 1e6} MB` } })
      return undefined
    }
    return await readFile(file, 'utf8')
  } catch (error) {
    faults.push({
      key: 'file-unreadable',
      values: { file, reason: (error as NodeJS.ErrnoException).code ?? String(error) },
    })
    return undefined
  }
}
