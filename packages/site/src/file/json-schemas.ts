import { CatalogueSchema } from './catalogue-schema.ts'
import { conditionDefinition } from './condition-schema.ts'
import { ProfileSchema } from './profile-schema.ts'
import { ReportSchema } from './report-schema.ts'

/** A JSON schema (draft 7) as plain data, to be served or saved. */
export type JsonSchema = Readonly<Record<string, unknown>>

const plain = (name: string, schema: object, more: object = {}): JsonSchema =>
  JSON.parse(
    JSON.stringify({
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: `urn:vaxel:${name}`,
      ...schema,
      ...more,
    }),
  ) as JsonSchema

/** Schema of `vaxel-site-catalogue/1`. What it cannot say (ids that are named exist, ranges rise) readCatalogue says. */
export const catalogueJsonSchema = plain('site-catalogue:1', CatalogueSchema, {
  definitions: { condition: conditionDefinition },
})
/** Schema of `vaxel-site-profile/1`. */
export const profileJsonSchema = plain('site-profile:1', ProfileSchema)
/** Schema of `vaxel-site-report/1`. */
export const reportJsonSchema = plain('site-report:1', ReportSchema)
