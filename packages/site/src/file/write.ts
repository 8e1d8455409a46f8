import type { Catalogue } from '../catalogue/catalogue.ts'
import type { SiteProfile } from '../profile/site-profile.ts'
import type { SiteReport } from '../verdict/site-report.ts'
import { CatalogueSchema } from './catalogue-schema.ts'
import { ProfileSchema } from './profile-schema.ts'
import { ReportSchema } from './report-schema.ts'

interface Shape {
  readonly properties?: Readonly<Record<string, Shape & { readonly const?: unknown }>>
  readonly items?: Shape | readonly Shape[]
  readonly anyOf?: readonly Shape[]
}

/** A catalogue as the text of its file: fields in the order of the schema, lists in their own, so that equal ones are equal texts. Read again it is the same. */
export const writeCatalogue = (catalogue: Catalogue): string => write(CatalogueSchema as Shape, catalogue)
export const writeProfile = (profile: SiteProfile): string => write(ProfileSchema as Shape, profile)
export const writeReport = (report: SiteReport): string => write(ReportSchema as Shape, report)

const write = (shape: Shape, value: unknown): string => `${JSON.stringify(ordered(shape, value), null, 2)}\n`

function ordered(shape: Shape | undefined, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const meant = shape?.anyOf ? alternative(shape.anyOf, value) : shape
  if (Array.isArray(value))
    return value.map((entry, index) =>
      ordered(Array.isArray(meant?.items) ? meant.items[index] : (meant?.items as Shape), entry),
    )
  const fields = value as Readonly<Record<string, unknown>>
  const properties = meant?.properties
  const known = properties ? Object.keys(properties).filter((name) => Object.hasOwn(fields, name)) : []
  const others = Object.keys(fields)
    .filter((name) => !known.includes(name))
    .toSorted()
  return Object.fromEntries([...known, ...others].map((name) => [name, ordered(properties?.[name], fields[name])]))
}

/** Of bodies, that of the value's kind. */
function alternative(shapes: readonly Shape[], value: object): Shape | undefined {
  const { kind } = value as { kind?: unknown }
  return shapes.find((one) => one.properties?.['kind']?.const === kind) ?? shapes.find(({ properties }) => properties)
}
