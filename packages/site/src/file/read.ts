import type { Catalogue } from '../catalogue/catalogue.ts'
import type { SiteProfile } from '../profile/site-profile.ts'
import type { SiteReport } from '../verdict/site-report.ts'
import { checkCatalogue } from './check-catalogue.ts'
import { checkProfile } from './check-profile.ts'
import { checkReport } from './check-report.ts'
import { type FileResult, readFile } from './read-file.ts'

/**
 * A catalogue from the text of its file or from a value that was JSON: the catalogue, or every mistake at once with the JSON
 * pointer (RFC 6901) of its place and, from text, its line. At most 5 MB, 40 deep and 100 mistakes.
 * @example readCatalogue('{') // { ok: false, mistakes: [{ path: '', line: 1, reason: 'ends too early: } is missing' }] }
 */
export const readCatalogue = (given: unknown): FileResult<Catalogue> => readFile<Catalogue>(given, checkCatalogue)

/**
 * A site's profile, as readCatalogue.
 * @param catalogue when given, options, places and secrets are held against it
 */
export const readProfile = (given: unknown, catalogue?: Catalogue): FileResult<SiteProfile> =>
  readFile<SiteProfile>(given, (value, mistakes) => checkProfile(value, mistakes, catalogue))

/** A report of a verify page or probe, as readCatalogue. */
export const readReport = (given: unknown): FileResult<SiteReport> => readFile<SiteReport>(given, checkReport)
