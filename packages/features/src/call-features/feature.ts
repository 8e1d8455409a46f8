import type { OperationHandler } from '@vaxel/contract'
import type { CallCommands, ConfigurationWriter, TelephoneFeatures } from '@vaxel/core'
import { callFeatureHandlers } from './api.ts'
import { FeatureSettings } from './feature-settings.ts'
import { OwnFeatures } from './own-features.ts'

/** The API of feature codes, parked calls, pickup and call-backs. Holds nothing. */
export function createCallFeatureApi(options: {
  configuration: ConfigurationWriter
  features: TelephoneFeatures
  commands: Pick<CallCommands, 'makeCall'>
}): { readonly handlers: readonly OperationHandler[] } {
  return { handlers: callFeatureHandlers(new FeatureSettings(options.configuration), new OwnFeatures(options)) }
}
