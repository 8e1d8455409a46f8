// Compiles only while the schemas and the types of the model say the same; nothing of it runs.
import type { Static } from 'typebox'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { CheckName, RequirementBody, RequirementKind } from '../catalogue/requirement.ts'
import type { SiteProfile } from '../profile/site-profile.ts'
import type { SiteReport } from '../verdict/site-report.ts'
import type { bodySchemas } from './body-schemas.ts'
import type { CatalogueSchema, checkNames } from './catalogue-schema.ts'
import type { ProfileSchema } from './profile-schema.ts'
import type { ReportSchema } from './report-schema.ts'

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T
/** Exactly equal, optional fields too; assignable both ways would let a missing optional field pass. */
type Same<A, B> = (<T>() => T extends Frozen<A> ? 1 : 2) extends <T>() => T extends Frozen<B> ? 1 : 2 ? true : false
type Holds<T extends true> = T

type BodyOf<K extends RequirementKind> = Extract<RequirementBody, { kind: K }>

/** Every pair of a schema and a type. */
export type SameTypes = readonly [
  Holds<Same<Static<(typeof bodySchemas)['flow']>, BodyOf<'flow'>>>,
  Holds<Same<Static<(typeof bodySchemas)['dns']>, BodyOf<'dns'>>>,
  Holds<Same<Static<(typeof bodySchemas)['tls']>, BodyOf<'tls'>>>,
  Holds<Same<Static<(typeof bodySchemas)['bandwidth']>, BodyOf<'bandwidth'>>>,
  Holds<Same<Static<(typeof bodySchemas)['quality']>, BodyOf<'quality'>>>,
  Holds<Same<Static<(typeof bodySchemas)['lan']>, BodyOf<'lan'>>>,
  Holds<Same<Static<(typeof bodySchemas)['software']>, BodyOf<'software'>>>,
  Holds<Same<Static<(typeof bodySchemas)['hardware']>, BodyOf<'hardware'>>>,
  Holds<Same<Static<(typeof bodySchemas)['firmware']>, BodyOf<'firmware'>>>,
  Holds<Same<Static<(typeof bodySchemas)['pbx']>, BodyOf<'pbx'>>>,
  Holds<Same<Static<(typeof bodySchemas)['licence']>, BodyOf<'licence'>>>,
  Holds<Same<Static<(typeof bodySchemas)['secret']>, BodyOf<'secret'>>>,
  Holds<Same<Static<(typeof bodySchemas)['sizing']>, BodyOf<'sizing'>>>,
  Holds<Same<Static<(typeof bodySchemas)['limit']>, BodyOf<'limit'>>>,
  Holds<Same<Static<(typeof bodySchemas)['unsupported']>, BodyOf<'unsupported'>>>,
  Holds<Same<Static<(typeof bodySchemas)['duty']>, BodyOf<'duty'>>>,
  Holds<Same<keyof typeof bodySchemas, RequirementKind>>,
  Holds<Same<(typeof checkNames)[number], CheckName>>,
  Holds<Same<Static<typeof CatalogueSchema>, Catalogue>>,
  Holds<Same<Static<typeof ProfileSchema>, SiteProfile>>,
  Holds<Same<Static<typeof ReportSchema>, SiteReport>>,
]
