import type { Catalogue } from '../catalogue/catalogue.ts'
import { akioTws } from './akio-tws/akio-tws.ts'
import { cloudContactCentre } from './cloud-contact-centre/cloud-contact-centre.ts'
import { myPortalWork } from './myportal-work/myportal-work.ts'
import { touchpointPlus344, touchpointPlus354 } from './telia-touchpoint-plus/touchpoint-plus.ts'

export { oldestBrowsers } from './vaxel/oldest-browsers.ts'
export { type ListenerName, type RunningListeners, settingOfListener } from './vaxel/running-listeners.ts'
export { sameRequirements } from './vaxel/same-requirements.ts'
export { vaxelCatalogue } from './vaxel/vaxel-catalogue.ts'

/** The catalogues that come with Vaxel, each version, oldest first. */
export const deliveredCatalogues: readonly Catalogue[] = [
  akioTws,
  cloudContactCentre,
  myPortalWork,
  touchpointPlus344,
  touchpointPlus354,
]
