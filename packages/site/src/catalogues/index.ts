import type { Catalogue } from '../catalogue/catalogue.ts'

/** The catalogues that come with Vaxel, each version, oldest first. */
export const deliveredCatalogues: readonly Catalogue[] = []
