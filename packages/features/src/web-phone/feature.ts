import { openPhone, type OperationHandler, perform } from '@vaxel/contract'
import { PhoneOpener, type WebPhoneDependencies } from './open-phone.ts'

export { KeyedBrowserPhones } from './browser-phones.ts'
export type { WebPhoneDependencies } from './open-phone.ts'

/** Browsers as telephones: their SIP identity, over the API. */
export function createWebPhone(dependencies: WebPhoneDependencies): { readonly handlers: readonly OperationHandler[] } {
  const opener = new PhoneOpener(dependencies)
  return {
    handlers: [
      perform(openPhone, ({ principal, address, client, body }) =>
        opener.open(principal, { address, origin: client.origin }, body),
      ),
    ],
  }
}
