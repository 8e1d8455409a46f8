export { catalogueJsonSchema, type JsonSchema, profileJsonSchema, reportJsonSchema } from './json-schemas.ts'
export { readCatalogue, readProfile, readReport } from './read.ts'
export { type FileMistake, type FileResult, mostDepth, mostFileBytes, mostMistakes } from './read-file.ts'
export { writeCatalogue, writeProfile, writeReport } from './write.ts'
